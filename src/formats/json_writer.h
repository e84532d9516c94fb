#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testigo::formats {

// Appends one compact JSON text to a string, value by value; commas are its own business.
// Strings are expected in UTF-8; what is not becomes U+FFFD. Doubles are the shortest text that
// reads back the same; NaN and infinities are null. Pairing begin and end, and a key before each
// member, is the caller's part (asserted).
//
//   JsonWriter json;
//   json.begin_object().field("id", id).key("why").begin_array()… .end_array().end_object();
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // a finished JSON value, taken on trust

  // key() and value in one; an absent optional is null.
  JsonWriter& field(std::string_view name, std::string_view value);
  JsonWriter& field(std::string_view name, const char* value);
  JsonWriter& field(std::string_view name, const std::string& value);
  JsonWriter& field(std::string_view name, std::int64_t value);
  JsonWriter& field(std::string_view name, int value);
  JsonWriter& field(std::string_view name, std::size_t value);
  JsonWriter& field(std::string_view name, double value);
  JsonWriter& field(std::string_view name, bool value);
  template <class T>
  JsonWriter& field(std::string_view name, const std::optional<T>& value) {
    return value ? field(name, *value) : key(name).null();
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  // The text so far; the writer is empty again and may be used for the next one (JSONL).
  [[nodiscard]] std::string take();

 private:
  void before_value();

  std::string text_;
  bool needs_comma_ = false;
  int depth_ = 0;
};

// A string as a JSON literal, quotes included.
[[nodiscard]] std::string json_quote(std::string_view value);

// The shortest text that reads back as the same double (zero without its sign); "null" where it is
// not finite.
[[nodiscard]] std::string shortest(double value);

// The same appended, for those who write too much of one shape to do it value by value.
void append_quoted(std::string& out, std::string_view value);
void append_number(std::string& out, double value);
void append_number(std::string& out, std::size_t value);

}  // namespace testigo::formats
