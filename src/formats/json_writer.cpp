#include "formats/json_writer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <concepts>

#include "text/chunk.h"
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

void append_escaped_string(std::string& out, std::string_view value) {
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

constexpr std::uint64_t each_byte(unsigned char byte) { return 0x0101010101010101U * byte; }

// Whether any of eight bytes is special, or of more than ASCII. A byte below another one borrows in
// the subtraction, and so sets its upper bit.
constexpr bool has_odd_byte(std::uint64_t chunk) {
  const std::uint64_t quote = chunk ^ each_byte('"');
  const std::uint64_t backslash = chunk ^ each_byte('\\');
  const std::uint64_t borrowed =
      (chunk - each_byte(0x20)) | (quote - each_byte(1)) | (backslash - each_byte(1)) | chunk;
  return (borrowed & each_byte(0x80)) != 0;
}

// Names and most words of English: nothing to escape, and no look at what is UTF-8.
bool is_plain(std::string_view value) {
  std::size_t at = 0;
  for (; at + text::chunk_bytes <= value.size(); at += text::chunk_bytes)
    if (has_odd_byte(text::load_chunk(value.data() + at))) return false;
  if (at == value.size()) return true;
  const std::uint64_t past_the_end = ~text::first_bytes(value.size() - at);
  return !has_odd_byte(text::chunk_at(value, at) | (past_the_end & each_byte('a')));
}

// Room for any number.
using Digits = std::array<char, 32>;

std::string_view digits_of(std::integral auto value, Digits& room) {
  const auto result = std::to_chars(room.data(), room.data() + room.size(), value);
  return {room.data(), result.ptr};
}

std::string_view shortest_in(double value, Digits& room) {
  if (!std::isfinite(value)) return "null";
  if (value == 0.0) return "0";  // of -0.0 too
  const auto result = std::to_chars(room.data(), room.data() + room.size(), value);
  return {room.data(), result.ptr};
}

}  // namespace

void append_quoted(std::string& out, std::string_view value) {
  if (is_plain(value)) {
    out += '"';
    out += value;
    out += '"';
  } else if (text::is_valid_utf8(value)) {
    append_escaped_string(out, value);
  } else {
    append_escaped_string(out, text::replace_invalid(value));
  }
}

void append_number(std::string& out, double value) {
  Digits room;
  out += shortest_in(value, room);
}

void append_number(std::string& out, std::size_t value) {
  Digits room;
  out += digits_of(value, room);
}

std::string shortest(double value) {
  Digits room;
  return std::string(shortest_in(value, room));
}

std::string json_quote(std::string_view value) {
  std::string out;
  append_quoted(out, value);
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
  append_quoted(text_, name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  before_value();
  append_quoted(text_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  Digits room;
  return raw(digits_of(value, room));
}
JsonWriter& JsonWriter::number(double value) {
  Digits room;
  return raw(shortest_in(value, room));
}
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
  Digits room;
  return key(name).raw(digits_of(value, room));
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
