#include "extract/microdata.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "extract/comment_marks.h"
#include "extract/plain.h"
#include "extract/star_rating.h"
#include "extract/value_words.h"
#include "formats/json_writer.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;
using Owners = std::vector<std::size_t>;

// The attributes by which a syntax says the same four things.
struct Syntax {
  std::string_view scope;  // begins a thing
  std::string_view type;
  std::string_view property;
  std::string_view id;
  bool refers = false;  // has itemref
  // RDFa 1.1 §5.2: the relation of a thing to those that begin below it ("v:rating").
  std::string_view relation = {};
};
constexpr Syntax microdata_syntax{"itemscope", "itemtype", "itemprop", "itemid", true};
constexpr Syntax rdfa_syntax{"typeof", "typeof", "property", "resource", false, "rel"};

// A rating that is drawn as stars and not written: "4/5".
std::string drawn_rating(Node node) {
  const bool of_rating = node.attribute("itemprop").value_or("") == "ratingValue" ||
                         node.attribute("property").value_or("").ends_with("ratingValue");
  const auto rating = of_rating ? rating_of_stars(node) : std::nullopt;
  if (!rating) return {};
  return formats::shortest(rating->value) + "/" + formats::shortest(rating->best.value_or(5.0));
}

// HTML standard §5.2.4, and a `content` attribute wherever it stands.
ThingValue value_of(Node node, std::string_view page_url) {
  const std::string_view name = node.name();
  const auto attribute = [&](std::string_view key) { return node.attribute(key).value_or(""); };
  ThingValue value;
  if (name == "meta" || node.attribute("content")) {
    value.text = plain_text(attribute("content"), Markup::none);
    return value;
  }
  if ((name == "data" || name == "meter") && node.attribute("value")) {
    value.text = plain_text(attribute("value"), Markup::none);
    return value;
  }
  if (name == "time" && node.attribute("datetime")) {
    value.text = plain_text(attribute("datetime"), Markup::none);
    return value;
  }
  const bool link = name == "a" || name == "area" || name == "link";
  const bool source = name == "img" || name == "audio" || name == "video" || name == "embed" ||
                      name == "iframe" || name == "source" || name == "track";
  if (link) value.url = absolute_url(attribute("href"), page_url).value_or("");
  if (source) value.url = absolute_url(attribute("src"), page_url).value_or("");
  if (node.attribute("resource"))
    value.url = absolute_url(attribute("resource"), page_url).value_or("");
  ValueWords words = words_of_value(node);
  value.text = std::move(words.text);
  value.own = std::move(words.own);
  if (value.text.empty() && name == "img") value.text = plain_text(attribute("alt"), Markup::none);
  // A rating drawn as stars says what it is in its title.
  if (value.text.empty()) value.text = plain_text(attribute("title"), Markup::none);
  if (value.text.empty() && value.url.empty()) value.text = drawn_rating(node);
  return value;
}

// What markup that holds or names itself again and again may come to: values within values have the
// innermost text as often as they are deep, and each of a thousand references has every property.
// An honest page of 16 MiB has a tenth of it.
constexpr std::size_t max_value_bytes = 64u << 20;
constexpr std::size_t max_properties = 500'000;
constexpr std::size_t max_owners = 1'000'000;

// Walks the page once; every element knows the things it may be a property of.
class ScopeWalker {
 public:
  ScopeWalker(const formats::Tree& tree, const Syntax& syntax, std::string_view page_url)
      : tree_(tree), syntax_(syntax), page_url_(page_url) {}

  Things walk() {
    if (syntax_.refers) note_references();
    owners_.assign(tree_.size(), nobody);
    relations_.assign(tree_.size(), {});
    for (const Node node : tree_.document().descendants()) {
      if (!node.is_element()) continue;
      if (things_.size() >= max_things || properties_ >= max_properties) break;
      visit(node);
    }
    if (!syntax_.relation.empty()) join_mentions();
    add_stated_authors();
    resolve_references(things_);
    return std::move(things_);
  }

 private:
  static constexpr std::uint32_t nobody = 0;  // index of the empty list of owners

  void visit(Node node) {
    const std::uint32_t inherited = owners_[node.parent().id()];
    std::uint32_t owners = inherited;
    if (const auto referred = referred_by_.find(node.id()); referred != referred_by_.end()) {
      owners = add_owners(referred->second, inherited);
    }
    std::optional<std::size_t> thing;
    const std::string_view relation = relation_at(node);
    const auto names = node.attribute(syntax_.property);
    const bool has_subject = !syntax_.relation.empty() && node.attribute("about").has_value();
    if (node.attribute(syntax_.scope)) {
      thing = begin_thing(node);
      owners_[node.id()] = add_owners({*thing}, nobody);
    } else if (has_subject && names) {
      owners = add_owners({begin_thing(node)}, nobody);
      owners_[node.id()] = owners;
    } else if (has_subject || (!syntax_.relation.empty() && node.attribute("resource") && !names)) {
      thing = begin_thing(node);
      owners_[node.id()] = add_owners({*thing}, nobody);
    } else {
      owners_[node.id()] = owners;
      relations_[node.id()] = relation;
    }
    if (names) {
      add_property(node, owners, thing, *names);
    } else if (thing) {
      add_property(node, owners, thing, relation);
    }
  }

  // What the node, or one above it within the same thing, says that things are to that one. "rel"
  // of a link, without a vocabulary ("nofollow"), is HTML's own.
  std::string_view relation_at(Node node) const {
    if (syntax_.relation.empty()) return {};
    const std::string_view own = node.attribute(syntax_.relation).value_or("");
    const bool links = node.name() == "a" || node.name() == "link" || node.name() == "area" ||
                       node.name() == "form";
    const bool says = own.find(':') != std::string_view::npos || (!own.empty() && !links);
    return says ? own : relations_[node.parent().id()];
  }

  // RDFa speaks of one thing in several places, by "about" and "resource": what is said where the
  // thing has no type belongs to the one that has.
  void join_mentions() {
    std::unordered_map<std::string, std::size_t> typed;
    for (std::size_t i = 0; i < things_.size(); ++i)
      if (!things_[i].types.empty() && !things_[i].id.empty()) typed.try_emplace(things_[i].id, i);
    for (Thing& mention : things_) {
      if (!mention.types.empty() || mention.id.empty()) continue;
      const auto found = typed.find(mention.id);
      if (found == typed.end()) continue;
      std::vector<ThingProperty>& all = things_[found->second].properties;
      std::move(mention.properties.begin(), mention.properties.end(), std::back_inserter(all));
      mention.properties.clear();
    }
  }

  std::size_t begin_thing(Node node) {
    std::size_t place = things_.size();
    const auto reserved = referring_.find(node.id());
    if (reserved != referring_.end()) {
      place = reserved->second;
    } else {
      things_.emplace_back();
    }
    Thing& thing = things_[place];
    for (const std::string_view type : tokens_of(node.attribute(syntax_.type).value_or(""))) {
      if (thing.types.size() < max_types) thing.types.emplace_back(short_name(type));
    }
    thing.id = std::string(node.attribute(syntax_.id).value_or(""));
    if (thing.id.empty() && !syntax_.relation.empty())
      thing.id = std::string(node.attribute("about").value_or(""));
    if (is_signed(thing))
      if (auto author = stated_author(node)) stated_authors_.emplace_back(place, *author);
    return place;
  }

  static bool is_signed(const Thing& thing) {
    constexpr std::string_view ends[] = {"Comment", "Posting", "Answer", "Question", "Review"};
    return std::any_of(thing.types.begin(), thing.types.end(), [&](std::string_view type) {
      return std::any_of(std::begin(ends), std::end(ends),
                         [&](std::string_view end) { return type.ends_with(end); });
    });
  }

  // Of what names its author for scripts alone.
  void add_stated_authors() {
    for (auto& [place, author] : stated_authors_) {
      if (things_[place].first({"author", "creator"}) != nullptr) continue;
      ThingValue value;
      value.text = std::move(author);
      things_[place].properties.push_back({"author", std::move(value)});
    }
  }

  void add_property(Node node, std::uint32_t owners, std::optional<std::size_t> thing,
                    std::string_view names) {
    if (names.empty() || owners == nobody) return;
    ThingValue value;
    if (thing) {
      value.thing = thing;
    } else if (bytes_ < max_value_bytes) {
      value = value_of(node, page_url_);
    }
    for (const std::size_t owner : owner_lists_[owners]) {
      if (thing == owner) continue;
      for (const std::string_view name : tokens_of(names)) {
        if (++properties_ > max_properties || bytes_ >= max_value_bytes) return;
        bytes_ += value.text.size() + value.own.size() + value.url.size();
        things_[owner].properties.push_back({std::string(short_name(name)), value});
      }
    }
  }

  // itemref: elements elsewhere on the page whose properties belong to this thing too. Their things
  // are made beforehand, since the elements may come first.
  void note_references() {
    std::unordered_map<std::string_view, std::uint32_t> by_id;
    for (const Node node : tree_.document().descendants()) {
      if (const auto id = node.attribute("id")) by_id.try_emplace(*id, node.id());
    }
    for (const Node node : tree_.document().descendants()) {
      const auto references = node.attribute("itemref");
      if (!references || !node.attribute("itemscope")) continue;
      const std::size_t thing = things_.size();
      things_.emplace_back();
      referring_[node.id()] = thing;
      for (const std::string_view id : tokens_of(*references)) {
        const auto found = by_id.find(id);
        if (found != by_id.end() && found->second != node.id()) {
          referred_by_[found->second].push_back(thing);
        }
      }
    }
  }

  std::uint32_t add_owners(Owners owners, std::uint32_t inherited) {
    const Owners& more = owner_lists_[inherited];
    owners.insert(owners.end(), more.begin(), more.end());
    listed_owners_ += owners.size();
    if (listed_owners_ > max_owners) return nobody;
    owner_lists_.push_back(std::move(owners));
    return static_cast<std::uint32_t>(owner_lists_.size() - 1);
  }

  const formats::Tree& tree_;
  const Syntax& syntax_;
  std::string_view page_url_;
  std::vector<std::pair<std::size_t, std::string>> stated_authors_;  // by place
  Things things_;
  std::vector<Owners> owner_lists_{Owners()};
  std::vector<std::uint32_t> owners_;        // by node: index into owner_lists_
  std::vector<std::string_view> relations_;  // by node
  std::unordered_map<std::uint32_t, Owners> referred_by_;
  std::unordered_map<std::uint32_t, std::size_t> referring_;
  std::size_t properties_ = 0;
  std::size_t bytes_ = 0;  // of all values
  std::size_t listed_owners_ = 0;
};

}  // namespace

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n\f", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\f", begin), text.size());
    tokens.push_back(text.substr(begin, end - begin));
    at = end;
  }
  return tokens;
}

Things things_of_microdata(const formats::Tree& tree, std::string_view page_url) {
  return ScopeWalker(tree, microdata_syntax, page_url).walk();
}

Things things_of_rdfa(const formats::Tree& tree, std::string_view page_url) {
  return ScopeWalker(tree, rdfa_syntax, page_url).walk();
}

}  // namespace testigo::extract
