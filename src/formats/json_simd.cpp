#include <simdjson.h>

#include "formats/json_document.h"
#include "formats/json_plain.h"

namespace testigo::formats {
namespace {

namespace dom = simdjson::dom;

// A parser keeps buffers of the largest document it has seen, so only small ones share it.
constexpr std::size_t max_shared_bytes = 1u << 20;

// Copies simdjson's tape into a document that owns what it holds. False beyond a limit.
class Copier {
 public:
  Copier(const JsonLimits& limits, std::size_t document_bytes)
      : builder_(document_bytes), left_(limits.max_values), depth_left_(limits.max_depth) {}

  bool copy(dom::element from) {
    if (left_ == 0) return false;
    --left_;
    switch (from.type()) {
      case dom::element_type::OBJECT:
      case dom::element_type::ARRAY:
        return copy_nested(from);
      case dom::element_type::STRING:
        builder_.text(from.get_string().value_unsafe());
        break;
      case dom::element_type::INT64:
        builder_.integer(from.get_int64().value_unsafe());
        break;
      case dom::element_type::UINT64:
        builder_.real(static_cast<double>(from.get_uint64().value_unsafe()));
        break;
      case dom::element_type::DOUBLE:
        builder_.real(from.get_double().value_unsafe());
        break;
      case dom::element_type::BOOL:
        builder_.boolean(from.get_bool().value_unsafe());
        break;
      case dom::element_type::NULL_VALUE:
        builder_.null();
        break;
    }
    return true;
  }

  JsonDocument finish() { return builder_.finish(); }

 private:
  bool copy_nested(dom::element from) {
    if (depth_left_ == 0) return false;
    --depth_left_;
    const bool copied = from.is_array() ? copy_array(from) : copy_object(from);
    ++depth_left_;
    return copied;
  }

  bool copy_array(dom::element from) {
    const std::size_t place = builder_.open_array();
    const dom::array array = from.get_array().value_unsafe();
    for (const dom::element item : array)
      if (!copy(item)) return false;
    builder_.close(place);
    return true;
  }

  bool copy_object(dom::element from) {
    const std::size_t place = builder_.open_object();
    const dom::object object = from.get_object().value_unsafe();
    for (const dom::key_value_pair member : object) {
      builder_.text(member.key);
      if (!copy(member.value)) return false;
    }
    builder_.close(place);
    return true;
  }

  JsonDocumentBuilder builder_;
  std::size_t left_;
  std::size_t depth_left_;
};

Result<JsonDocument> read_plain(std::string_view bytes, const JsonLimits& limits) {
  const Result<JsonValue> value = parse_json_plain(bytes, limits);
  if (!value) return fail(value.error());
  JsonDocumentBuilder builder(bytes.size());
  builder.value(*value);
  return builder.finish();
}

Result<JsonDocument> read_with(dom::parser& parser, std::string_view bytes,
                               const JsonLimits& limits) {
  dom::element root;
  // One level more than allowed, so that simdjson never refuses what we allow.
  const auto sized = parser.allocate(bytes.size(), limits.max_depth + 1);
  if (sized != simdjson::SUCCESS || parser.parse(bytes.data(), bytes.size()).get(root))
    return read_plain(bytes, limits);
  Copier copier(limits, bytes.size());
  return copier.copy(root) ? Result<JsonDocument>(copier.finish()) : read_plain(bytes, limits);
}

}  // namespace

Result<JsonDocument> read_json(std::string_view bytes, const JsonLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return fail(Errc::limit_exceeded, "JSON: " + std::to_string(bytes.size()) +
                                          " bytes are more than the " +
                                          std::to_string(limits.max_bytes) + " that are read.");
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  if (bytes.size() > max_shared_bytes) {
    dom::parser parser;
    return read_with(parser, bytes, limits);
  }
  thread_local dom::parser parser;  // scratch memory only: nothing outlives the call
  return read_with(parser, bytes, limits);
}

Result<JsonValue> parse_json(std::string_view bytes, const JsonLimits& limits) {
  const Result<JsonDocument> document = read_json(bytes, limits);
  if (!document) return fail(document.error());
  return document->root().value();
}

}  // namespace testigo::formats
