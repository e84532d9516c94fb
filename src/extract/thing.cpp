#include "extract/thing.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "text/normalize.h"

namespace testigo::extract {
namespace {

// The properties whose text may be the id of a thing; that of "url" is an address and no more.
bool may_refer(std::string_view property) {
  constexpr std::string_view names[] = {"itemReviewed", "author",       "creator",
                                        "publisher",    "review",       "reviews",
                                        "comment",      "reviewRating", "aggregateRating"};
  return std::find(std::begin(names), std::end(names), property) != std::end(names);
}

std::string_view fragment_of(std::string_view id) {
  const std::size_t hash = id.find('#');
  return hash == std::string_view::npos ? std::string_view() : id.substr(hash);
}

// Things that say something of themselves, by their ids and the ids' fragments.
class Described {
 public:
  explicit Described(const Things& things) : things_(things) {
    for (std::size_t i = 0; i < things.size(); ++i) {
      const Thing& thing = things[i];
      if (thing.id.empty() || thing.properties.empty()) continue;
      by_id_.try_emplace(thing.id, i);
      if (const auto fragment = fragment_of(thing.id); fragment.size() > 1)
        by_fragment_.try_emplace(fragment, i);
    }
  }

  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const {
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
    const auto found = by_fragment_.find(fragment_of(id));
    if (found == by_fragment_.end()) return std::nullopt;
    const bool bare = id.starts_with('#') || things_[found->second].id.starts_with('#');
    return bare ? std::optional(found->second) : std::nullopt;
  }
  [[nodiscard]] bool empty() const { return by_id_.empty(); }

 private:
  const Things& things_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::unordered_map<std::string_view, std::size_t> by_fragment_;
};

// What a value names, where it says no more than that.
std::string_view id_in(const ThingProperty& property, const Things& things) {
  const ThingValue& value = property.value;
  if (value.thing) {
    const Thing& target = things[*value.thing];
    return target.properties.empty() ? std::string_view(target.id) : std::string_view();
  }
  if (!may_refer(property.name)) return {};
  if (!value.url.empty()) return value.url;
  const bool address = value.text.starts_with('#') || value.text.starts_with("http");
  return address ? value.text : std::string_view();
}

}  // namespace

void resolve_references(Things& things) {
  const Described described(things);
  if (described.empty()) return;
  for (Thing& thing : things) {
    for (ThingProperty& property : thing.properties) {
      const std::string_view id = id_in(property, things);
      if (id.empty()) continue;
      const auto found = described.find(id);
      if (!found || &things[*found] == &thing) continue;
      // Words of its own stay where what the link leads to has no name.
      const bool says_more = property.value.thing || property.value.text.empty() ||
                             property.value.url.empty() ||
                             things[*found].first({"name", "headline"}) != nullptr;
      if (says_more) property.value.thing = found;
    }
  }
}

bool has_value(const ThingProperty& property) {
  const ThingValue& value = property.value;
  return value.thing || !value.text.empty() || !value.url.empty();
}

bool Thing::is(std::string_view type) const {
  return std::find(types.begin(), types.end(), type) != types.end();
}

const ThingValue* Thing::first(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (const ThingProperty& property : properties) {
      if (property.name == name && has_value(property)) return &property.value;
    }
  }
  return nullptr;
}

std::string_view short_name(std::string_view name) {
  name = text::trim(name);
  const auto parts = [](char c) { return c == '/' || c == '#' || c == ':'; };
  const auto mark = std::find_if(name.rbegin(), name.rend(), parts);
  const auto after = static_cast<std::size_t>(mark - name.rbegin());
  return after > 0 ? name.substr(name.size() - after) : name;
}

}  // namespace testigo::extract
