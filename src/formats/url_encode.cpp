#include "formats/url_encode.h"

#include <algorithm>
#include <array>

#include "formats/url.h"

namespace testigo::formats {
namespace {

// Which bytes a set encodes: controls, what is not ASCII, and its members.
using Encoded = std::array<bool, 256>;

constexpr Encoded encoded_by(std::string_view members) {
  Encoded encoded{};
  for (std::size_t byte = 0; byte < encoded.size(); ++byte)
    encoded[byte] = byte < 0x20 || byte > 0x7E;
  for (const char c : members) encoded[static_cast<unsigned char>(c)] = true;
  return encoded;
}

const Encoded& encoded_in(EncodeSet set) {
  static constexpr Encoded control = encoded_by("");
  static constexpr Encoded fragment = encoded_by(" \"<>`");
  static constexpr Encoded query = encoded_by(" \"#<>");
  static constexpr Encoded special_query = encoded_by(" \"#<>'");
  static constexpr Encoded path = encoded_by(" \"#<>?^`{}");
  static constexpr Encoded userinfo = encoded_by(" \"#<>?^`{}/:;=@[\\]|");
  switch (set) {
    case EncodeSet::fragment:
      return fragment;
    case EncodeSet::query:
      return query;
    case EncodeSet::special_query:
      return special_query;
    case EncodeSet::path:
      return path;
    case EncodeSet::userinfo:
      return userinfo;
    case EncodeSet::control:
      break;
  }
  return control;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3986 §2.3.
bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

void append_escape(std::string& out, unsigned char byte) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

int decode_escape(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '%') return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string percent_encode_set(std::string_view text, EncodeSet set) {
  std::string out;
  out.reserve(text.size());
  append_encoded(out, text, set);
  return out;
}

void append_encoded(std::string& out, std::string_view text, EncodeSet set) {
  const Encoded& encoded = encoded_in(set);
  const auto needs = [&](char c) { return encoded[static_cast<unsigned char>(c)]; };
  while (!text.empty()) {
    const auto plain =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), needs) - text.begin());
    out += text.substr(0, plain);
    if (plain == text.size()) break;
    append_escape(out, static_cast<unsigned char>(text[plain]));
    text.remove_prefix(plain + 1);
  }
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = decode_escape(text, i);
    out += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return out;
}

std::string percent_encode(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      append_escape(out, static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace testigo::formats
