#include "formats/xml_mend.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "formats/entities.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

struct Verbatim {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array<Verbatim, 3> verbatim = {
    {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}}};

// XML 1.0 §2.2.
bool is_xml_char(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

bool is_markup(char32_t c) { return c == '&' || c == '<' || c == '>' || c == '"' || c == '\''; }

// Appends what a reference at the beginning of `text` stands for; how many bytes were taken.
std::size_t mend_reference(std::string& out, std::string_view text) {
  const auto reference = read_reference(text);
  if (!reference) {
    out += "&#38;";  // numeric: of a document with faults libxml2 drops "&amp;"
    return 1;
  }
  if (is_markup(reference->value)) {
    out += "&#" + std::to_string(static_cast<unsigned>(reference->value)) + ";";
  } else {
    out += is_xml_char(reference->value) ? text::encode(reference->value) : " ";
  }
  return reference->size;
}

// How long the verbatim section is that begins here; 0 if none does.
std::size_t verbatim_size(std::string_view text) {
  for (const Verbatim& section : verbatim) {
    if (text.substr(0, section.begin.size()) != section.begin) continue;
    const std::size_t end = text.find(section.end, section.begin.size());
    return end == std::string_view::npos ? text.size() : end + section.end.size();
  }
  return 0;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Copies a tag with the values quoted that are not ("<rss version=2.0>"); how many bytes it has. Of
// what ends otherwise than with ">" ("a <b and c") the beginning.
std::size_t quote_values(std::string& out, std::string_view text) {
  constexpr std::size_t longest_tag = 64 * 1024;
  text = text.substr(0, longest_tag);
  std::size_t at = 1;
  std::size_t copied = 0;
  while (at < text.size() && text[at] != '>' && text[at] != '<') {
    if (text[at++] != '=') continue;
    at = std::min(text.find_first_not_of(" \t\n\r", at), text.size());
    if (at == text.size() || text[at] == '>' || text[at] == '<') break;
    const bool quoted = text[at] == '"' || text[at] == '\'';
    const std::size_t end =
        quoted ? text.find(text[at], at + 1) : text.find_first_of(" \t\n\r<>\"'", at + 1);
    if (end == std::string_view::npos) break;
    if (!quoted && text[end] != '<') {
      out.append(text, copied, at - copied);
      out.append(1, '"').append(text, at, end - at).append(1, '"');
      copied = end;
    }
    at = quoted ? end + 1 : end;
  }
  out.append(text, copied, at - copied);
  return at;
}

// The document with all attributes' values in quotes.
std::string quote_all_values(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('<'), text.size());
    out.append(text, 0, open);
    text.remove_prefix(open);
    std::size_t size = verbatim_size(text);
    if (size == 0 && text.size() > 1 && is_letter(text[1])) {
      size = quote_values(out, text);
    } else {
      size = std::min(std::max<std::size_t>(size, 1), text.size());
      out.append(text, 0, size);
    }
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace

std::string mend_xml(std::string_view utf8) {
  std::string text = quote_all_values(text::replace_invalid(text::trim(utf8)));
  for (char& c : text) {
    if (!is_xml_char(static_cast<unsigned char>(c))) c = ' ';
  }
  std::string out;
  out.reserve(text.size());
  std::string_view all = text;
  all.remove_prefix(std::min(all.find('<'), all.size()));
  for (std::size_t at = 0; at < all.size();) {
    const auto odd = std::find_if(all.begin() + static_cast<std::ptrdiff_t>(at), all.end(),
                                  [](char c) { return c == '&' || c == '<'; });
    const auto next = static_cast<std::size_t>(odd - all.begin());
    out.append(all, at, next - at);
    at = next;
    if (at == all.size()) break;
    if (all[at] == '&') {
      at += mend_reference(out, all.substr(at));
      continue;
    }
    const std::size_t size = std::max<std::size_t>(verbatim_size(all.substr(at)), 1);
    out.append(all, at, size);
    at += size;
  }
  return out;
}

bool has_wide_tag(std::string_view xml, std::size_t most_attributes) {
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    if (const std::size_t size = verbatim_size(xml.substr(at)); size > 0) {
      at += size;
      continue;
    }
    std::size_t attributes = 0;
    for (++at; at < xml.size() && xml[at] != '>' && xml[at] != '<'; ++at) {
      const char c = xml[at];
      if (c == '=' && ++attributes > most_attributes) return true;
      if (c != '"' && c != '\'') continue;
      const std::size_t end = xml.find(c, at + 1);
      if (end != std::string_view::npos) at = end;
    }
  }
  return false;
}

}  // namespace testigo::formats
