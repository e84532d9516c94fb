#include "formats/json_writer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "text/find_byte.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

void append_escaped(std::string& out, unsigned char byte) {
  static constexpr std::string_view digits = "0123456789abcdef";
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
  }
}

// RFC 8259 §7: these do not stand for themselves.
constexpr std::array<bool, 256> is_special = [] {
  std::array<bool, 256> bytes{};
  std::fill_n(bytes.begin(), 0x20, true);
  bytes['"'] = bytes['\\'] = true;
  return bytes;
}();

void append_quoted(std::string& out, std::string_view value) {
  out += '"';
  std::size_t plain = 0;  // where the run of bytes that stand for themselves began
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    if (!is_special[byte]) continue;
    out.append(value, plain, i - plain);
    append_escaped(out, byte);
    plain = i + 1;
  }
  out.append(value, plain);
  out += '"';
}

void append_string(std::string& out, std::string_view value) {
  // Names and most words of English: nothing to escape, and no look at what is UTF-8.
  const auto is_odd = [](unsigned char c) {
    return (c < 0x20) | (c == '"') | (c == '\\') | (c >= 0x80);
  };
  if (text::find_byte(value, 0, is_odd) == value.size()) {
    out += '"';
    out += value;
    out += '"';
  } else if (text::is_valid_utf8(value)) {
    append_quoted(out, value);
  } else {
    append_quoted(out, text::replace_invalid(value));
  }
}

}  // namespace

std::string shortest(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0.0) return "0";  // of -0.0 too
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

std::string json_quote(std::string_view value) {
  std::string out;
  append_string(out, value);
  return out;
}

void JsonWriter::before_value() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  before_value();
  text_ += '{';
  needs_comma_ = false;
  ++depth_;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  assert(depth_ > 0 && "end_object without its begin_object");
  text_ += '}';
  needs_comma_ = true;
  --depth_;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  before_value();
  text_ += '[';
  needs_comma_ = false;
  ++depth_;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  assert(depth_ > 0 && "end_array without its begin_array");
  text_ += ']';
  needs_comma_ = true;
  --depth_;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(depth_ > 0 && "a key outside of an object");
  before_value();
  append_string(text_, name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  before_value();
  append_string(text_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::number(double value) { return raw(shortest(value)); }
JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  text_ += json;
  return *this;
}

JsonWriter& JsonWriter::field(std::string_view name, std::string_view value) {
  return key(name).string(value);
}
JsonWriter& JsonWriter::field(std::string_view name, const char* value) {
  return key(name).string(value);
}
JsonWriter& JsonWriter::field(std::string_view name, const std::string& value) {
  return key(name).string(value);
}
JsonWriter& JsonWriter::field(std::string_view name, std::int64_t value) {
  return key(name).number(value);
}
JsonWriter& JsonWriter::field(std::string_view name, int value) {
  return key(name).number(std::int64_t{value});
}
JsonWriter& JsonWriter::field(std::string_view name, std::size_t value) {
  return key(name).raw(std::to_string(value));
}
JsonWriter& JsonWriter::field(std::string_view name, double value) {
  return key(name).number(value);
}
JsonWriter& JsonWriter::field(std::string_view name, bool value) {
  return key(name).boolean(value);
}

std::string JsonWriter::take() {
  assert(depth_ == 0 && "a JSON text taken before it was closed");
  std::string out = std::move(text_);
  text_.clear();
  needs_comma_ = false;
  return out;
}

}  // namespace testigo::formats
