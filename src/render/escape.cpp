#include "render/escape.h"

#include "render/terminal.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::render {
namespace {

std::string_view reference(char32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '`':
      return "&#96;";
    default:
      return {};
  }
}

// Controls and noncharacters that HTML forbids (HTML §13.2.3.5), and bidirectional controls, which
// would turn the order of the page around the quote (Unicode TR 36 §3.1, CVE-2021-42574).
bool is_unfit(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) ||
         (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || c == 0x061C || c == 0x200E ||
         c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

Html escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text::decode(text, at);
    if (const auto entity = reference(c.value); !entity.empty())
      out += entity;
    else if (!c.valid || is_unfit(c.value))
      out += "\xEF\xBF\xBD";
    else
      out += text.substr(at, c.size);
    at += c.size;
  }
  return Html(std::move(out));
}

Html operator""_html(const char* literal, std::size_t size) {
  return Html(std::string(literal, size));
}

Html escape_link(std::string_view url) {
  const std::string start = text::ascii_lower(url.substr(0, 8));
  const bool is_web = start.starts_with("http://") || start.starts_with("https://");
  return is_web ? escape(url) : escape("#");
}

std::string escape_markdown(std::string_view text) {
  constexpr std::string_view active = "\\`*_{}[]<>|~#!";
  std::string out;
  for (const char c : neutralise(text)) {
    if (c == '&') {
      out += "&amp;";
      continue;
    }
    if (active.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace testigo::render
