#include <algorithm>
#include <simdjson.h>

#include "formats/json.h"
#include "formats/json_plain.h"

namespace testigo::formats {
namespace {

namespace dom = simdjson::dom;

// A parser keeps buffers of the largest document it has seen, so only small ones share it.
constexpr std::size_t max_shared_bytes = 1u << 20;

// Copies simdjson's tape into values that own themselves. False beyond a limit.
class Copier {
 public:
  explicit Copier(const JsonLimits& limits)
      : left_(limits.max_values), depth_left_(limits.max_depth) {}

  bool copy(dom::element from, JsonValue& to) {
    if (left_ == 0) return false;
    --left_;
    switch (from.type()) {
      case dom::element_type::OBJECT:
      case dom::element_type::ARRAY:
        return copy_nested(from, to);
      case dom::element_type::STRING:
        to = JsonValue(std::string(from.get_string().value_unsafe()));
        break;
      case dom::element_type::INT64:
        to = JsonValue(from.get_int64().value_unsafe());
        break;
      case dom::element_type::UINT64:
        to = JsonValue(static_cast<double>(from.get_uint64().value_unsafe()));
        break;
      case dom::element_type::DOUBLE:
        to = JsonValue(from.get_double().value_unsafe());
        break;
      case dom::element_type::BOOL:
        to = JsonValue(from.get_bool().value_unsafe());
        break;
      case dom::element_type::NULL_VALUE:
        to = JsonValue();
        break;
    }
    return true;
  }

 private:
  bool copy_nested(dom::element from, JsonValue& to) {
    if (depth_left_ == 0) return false;
    --depth_left_;
    const bool copied = from.is_array() ? copy_array(from, to) : copy_object(from, to);
    ++depth_left_;
    return copied;
  }

  bool copy_array(dom::element from, JsonValue& to) {
    JsonValue::Array items;
    const dom::array array = from.get_array().value_unsafe();
    items.reserve(std::min(array.size(), left_));
    for (const dom::element item : array) {
      if (!copy(item, items.emplace_back())) return false;
    }
    to = JsonValue(std::move(items));
    return true;
  }

  bool copy_object(dom::element from, JsonValue& to) {
    JsonValue::Object members;
    const dom::object object = from.get_object().value_unsafe();
    members.reserve(std::min(object.size(), left_));
    for (const dom::key_value_pair member : object) {
      members.push_back({std::string(member.key), JsonValue()});
      if (!copy(member.value, members.back().value)) return false;
    }
    to = JsonValue(std::move(members));
    return true;
  }

  std::size_t left_;
  std::size_t depth_left_;
};

Result<JsonValue> parse_with(dom::parser& parser, std::string_view bytes,
                             const JsonLimits& limits) {
  dom::element root;
  // One level more than allowed, so that simdjson never refuses what we allow.
  const auto sized = parser.allocate(bytes.size(), limits.max_depth + 1);
  if (sized != simdjson::SUCCESS || parser.parse(bytes.data(), bytes.size()).get(root)) {
    return parse_json_plain(bytes, limits);
  }
  JsonValue value;
  if (!Copier(limits).copy(root, value)) return parse_json_plain(bytes, limits);
  return value;
}

}  // namespace

Result<JsonValue> parse_json(std::string_view bytes, const JsonLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return fail(Errc::limit_exceeded, "JSON: " + std::to_string(bytes.size()) +
                                          " bytes are more than the " +
                                          std::to_string(limits.max_bytes) + " that are read.");
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  if (bytes.size() > max_shared_bytes) {
    dom::parser parser;
    return parse_with(parser, bytes, limits);
  }
  thread_local dom::parser parser;  // scratch memory only: nothing outlives the call
  return parse_with(parser, bytes, limits);
}

}  // namespace testigo::formats
