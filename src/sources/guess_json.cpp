#include <algorithm>
#include <map>
#include <set>

#include "extract/number.h"
#include "formats/date.h"
#include "sources/guess.h"
#include "sources/telling_names.h"

namespace testigo::sources {
namespace {

using formats::JsonMember;
using formats::JsonValue;

constexpr std::size_t deepest_list = 6;    // from the root
constexpr std::size_t deepest_member = 3;  // within an item
constexpr std::size_t most_samples = 30;   // items that are looked at
constexpr std::size_t most_members = 400;  // of an item, in all depths
constexpr std::size_t most_lists = 50;     // that are looked at

std::string escaped(std::string_view key) {  // RFC 6901 §3
  std::string out;
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

struct List {
  std::string pointer;
  std::size_t length = 0;
  std::vector<const JsonValue*> samples;
};

List list_at(std::string pointer, const JsonValue::Array& items) {
  List list{std::move(pointer), items.size(), {}};
  for (std::size_t i = 0; i < items.size() && i < most_samples; ++i)
    if (items[i].is_object()) list.samples.push_back(&items[i]);
  return list;
}

void find_lists(const JsonValue& value, const std::string& pointer, std::size_t depth,
                std::vector<List>& lists) {
  if (lists.size() >= most_lists) return;
  if (value.is_array()) {
    List list = list_at(pointer, value.items());
    if (!list.samples.empty()) lists.push_back(std::move(list));
    if (value.items().size() == 1 && depth < deepest_list)
      find_lists(value.items().front(), pointer + "/0", depth + 1, lists);
    return;
  }
  if (depth == deepest_list) return;
  for (const JsonMember& member : value.members())
    find_lists(member.value, pointer + "/" + escaped(member.key), depth + 1, lists);
}

// A member of the items: where it stands, by what names, and the values that items have there.
struct Member {
  std::string pointer;
  std::vector<std::string> path;
  std::vector<const JsonValue*> values;
};

void collect(const JsonValue& value, const std::string& pointer, std::vector<std::string>& path,
             std::vector<Member>& members) {
  for (const JsonMember& inner : value.members()) {
    const std::string where = pointer + "/" + escaped(inner.key);
    path.push_back(plain_name(inner.key));
    if (inner.value.is_object() && path.size() < deepest_member) {
      collect(inner.value, where, path, members);
    } else if (!inner.value.is_null()) {
      const auto known = std::find_if(members.begin(), members.end(),
                                      [&](const Member& one) { return one.pointer == where; });
      if (known != members.end())
        known->values.push_back(&inner.value);
      else if (members.size() < most_members)
        members.push_back({where, path, {&inner.value}});
    }
    path.pop_back();
  }
}

template <class Test>
bool all(const Member& member, Test test) {
  return std::all_of(member.values.begin(), member.values.end(),
                     [&](const JsonValue* value) { return test(*value); });
}

std::optional<double> number_of(const JsonValue& value) {
  if (value.is_number()) return value.as_double();
  const std::string* text = value.as_string();
  return text == nullptr ? std::nullopt : extract::parse_number(*text);
}

bool is_date(const JsonValue& value) {
  const auto text = value.to_text();
  return text && formats::parse_date(*text, UtcTime{}).has_value();
}

bool is_rating(const JsonValue& value) {
  constexpr double most = 100.0;  // beyond are counts of votes
  if (const auto number = number_of(value)) return *number >= 0.0 && *number <= most;
  const std::string* text = value.as_string();
  return text != nullptr && extract::parse_rating(*text).has_value();
}

bool are_different(const Member& member) {
  std::set<std::string> met;
  return all(member, [&](const JsonValue& value) {
    const auto text = value.to_text();
    return text && met.insert(*text).second;
  });
}

// Whether a member's values can be what its name tells.
bool can_be(std::string_view field, const Member& member) {
  const auto is_words = [](const JsonValue& value) { return value.is_string(); };
  const auto is_scalar = [](const JsonValue& value) { return value.to_text().has_value(); };
  const auto is_number = [](const JsonValue& value) { return number_of(value).has_value(); };
  if (field == "id") return are_different(member);
  if (field == "rating") return all(member, is_rating);
  if (field == "rating_best" || field == "rating_worst" || field == "reach")
    return all(member, is_number);
  if (field == "posted_at" || field == "edited_at" || field == "replied_at")
    return all(member, is_date);
  if (field == "app_version" || field == "parent") return all(member, is_scalar);
  return all(member, is_words);
}

bool holds_markup(const Member& member) {
  return std::any_of(member.values.begin(), member.values.end(), [](const JsonValue* value) {
    const std::string* text = value->as_string();
    if (text == nullptr) return false;
    for (const std::string_view mark : {"</", "<br", "<p>", "&amp;", "&quot;", "&#"})
      if (text->find(mark) != std::string::npos) return true;
    return false;
  });
}

// The ends of the scale, from what the values are: of five, ten or a hundred.
void guess_scale(const Member& ratings, Guess& guess) {
  double highest = 0.0;
  double lowest = 100.0;
  for (const JsonValue* value : ratings.values) {
    const auto number = number_of(*value);
    if (!number) continue;
    highest = std::max(highest, *number);
    lowest = std::min(lowest, *number);
  }
  guess.best = highest <= 5.0 ? 5.0 : highest <= 10.0 ? 10.0 : 100.0;
  guess.worst = lowest < 1.0 || guess.best == 100.0 ? 0.0 : 1.0;
}

const Member* best_member(std::string_view field, const std::vector<Member>& members,
                          const std::set<std::string>& taken) {
  const Member* best = nullptr;
  std::size_t best_fit = 0;
  for (const Member& member : members) {
    const auto fits = fit(field, member.path);
    if (!fits || taken.contains(member.pointer) || !can_be(field, member)) continue;
    if (best != nullptr && *fits >= best_fit) continue;
    best = &member;
    best_fit = *fits;
  }
  return best;
}

// Where no name tells of the text, and others tell that the items are posts: the member with the
// longest words, several of them in most items.
const Member* longest_words(const Guess& guess, const std::vector<Member>& members,
                            const std::set<std::string>& taken) {
  const auto has = [&](std::string_view field) { return guess.selector(field) != nullptr; };
  if (has("text") || !(has("title") || has("author") || has("rating") || has("posted_at")))
    return nullptr;
  const Member* longest = nullptr;
  std::size_t most = 0;
  for (const Member& member : members) {
    std::size_t bytes = 0;
    std::size_t of_words = 0;
    for (const JsonValue* value : member.values) {
      const std::string* text = value->as_string();
      if (text == nullptr) continue;
      bytes += text->size();
      of_words += text->find(' ') != std::string::npos ? 1 : 0;
    }
    if (2 * of_words <= member.values.size() || bytes <= most) continue;
    if (taken.contains(member.pointer) || all(member, is_date)) continue;
    longest = &member;
    most = bytes;
  }
  return longest;
}

Guess guess_list(const List& list, std::string_view format) {
  Guess guess;
  guess.format = format;
  guess.list = list.pointer;
  std::vector<Member> members;
  std::vector<std::string> path;
  for (const JsonValue* sample : list.samples) collect(*sample, "", path, members);
  std::set<std::string> taken;
  const auto take = [&](std::string_view field, const Member& member) {
    taken.insert(member.pointer);
    guess.fields.emplace_back(field, member.pointer);
    const bool always = member.values.size() == list.samples.size();
    if (always && (field == "id" || field == "text")) guess.required.emplace_back(field);
    if ((field == "text" || field == "title" || field == "reply") && holds_markup(member))
      guess.html.emplace_back(field);
    if (field == "rating") guess_scale(member, guess);
  };
  for (const std::string_view field : told_fields()) {
    const bool of_rating = field == "rating_best" || field == "rating_worst";
    if (of_rating && guess.selector("rating") == nullptr) continue;
    if (const Member* member = best_member(field, members, taken)) take(field, *member);
  }
  if (const Member* member = longest_words(guess, members, taken)) take("text", *member);
  // A score beside likes, and of no scale, counts likes too.
  const std::string* rating = guess.selector("rating");
  if (rating != nullptr && rating->ends_with("score") && guess.selector("reach") != nullptr &&
      guess.selector("rating_best") == nullptr)
    std::erase_if(guess.fields, [](const auto& one) { return one.first == "rating"; });
  return guess;
}

// How much a list tells of posts: one without words is none.
std::size_t worth(const Guess& guess) {
  const bool text = guess.selector("text") != nullptr;
  if (!text && guess.selector("title") == nullptr) return 0;
  constexpr std::size_t of_text = 4;  // more than any three other fields
  return guess.fields.size() + (text ? of_text : 0);
}

}  // namespace

const std::string* Guess::selector(std::string_view field) const {
  for (const auto& [name, where] : fields)
    if (name == field) return &where;
  return nullptr;
}

std::optional<Guess> guess_json(const JsonValue& answer, std::string_view format) {
  std::vector<List> lists;
  find_lists(answer, "", 0, lists);
  const std::size_t whole = lists.size();  // an answer that is one post
  if (answer.is_object()) lists.push_back({"", 1, {&answer}});
  std::optional<Guess> best;
  std::size_t best_worth = 0;
  std::size_t best_length = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const List& list = lists[i];
    Guess guess = guess_list(list, format);
    // {"message": "Forbidden"} is no post: one has an author, a date or an id as well.
    if (i == whole && guess.fields.size() < 2) continue;
    const std::size_t its = worth(guess);
    if (its == 0 || its < best_worth || (its == best_worth && list.length <= best_length)) continue;
    best_worth = its;
    best_length = list.length;
    best = std::move(guess);
  }
  return best;
}

}  // namespace testigo::sources
