#include <algorithm>
#include <map>
#include <set>

#include "extract/number.h"
#include "extract/star_rating.h"
#include "formats/date.h"
#include "formats/html.h"
#include "sources/guess.h"
#include "sources/telling_names.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

using formats::Node;

constexpr std::size_t most_groups = 200;  // of elements, that are looked at
constexpr std::size_t most_samples = 30;  // elements of a group that are looked at
constexpr std::size_t most_guesses = 5;
constexpr std::size_t fewest_words = 8;  // bytes of text that a post has at least
constexpr double most_of = 0.6;          // of a group's elements, that have what all have

// Whether a class or an id can stand in an XPath as it is.
bool is_plain(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

std::vector<std::string> classes_of(Node node) {
  std::vector<std::string> tokens;
  std::string_view rest = node.attribute("class").value_or("");
  while (!(rest = text::trim(rest)).empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
    if (is_plain(rest.substr(0, end))) tokens.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return tokens;
}

std::string class_test(std::string_view token) {
  return "[contains(concat(' ', normalize-space(@class), ' '), ' " + std::string(token) + " ')]";
}

struct Group {
  std::string list;  // XPath
  std::vector<Node> nodes;
};

bool may_hold_posts(Node node) {
  static const std::set<std::string_view> names = {"div", "li",         "article", "section", "tr",
                                                   "dl",  "blockquote", "figure",  "details", "p"};
  return node.is_element() && names.contains(node.name());
}

bool is_within(Node node, Node outer) {
  for (Node up = node.parent(); up; up = up.parent())
    if (up == outer) return true;
  return false;
}

// Answers within what they answer: an XPath for one would take the words of both. In document
// order.
bool hold_one_another(const std::vector<Node>& nodes) {
  for (std::size_t i = 1; i < nodes.size(); ++i)
    if (is_within(nodes[i], nodes[i - 1])) return true;
  return false;
}

// Elements of one name and class, wherever they stand; of those without a class, the children of
// one parent that has a class or an id.
std::vector<Group> find_groups(const formats::Tree& tree) {
  std::map<std::string, std::vector<Node>> by_list;
  for (const Node node : tree.document().descendants()) {
    if (!may_hold_posts(node)) continue;
    const std::string name(node.name());
    const auto tokens = classes_of(node);
    for (const std::string& token : tokens)
      by_list["//" + name + class_test(token)].push_back(node);
    if (!tokens.empty()) continue;
    const Node parent = node.parent();
    const std::string id(parent.attribute("id").value_or(""));
    const auto around = classes_of(parent);
    if (is_plain(id))
      by_list["//*[@id='" + id + "']/" + name].push_back(node);
    else if (!around.empty())
      by_list["//" + std::string(parent.name()) + class_test(around.front()) + "/" + name]
          .push_back(node);
    else if (name == "article")
      by_list["//article"].push_back(node);
  }
  std::vector<Group> groups;
  for (auto& [list, nodes] : by_list)
    if ((nodes.size() > 1 || list.starts_with("//article")) && !hold_one_another(nodes))
      groups.push_back({list, std::move(nodes)});
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.nodes.size() > b.nodes.size(); });
  return groups;
}

// A place within the elements of a group: what names tell of it, and what stands there.
struct Place {
  std::string selector;             // XPath from the element
  std::vector<std::string> names;   // of its classes, each with those that its end makes
  std::vector<std::string> values;  // texts, or an attribute's values
  std::vector<Node> nodes;
  std::size_t in = 0;  // elements that have it
};

// "c-review__author-name" → authorname, reviewauthorname, …: a class tells by its last words.
void add_names(std::string_view token, std::vector<std::string>& names) {
  const auto words = words_of_name(token);
  std::string name;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    name = *word + name;
    names.push_back(name);
  }
}

class Places {
 public:
  void add(Node item) {
    met_.clear();
    for (const Node::Attribute& attribute : item.attributes())
      if (attribute.name == "id" || attribute.name.starts_with("data-"))
        put("@" + std::string(attribute.name), attribute.name, attribute.value, item);
    for (const Node node : item.descendants()) {
      if (!node.is_element()) continue;
      const std::string name(node.name());
      const std::string text = formats::text_of(node);
      for (const std::string& token : classes_of(node)) {
        const std::string selector = ".//" + name + class_test(token);
        put(selector, token, text, node);
        if (const auto href = node.attribute("href")) put(selector + "/@href", token, *href, node);
      }
      if (const auto time = node.attribute("datetime"); name == "time" && time)
        put(".//time/@datetime", "datetime", *time, node);
      const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
      if (heading) put(".//" + name, "heading", text, node);
      if (name == "p") put(".//p", "text", text, node);
      if (name == "time") put(".//time", "time", text, node);
      for (const Node::Attribute& attribute : node.attributes())
        if (attribute.name.starts_with("data-"))
          put(".//@" + std::string(attribute.name), attribute.name, attribute.value, node);
    }
    ++items_;
  }

  [[nodiscard]] bool is_common(const Place& place) const {
    return static_cast<double>(place.in) >= most_of * static_cast<double>(items_);
  }
  [[nodiscard]] std::size_t items() const { return items_; }
  [[nodiscard]] const std::vector<Place>& all() const { return places_; }

 private:
  void put(const std::string& selector, std::string_view name, std::string_view value, Node node) {
    constexpr std::size_t most_places = 500;
    const auto [known, fresh] = index_.try_emplace(selector, places_.size());
    if (fresh && places_.size() >= most_places) {
      index_.erase(known);
      return;
    }
    if (fresh) {
      places_.push_back({selector, {}, {}, {}, 0});
      add_names(name, places_.back().names);
    }
    Place& place = places_[known->second];
    if (!met_.insert(selector).second) return;  // the first of an item stands for all
    place.values.emplace_back(value);
    place.nodes.push_back(node);
    ++place.in;
  }

  std::vector<Place> places_;
  std::map<std::string, std::size_t> index_;
  std::set<std::string> met_;
  std::size_t items_ = 0;
};

template <class Test>
bool all(const Place& place, Test test) {
  return std::all_of(place.values.begin(), place.values.end(), test);
}

bool are_different(const Place& place) {
  std::set<std::string> met;
  return all(place,
             [&](const std::string& value) { return !value.empty() && met.insert(value).second; });
}

// The selector of a rating at a place, where all show one; its words or its stars.
std::optional<std::string> rating_selector(const Place& place) {
  const auto is_rating = [](const std::string& value) {
    return extract::parse_rating(value) || extract::parse_number(value);
  };
  if (all(place, is_rating)) return place.selector;
  const bool element =
      place.selector.find("/@") == std::string::npos && !place.selector.starts_with('@');
  const bool stars = element && std::all_of(place.nodes.begin(), place.nodes.end(), [](Node node) {
                       return extract::rating_of_element(node).has_value();
                     });
  return stars ? std::optional("stars:" + place.selector) : std::nullopt;
}

// "Reply" asks for an answer, and is none.
bool is_button(Node node) { return node.name() == "a" || node.name() == "button"; }

// The selector, where what stands at the place can be the field.
std::optional<std::string> selector_for(std::string_view field, const Place& place) {
  const bool attribute = place.selector.find('@') != std::string::npos &&
                         place.selector.find("/@") != std::string::npos;
  const bool link = place.selector.ends_with("/@href");
  const auto is_date = [](const std::string& value) {
    return formats::parse_date(value, UtcTime{}).has_value();
  };
  const auto is_number = [](const std::string& value) {
    return extract::parse_count(value).has_value();
  };
  const auto if_so = [&](bool so) { return so ? std::optional(place.selector) : std::nullopt; };
  if (field == "url") return if_so(link);
  if (link) return std::nullopt;
  if (field == "id") return if_so(place.selector.starts_with('@') && are_different(place));
  if (field == "rating") return rating_selector(place);
  if (field == "posted_at" || field == "edited_at") return if_so(all(place, is_date));
  if (field == "reach") return if_so(all(place, is_number));
  if (field == "reply" && std::any_of(place.nodes.begin(), place.nodes.end(), is_button))
    return std::nullopt;
  if (field == "author" || field == "text" || field == "title" || field == "item" ||
      field == "reply" || field == "location")
    return if_so(!attribute || field == "author");
  return std::nullopt;
}

// The places that fields have already.
using Taken = std::map<std::string, const Place*>;

// Whether a node stands within one of these, which are in document order.
bool is_within_any(Node node, const std::vector<Node>& outer) {
  const auto is_before = [](Node a, Node b) { return a.id() < b.id(); };
  for (Node up = node.parent(); up; up = up.parent())
    if (std::binary_search(outer.begin(), outer.end(), up, is_before)) return true;
  return false;
}

// Whether a place holds one that is taken: a text does not hold its author.
bool holds_taken(const Place& place, const Taken& taken) {
  return std::any_of(taken.begin(), taken.end(), [&](const auto& one) {
    return std::any_of(one.second->nodes.begin(), one.second->nodes.end(),
                       [&](Node inner) { return is_within_any(inner, place.nodes); });
  });
}

// Of places that are named alike the one that fits best, and of those the outermost.
std::optional<std::string> best_selector(std::string_view field, const Places& places,
                                         Taken& taken) {
  std::optional<std::string> best;
  std::size_t best_fit = 0;
  const Place* at = nullptr;
  for (const Place& place : places.all()) {
    if (taken.contains(place.selector)) continue;
    if (field != "reply" && !places.is_common(place)) continue;
    if (field == "text" && holds_taken(place, taken)) continue;
    for (const std::string& name : place.names) {
      const auto fits = fit(field, {name});
      if (!fits || (best && *fits >= best_fit)) continue;
      const auto selector = selector_for(field, place);
      if (!selector) continue;
      best = selector;
      best_fit = *fits;
      at = &place;
    }
  }
  if (at != nullptr) taken.emplace(at->selector, at);
  return best;
}

// Where no name tells of the text: the place with the longest words of each element's own.
std::optional<std::string> longest_text(const Places& places, const Taken& taken) {
  const Place* longest = nullptr;
  std::size_t bytes = 0;
  for (const Place& place : places.all()) {
    const bool attribute =
        place.selector.find('@') == 0 || place.selector.find("/@") != std::string::npos;
    if (attribute || taken.contains(place.selector) || !places.is_common(place)) continue;
    if (holds_taken(place, taken)) continue;
    std::size_t its = 0;
    for (const std::string& value : place.values) its += value.size();
    if (its <= bytes) continue;
    longest = &place;
    bytes = its;
  }
  if (longest == nullptr || bytes < fewest_words * longest->values.size()) return std::nullopt;
  return longest->selector;
}

// Where no name tells of the date: the first place that has one in every element. A bare number is
// none.
const Place* dated_place(const Places& places, const Taken& taken) {
  const auto is_date = [](const std::string& value) {
    return value.find_first_not_of("0123456789.") != std::string::npos ||
                   std::count(value.begin(), value.end(), '.') == 2
               ? formats::parse_date(value, UtcTime{}).has_value()
               : false;
  };
  const auto found =
      std::find_if(places.all().begin(), places.all().end(), [&](const Place& place) {
        return !taken.contains(place.selector) && place.in == places.items() &&
               !place.selector.ends_with("/@href") && all(place, is_date);
      });
  return found == places.all().end() ? nullptr : &*found;
}

// An XPath finds all that is alike in an item: the text is what does not stand in the answer to it.
void leave_out_reply(Guess& guess) {
  constexpr std::string_view below = ".//";
  const std::string* reply = guess.selector("reply");
  if (reply == nullptr || !reply->starts_with(below)) return;
  const std::string step = reply->substr(below.size());
  for (auto& [field, selector] : guess.fields)
    if (field == "text" && selector.starts_with(below)) selector += "[not(ancestor::" + step + ")]";
}

std::optional<Guess> guess_group(const Group& group) {
  Guess guess;
  guess.format = "html";
  guess.list = group.list;
  Places places;
  for (std::size_t i = 0; i < group.nodes.size() && i < most_samples; ++i)
    if (formats::text_of(group.nodes[i]).size() >= fewest_words) places.add(group.nodes[i]);
  if (places.items() == 0) return std::nullopt;
  Taken taken;
  for (const std::string_view field : {"id", "author", "posted_at", "rating", "title", "reply",
                                       "text", "url", "reach", "item", "location", "edited_at"})
    if (auto selector = best_selector(field, places, taken))
      guess.fields.emplace_back(field, std::move(*selector));
    else if (const Place* place = field == "posted_at" ? dated_place(places, taken) : nullptr)
      guess.fields.emplace_back(field, taken.emplace(place->selector, place).first->first);
  if (guess.selector("text") == nullptr)
    if (auto text = longest_text(places, taken))
      guess.fields.emplace_back("text", std::move(*text));
  leave_out_reply(guess);
  const auto has = [&](std::string_view field) { return guess.selector(field) != nullptr; };
  if (!has("text") || !(has("author") || has("posted_at") || has("rating"))) return std::nullopt;
  guess.required.emplace_back("text");
  return guess;
}

}  // namespace

std::vector<Guess> guess_html(std::string_view page) {
  auto tree = formats::parse_html(page);
  if (!tree) return {};
  std::vector<std::pair<std::size_t, Guess>> found;  // by what they tell
  std::vector<Group> groups = find_groups(*tree);
  if (groups.size() > most_groups) groups.resize(most_groups);
  for (const Group& group : groups) {
    auto guess = guess_group(group);
    if (guess) found.emplace_back(guess->fields.size(), std::move(*guess));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Guess> guesses;
  for (auto& [worth, guess] : found) {
    if (guesses.size() == most_guesses) break;
    guesses.push_back(std::move(guess));
  }
  return guesses;
}

}  // namespace testigo::sources
