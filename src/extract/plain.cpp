#include "extract/plain.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "extract/quotes.h"
#include "formats/bbcode.h"
#include "formats/html.h"
#include "formats/markdown.h"
#include "formats/page_text.h"
#include "formats/plain_url.h"
#include "text/find_byte.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::extract {
namespace {

std::string unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// What stands inside these is not read as text; one that never closes would swallow the rest.
constexpr std::string_view embedding_tags[] = {"<object", "<iframe", "<video", "<audio"};

// Where such a tag begins that never closes.
std::optional<std::size_t> unclosed_embed(std::string_view text, std::string_view tag) {
  if (text.find(tag) == std::string_view::npos) return std::nullopt;  // quicker than from behind
  const std::size_t begin = text.rfind(tag);
  const std::string closing = "</" + std::string(tag.substr(1));
  const bool closes = text.find('>', begin) == std::string_view::npos ||
                      text.find(closing, begin) != std::string_view::npos;
  return closes ? std::nullopt : std::optional(begin);
}

// What the "<" of a text tell, in one pass over them.
struct Brackets {
  std::size_t last = std::string_view::npos;
  bool may_embed = false;  // some begin like the tags above
};
Brackets brackets_in(std::string_view text) {
  Brackets found;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    found.last = at;
    const std::string_view begin = text.substr(at, 3);
    found.may_embed =
        found.may_embed || begin == "<ob" || begin == "<if" || begin == "<vi" || begin == "<au";
  }
  return found;
}

std::string html_text(std::string_view text) {
  std::string mended;  // a copy, where there is something to mend
  Brackets brackets = brackets_in(text);
  if (brackets.may_embed) {
    for (const std::string_view tag : embedding_tags) {
      const auto begin = unclosed_embed(text, tag);
      if (!begin) continue;
      const std::size_t end = text.find('>', *begin) + 1;
      mended = std::string(text.substr(0, *begin)) + std::string(text.substr(end));
      text = mended;
    }
    brackets = brackets_in(text);
  }
  // A last "<" without a ">" behind it is no tag that a text was cut off in, but a "<".
  const std::size_t last = brackets.last;
  if (last == std::string_view::npos || text.find('>', last) != std::string_view::npos)
    return formats::text_of_html(text);
  return formats::text_of_html(std::string(text).replace(last, 1, "&lt;"));
}

// C1 controls are windows-1252 that somebody took for Latin-1 (the HTML standard reads &#146; so).
std::string without_c1(std::string_view text) {
  constexpr std::array<char32_t, 32> windows_1252 = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    if (text[i] == '\xC2' && next >= 0x80 && next < 0xA0) {
      out += text::encode(windows_1252[next - 0x80]);
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Carriage returns and C1 controls, which few texts hold.
bool has_odd_bytes(std::string_view text) {
  if (text.find('\r') != std::string_view::npos) return true;
  for (std::size_t at = text.find('\xC2'); at != std::string_view::npos;
       at = text.find('\xC2', at + 1)) {
    if (at + 1 >= text.size() || static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  return false;
}

bool may_be_html(std::string_view text) {
  return text::find_byte(text, 0, [](unsigned char c) { return (c == '<') | (c == '&'); }) <
         text.size();
}

// Plain as it stands, and seen to be so in one pass: ASCII with the line breaks of Unix.
bool is_plain_ascii(std::string_view text) {
  return text::find_byte(text, 0, [](unsigned char c) { return (c >= 0x80) | (c == '\r'); }) ==
         text.size();
}

std::string without_markup(std::string_view text, Markup markup) {
  switch (markup) {
    case Markup::html:
      return html_text(text);
    case Markup::bbcode:
      return formats::text_of_bbcode(without_quote_tags(text));
    case Markup::markdown:
      return formats::text_of_markdown(unix_lines(text));
    case Markup::none:
      break;
  }
  return std::string(text);
}

}  // namespace

namespace {

std::string plain_with_hyphens(std::string_view text, Markup markup) {
  if (markup == Markup::html && !may_be_html(text)) markup = Markup::none;
  if (markup == Markup::none && is_plain_ascii(text)) return std::string(text::trim(text));
  if (markup == Markup::none && !has_odd_bytes(text)) return text::to_nfc(text::trim(text));
  std::string plain = without_markup(text, markup);
  const bool is_ascii = is_plain_ascii(plain);
  if (!is_ascii && has_odd_bytes(plain)) plain = without_c1(unix_lines(plain));
  const std::string_view trimmed = text::trim(plain);
  if (is_ascii || text::is_surely_nfc(trimmed)) {
    if (trimmed.size() == plain.size()) return plain;
    return std::string(trimmed);
  }
  if (!text::is_valid_utf8(text)) return plain_with_hyphens(text::replace_invalid(text), markup);
  return text::to_nfc(trimmed);
}

}  // namespace

std::string plain_text(std::string_view text, Markup markup) {
  constexpr std::string_view soft_hyphen = "\u00AD";  // where a line may break, and no letter
  std::string plain = plain_with_hyphens(text, markup);
  std::size_t at = plain.find(soft_hyphen);
  if (at == std::string::npos) return plain;
  std::string words = plain.substr(0, at);
  while (at < plain.size()) {
    at += soft_hyphen.size();
    const std::size_t next = std::min(plain.find(soft_hyphen, at), plain.size());
    words.append(plain, at, next - at);
    at = next;
  }
  return std::string(text::trim(words));
}

bool looks_like_html(std::string_view text) {
  constexpr std::string_view inline_elements[] = {"a", "b", "em", "i", "span", "strong", "u"};
  std::vector<std::string> unclosed;  // a name that does not close here does not later on
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    constexpr std::size_t longest_name = 10;  // "blockquote"
    const std::string_view begin = text.substr(at + 1, longest_name + 1);
    const std::string name = text::ascii_lower(begin.substr(0, begin.find_first_of(" />\n")));
    if (name.size() == begin.size()) continue;
    if (name == "br") return true;
    const bool known = formats::standing_of(name).gap != formats::Gap::none ||
                       std::find(std::begin(inline_elements), std::end(inline_elements), name) !=
                           std::end(inline_elements);
    if (!known || std::find(unclosed.begin(), unclosed.end(), name) != unclosed.end()) continue;
    const std::string_view written = begin.substr(0, name.size());
    if (text.find("</" + std::string(written) + ">", at) != std::string_view::npos) return true;
    unclosed.push_back(name);
  }
  return false;
}

std::optional<std::string> plain_or_none(std::string_view text, Markup markup) {
  std::string plain = plain_text(text, markup);
  if (plain.empty()) return std::nullopt;
  return plain;
}

std::string quoted(std::string_view text, std::size_t longest) {
  const std::string plain =
      plain_text(text.substr(0, text::char_border(text, longest)), Markup::none);
  return '"' + text::collapse_space(plain) + (text.size() > longest ? "…\"" : "\"");
}

std::optional<std::string> absolute_url(std::string_view reference, std::string_view base) {
  return formats::LinkBase(base).resolve(reference);
}

std::string_view without_fragment(std::string_view url) { return url.substr(0, url.find('#')); }

}  // namespace testigo::extract
