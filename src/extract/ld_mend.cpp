#include "extract/ld_mend.h"

#include <vector>

#include "extract/json_ld.h"
#include "formats/html_scan.h"

namespace testigo::extract {
namespace {

std::size_t next_mark(std::string_view text, std::size_t at) {
  return text.find_first_not_of(" \t\r\n", at);
}

// Whether `"key":` stands at `at`.
bool begins_member(std::string_view text, std::size_t at, char mark) {
  if (at >= text.size() || text[at] != mark) return false;
  const std::size_t end = text.find(mark, at + 1);
  const std::size_t colon = end == std::string_view::npos ? end : next_mark(text, end + 1);
  return colon != std::string_view::npos && text[colon] == ':';
}

// Whether the quotation mark at `at` ends its text: what follows it is JSON's, not the writer's.
bool ends_text(std::string_view text, std::size_t at, bool is_member, char mark) {
  const std::size_t next = next_mark(text, at + 1);
  if (next == std::string_view::npos) return true;
  if (text[next] == '}' || text[next] == ']' || text[next] == ':') return true;
  if (text[next] != ',') return false;
  const std::size_t after = next_mark(text, next + 1);
  if (after == std::string_view::npos || text[after] == '}' || text[after] == ']') return true;
  return is_member
             ? begins_member(text, after, mark)
             : text[after] == mark || std::string_view("{[-0123456789tfnTFNu").find(text[after]) !=
                                          std::string_view::npos;
}

// Texts between `mark`s, as JavaScript and Python may have them, come out between quotation marks.
std::string escape_inner_marks(std::string_view text, char mark) {
  std::string out;
  bool in_text = false;
  bool is_member = false;  // the text is a member's value
  char before = 0;         // the last mark outside of texts
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_text && c == '\\' && at + 1 < text.size()) {
      if (text[++at] != '\'') out += c;
      out += text[at];
      continue;
    }
    if (c != mark) {
      if (!in_text && next_mark(text.substr(at, 1), 0) == 0) before = c;
      if (in_text && c == '"') out += '\\';
      out += c;
      continue;
    }
    if (!in_text) {
      in_text = true;
      is_member = before == ':';
    } else if (ends_text(text, at, is_member, mark)) {
      in_text = false;
    } else {
      if (mark == '"') out += '\\';
      out += mark;
      continue;
    }
    out += '"';
  }
  return out;
}

// Several documents as one array, open brackets closed. Of one that ends within a text or a member
// what is open goes, back to the last part that closed.
std::string as_one_document(std::string_view text) {
  std::string out = "[";
  std::vector<char> open;
  bool in_text = false;
  bool ended = false;           // a document stands before
  std::size_t whole = 1;        // of `out`, up to the last bracket that closed
  std::size_t open_around = 0;  // how many were open there
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_text) {
      if (c == '\\' && at + 1 < text.size()) out += text[at++];
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (open.empty() && ended) out += ',';
      open.push_back(c == '{' ? '}' : ']');
    } else if ((c == '}' || c == ']') && !open.empty()) {
      open.pop_back();
      ended = true;
      whole = out.size() + 1;
      open_around = open.size();
    } else if (open.empty()) {
      continue;  // between documents
    }
    out += text[at];
  }
  const std::size_t last = out.find_last_not_of(" \t\r\n");
  if (!open.empty() && (in_text || out[last] == ',' || out[last] == ':')) {
    out.resize(whole);
    open.resize(open_around);
  }
  for (; !open.empty(); open.pop_back()) out += open.back();
  return out + "]";
}

}  // namespace

std::string mend_ld(std::string_view text) {
  const bool marks_are_entities =
      text.find('"') == std::string_view::npos && text.find("&quot;") != std::string_view::npos;
  const std::string decoded = marks_are_entities ? formats::decode_entities(text) : std::string();
  if (marks_are_entities) text = decoded;
  const std::size_t begin = text.find_first_of("{[");
  if (begin == std::string_view::npos) return {};
  const std::size_t first = text.find_first_of("\"'");
  const char mark = first == std::string_view::npos ? '"' : text[first];
  return as_one_document(mend_json(escape_inner_marks(text.substr(begin), mark)));
}

}  // namespace testigo::extract
