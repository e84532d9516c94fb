#include "extract/json_elements.h"

#include <iterator>
#include <ranges>
#include <string_view>
#include <utility>

#include "extract/json_values.h"

namespace testigo::extract {

using formats::JsonNode;

namespace {

// A list's place, or the answer as a whole, in messages.
std::string name_of(const std::string& place) { return place.empty() ? "the answer" : place; }

std::vector<JsonElement> keyed_elements(JsonNode object, const std::string& place) {
  std::vector<JsonElement> elements;
  for (const formats::JsonNodeMember member : object.members())
    elements.push_back({member.value, place + "/" + std::string(member.key), ""});
  return elements;
}

}  // namespace

ElementList elements_at(JsonNode root, const Selector& list, bool keyed) {
  JsonNode single;
  std::string place;
  for (const std::string& pointer : list) {
    const JsonNode value = formats::find(root, pointer);
    if (value.is_array()) return {array_elements(value, pointer)};
    if (value.is_object() && keyed) return {keyed_elements(value, pointer)};
    if (!value || single) continue;
    // No list at all; and beside other places an answer is one where it is an array alone.
    if (pointer.empty() && value.is_object() && (value.members().empty() || list.size() > 1))
      continue;
    single = value;
    place = pointer;
  }
  if (!single)
    return {{}, false, (list.front().empty() ? "the list" : list.front()) + " is missing"};
  if (single.is_null()) return {{}, false, name_of(place) + " is null, not a list"};
  if (!single.is_object()) {
    const std::string type(found_value(single).type_name());
    return {{}, true, name_of(place) + " is " + type + ", not a list"};
  }
  if (single.members().empty()) return {};  // an empty array, as PHP writes one
  return {{{single, place, ""}}};
}

std::vector<JsonElement> array_elements(JsonNode array, const std::string& place) {
  std::vector<JsonElement> elements;
  elements.reserve(static_cast<std::size_t>(std::ranges::distance(array.items())));
  for (const JsonNode item : array.items())
    elements.push_back({item, place + "/" + std::to_string(elements.size()), ""});
  return elements;
}

std::vector<JsonElement> with_children(std::vector<JsonElement> list, const std::string& children,
                                       std::size_t most) {
  std::vector<JsonElement> all;
  std::vector<JsonElement> open(std::make_move_iterator(list.rbegin()),
                                std::make_move_iterator(list.rend()));
  while (!open.empty() && all.size() < most) {
    all.push_back(std::move(open.back()));
    open.pop_back();
    std::vector<JsonElement> below =
        array_elements(formats::find(all.back().value, children), all.back().place + children);
    open.insert(open.end(), std::make_move_iterator(below.rbegin()),
                std::make_move_iterator(below.rend()));
  }
  return all;
}

}  // namespace testigo::extract
