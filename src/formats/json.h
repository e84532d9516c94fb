#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

// What a document may cost before it is refused with limit_exceeded.
struct JsonLimits {
  std::size_t max_bytes = 64u << 20;   // larger than any API answer or JSON-LD block we know
  std::size_t max_depth = 512;         // nested arrays and objects; recursion in readers is safe
  std::size_t max_values = 2'000'000;  // "[0,0,…" costs 20 times its bytes as a tree
};

struct JsonMember;

// One JSON value that owns all it holds: it outlives the bytes and the parser that it came from.
// Members of objects keep the document's order; of equal keys the last one is found.
class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Object = std::vector<JsonMember>;

  JsonValue();  // null
  explicit JsonValue(bool value);
  explicit JsonValue(std::int64_t value);
  explicit JsonValue(double value);
  explicit JsonValue(std::string value);
  explicit JsonValue(Array value);
  explicit JsonValue(Object value);
  JsonValue(const JsonValue&);
  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(const JsonValue&);
  JsonValue& operator=(JsonValue&&) noexcept;
  ~JsonValue();

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(value_); }
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value_); }

  // The value, where it is of that type; nothing is converted but an int64 into a double, and a
  // double without fraction within ±2^53 into an int64.
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] std::optional<std::int64_t> as_int() const;
  [[nodiscard]] std::optional<double> as_double() const;
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&value_); }

  // The elements or members; empty for any other kind, so that a missing list is an empty loop.
  [[nodiscard]] const Array& items() const;
  [[nodiscard]] const Object& members() const;

  // A member of an object by key; null pointer where there is none or this is no object.
  [[nodiscard]] const JsonValue* find(std::string_view key) const;

  // A scalar as people read it: strings as they are, numbers in shortest form, "true", "false".
  // Nothing for null, arrays and objects.
  [[nodiscard]] std::optional<std::string> to_text() const;

  friend bool operator==(const JsonValue& a, const JsonValue& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string key;
  JsonValue value;

  friend bool operator==(const JsonMember&, const JsonMember&) = default;
};

// Out of the class, where a member is complete.
inline JsonValue::JsonValue() = default;
inline JsonValue::JsonValue(bool value) : value_(value) {}
inline JsonValue::JsonValue(std::int64_t value) : value_(value) {}
inline JsonValue::JsonValue(double value) : value_(value) {}
inline JsonValue::JsonValue(std::string value) : value_(std::move(value)) {}
inline JsonValue::JsonValue(Array value) : value_(std::move(value)) {}
inline JsonValue::JsonValue(Object value) : value_(std::move(value)) {}
inline JsonValue::JsonValue(const JsonValue&) = default;
inline JsonValue::JsonValue(JsonValue&&) noexcept = default;
inline JsonValue& JsonValue::operator=(const JsonValue&) = default;
inline JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;
inline JsonValue::~JsonValue() = default;
inline bool operator==(const JsonValue& a, const JsonValue& b) { return a.value_ == b.value_; }

// One document (RFC 8259), a UTF-8 byte order mark before it allowed. Integers beyond int64 become
// double. Escaped lone surrogates become U+FFFD. Errors: malformed, whose `what` names the byte
// offset (for raw NUL and invalid UTF-8 too); limit_exceeded.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view bytes, const JsonLimits& limits = {});

// RFC 6901: "" the whole, "/a/0/b~1c" a path. Null pointer where it leads nowhere.
[[nodiscard]] const JsonValue* find(const JsonValue& root, std::string_view json_pointer);

// The value as compact JSON again.
[[nodiscard]] std::string to_json(const JsonValue& value);

}  // namespace testigo::formats
