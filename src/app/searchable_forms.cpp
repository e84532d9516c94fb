#include "app/searchable_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include "formats/bbcode.h"
#include "formats/entities.h"
#include "formats/markdown.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

constexpr std::size_t max_tag_bytes = 4096;  // a "<" that closes later begins no tag

// RFC 8259 §7: "\u00e9" and its kin; four digits behind "\u".
std::optional<char32_t> escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc() || end != text.data() + 6) return std::nullopt;
  return static_cast<char32_t>(unit);
}

std::string without_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i++];
      continue;
    }
    auto unit = escaped_unit(text.substr(i));
    if (!unit) {
      const char next = text[i + 1];
      out += next == 'n' ? '\n' : next == 't' || next == 'r' ? ' ' : next;
      i += 2;
      continue;
    }
    i += 6;
    const auto low = escaped_unit(text.substr(std::min(i, text.size())));
    if (*unit >= 0xd800 && *unit < 0xdc00 && low && *low >= 0xdc00 && *low < 0xe000) {
      unit = 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
      i += 6;
    }
    out += text::encode(*unit);
  }
  return out;
}

bool begins_tag(std::string_view text) {
  return text.size() > 1 && text[0] == '<' && (text[1] == '/' || (text[1] | 0x20) - 'a' + 0U < 26U);
}

// Comments and CDATA stay: what they hold is kept, too.
std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (begins_tag(text.substr(i))) {
      const std::size_t end = text.substr(i, max_tag_bytes).find('>');
      if (end != std::string_view::npos) {
        out += ' ';
        i += end + 1;
        continue;
      }
    }
    if (text.substr(i).starts_with("<![CDATA[")) {
      out += ' ';
      i += 9;
      continue;
    }
    out += text[i++];
  }
  return out;
}

// Whether a tag only stresses words of a sentence.
bool is_emphasis(std::string_view tag) {
  constexpr std::array<std::string_view, 7> stress = {"b", "i", "em", "strong", "u", "mark", "s"};
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
  return std::find(stress.begin(), stress.end(), name) != stress.end();
}

// The values of a tag's attributes that stand in quotes.
bool any_quoted(std::string_view tag, const std::function<bool(std::string_view)>& is_value) {
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (tag[i] != '"' && tag[i] != '\'') continue;
    const std::size_t end = tag.find(tag[i], i + 1);
    if (end == std::string_view::npos) return false;
    if (is_value(tag.substr(i + 1, end - i - 1))) return true;
    i = end;
  }
  return false;
}

bool any_between_tags(std::string_view text,
                      const std::function<bool(std::string_view)>& is_value) {
  std::string run;  // since the last tag that is none of emphasis
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with("<![CDATA[") || text.substr(i).starts_with("]]>")) {
      if (run.size() <= max_lone_bytes && is_value(run)) return true;
      run.clear();
      i += text[i] == '<' ? 9 : 3;
      continue;
    }
    const std::size_t end = begins_tag(text.substr(i)) ? text.substr(i, max_tag_bytes).find('>')
                                                       : std::string_view::npos;
    if (end == std::string_view::npos) {
      if (run.size() <= max_lone_bytes) run += text[i];
      ++i;
      continue;
    }
    const std::string_view tag = text.substr(i, end + 1);
    i += end + 1;
    if (is_emphasis(tag)) continue;
    if ((run.size() <= max_lone_bytes && is_value(run)) || any_quoted(tag, is_value)) return true;
    run.clear();
  }
  return run.size() <= max_lone_bytes && is_value(run);
}

bool is_json(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && (text[begin] == '{' || text[begin] == '[');
}

}  // namespace

std::string without_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '&') {
      if (const auto reference = formats::read_reference(text.substr(i, 40))) {
        out += text::encode(reference->value);
        i += reference->size;
        continue;
      }
    }
    out += text[i++];
  }
  return out;
}

bool any_lone_value(std::string_view utf8, const std::function<bool(std::string_view)>& is_value) {
  if (!is_json(utf8)) return any_between_tags(utf8, is_value);
  for (std::size_t i = utf8.find('"'); i < utf8.size(); i = utf8.find('"', i + 1)) {
    std::size_t end = i + 1;
    while (end < utf8.size() && utf8[end] != '"') end += utf8[end] == '\\' ? 2U : 1U;
    if (end >= utf8.size()) return false;
    // Markup in it parts it further.
    if (any_between_tags(without_escapes(utf8.substr(i + 1, end - i - 1)), is_value)) return true;
    i = end;
  }
  return false;
}

std::vector<std::string> searchable_forms(std::string_view utf8) {
  const std::string written = without_references(without_escapes(utf8));
  std::vector<std::string> forms = {without_references(without_tags(written)),
                                    without_references(written)};
  const std::string& plain = forms.front();
  if (plain.find("](") != std::string::npos || plain.find("[/") != std::string::npos)
    forms.push_back(formats::text_of_bbcode(formats::text_of_markdown(plain)));
  return forms;
}

}  // namespace testigo::app
