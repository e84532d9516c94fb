#include "extract/json_error.h"

#include <array>
#include <string_view>

#include "extract/plain.h"
#include "formats/json.h"

namespace testigo::extract {
namespace {

using formats::JsonNode;
using formats::JsonValue;

constexpr std::size_t longest_quote = 120;  // of it in one of our messages

// Under which services keep an error's words.
constexpr std::array<std::string_view, 6> message_keys = {"message", "description", "detail",
                                                          "error",   "title",       "text"};

bool says_something(const Found& said, JsonNode there) {
  if (said.is_blank() || said.text() == "false" || said.text() == "0") return false;
  return said.kind() != Found::Kind::other || !there.items().empty() || !there.members().empty();
}

// The words of an error that is an object or an array.
std::string words_of(const JsonValue& error) {
  const JsonValue* one = &error;
  if (error.is_array() && error.items().size() == 1) one = &error.items().front();
  if (const std::string* text = one->as_string()) return *text;
  for (const std::string_view key : message_keys) {
    const JsonValue* words = one->find(key);
    if (words != nullptr && words->is_string() && !words->as_string()->empty())
      return *words->as_string();
  }
  return formats::to_json(error);
}

// `there`: what was read of it.
std::string words_at(std::string_view pointer, JsonNode there, std::string_view whole) {
  const auto document = formats::parse_json(whole);
  const JsonValue* error = document ? formats::find(*document, pointer) : nullptr;
  return words_of(error == nullptr ? there.value() : *error);
}

// The error that a selector finds; of "/status=DENIED" these words, where that text stands there.
std::optional<std::string> error_at(std::string_view selector, const JsonValues& values,
                                    JsonNode root, std::string_view whole) {
  const bool is_pointer = selector.starts_with('/');
  const std::size_t equals = is_pointer ? selector.find('=') : std::string_view::npos;
  const std::string_view place = selector.substr(0, equals);
  const Found said = values.look_up(place);
  if (equals != std::string_view::npos) {
    if (said.is_missing() || said.text() != selector.substr(equals + 1)) return std::nullopt;
    return std::string(selector.substr(1));
  }
  const JsonNode there = is_pointer ? formats::find(root, place) : JsonNode();
  if (!says_something(said, there)) return std::nullopt;
  if (said.kind() != Found::Kind::other) return std::string(said.text());
  return words_at(place, there, whole);
}

}  // namespace

std::optional<std::string> said_error(const JsonValues& values, JsonNode root,
                                      std::string_view whole, const Selector& error) {
  for (const std::string& selector : error)
    if (const auto said = error_at(selector, values, root, whole))
      return quoted(*said, longest_quote);
  return std::nullopt;
}

}  // namespace testigo::extract
