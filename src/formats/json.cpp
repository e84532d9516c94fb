#include "formats/json.h"

#include <algorithm>
#include <cmath>

#include "formats/json_pointer.h"
#include "formats/json_writer.h"

namespace testigo::formats {
namespace {

// Beyond 2^53 a double no longer names one integer.
constexpr double max_exact_integer = 9007199254740992.0;

// A time or an id that was written as 1764000000.0 is whole to people, not 1.764e+09.
std::string as_people_write(double value) {
  if (std::abs(value) < max_exact_integer && value == std::trunc(value))
    return std::to_string(static_cast<std::int64_t>(value));
  return shortest(value);
}

void write(JsonWriter& out, const JsonValue& value) {
  if (const auto* text = value.as_string()) {
    out.string(*text);
  } else if (const auto* array = value.as_array()) {
    out.begin_array();
    for (const JsonValue& item : *array) write(out, item);
    out.end_array();
  } else if (const auto* object = value.as_object()) {
    out.begin_object();
    for (const JsonMember& member : *object) {
      out.key(member.key);
      write(out, member.value);
    }
    out.end_object();
  } else if (value.is_null()) {
    out.null();
  } else {
    out.raw(*value.to_text());
  }
}

const JsonValue* element(const JsonValue::Array& array, std::string_view token) {
  const auto index = array_index(token);
  return index && *index < array.size() ? &array[*index] : nullptr;
}

}  // namespace

bool JsonValue::is_number() const {
  return std::holds_alternative<std::int64_t>(value_) || std::holds_alternative<double>(value_);
}

std::optional<bool> JsonValue::as_bool() const {
  const auto* value = std::get_if<bool>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> JsonValue::as_int() const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
  const auto* real = std::get_if<double>(&value_);
  if (!real || std::trunc(*real) != *real || std::abs(*real) > max_exact_integer) return {};
  return static_cast<std::int64_t>(*real);
}

std::optional<double> JsonValue::as_double() const {
  if (const auto* value = std::get_if<double>(&value_)) return *value;
  const auto* integer = std::get_if<std::int64_t>(&value_);
  return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
}

const JsonValue::Array& JsonValue::items() const {
  static const Array none;
  const Array* array = as_array();
  return array ? *array : none;
}

const JsonValue::Object& JsonValue::members() const {
  static const Object none;
  const Object* object = as_object();
  return object ? *object : none;
}

const JsonValue* JsonValue::find(std::string_view key) const {
  const Object& all = members();
  const auto found = std::find_if(all.rbegin(), all.rend(),
                                  [key](const auto& member) { return member.key == key; });
  return found == all.rend() ? nullptr : &found->value;
}

std::optional<std::string> JsonValue::to_text() const {
  if (const auto* text = as_string()) return *text;
  if (const auto* flag = std::get_if<bool>(&value_)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value_)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value_)) return as_people_write(*real);
  return {};
}

const JsonValue* find(const JsonValue& root, std::string_view json_pointer) {
  JsonPointer pointer(json_pointer);
  if (!pointer.is_valid()) return nullptr;
  const JsonValue* at = &root;
  while (at && !pointer.done()) {
    const std::string_view token = pointer.next();
    const auto* array = at->as_array();
    at = array ? element(*array, token) : at->find(token);
  }
  return at;
}

std::string to_json(const JsonValue& value) {
  JsonWriter out;
  write(out, value);
  return out.take();
}

}  // namespace testigo::formats
