#include "extract/paging_score.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "extract/paging_words.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_label = 60;  // longer texts are headlines of the next article

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// "pagination_next next-posts" → {"pagination", "next", "next", "posts"}.
std::vector<std::string_view> name_parts(std::string_view hint) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < hint.size();) {
    const std::size_t begin = at;
    while (at < hint.size() && is_name_char(hint[at])) ++at;
    if (at > begin) parts.push_back(hint.substr(begin, at - begin));
    ++at;
  }
  return parts;
}

bool has_part(std::string_view hint, std::initializer_list<std::string_view> wanted) {
  for (const std::string_view part : name_parts(hint)) {
    if (std::find(wanted.begin(), wanted.end(), part) != wanted.end()) return true;
  }
  return false;
}

// By class, glyph or arrow, and by words that only begin so.
int next_hint_score(const PageAnchor& anchor, std::string_view words) {
  if (anchor.text.size() > longest_label || page_number(anchor.text)) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "last", "end", "month", "week"})) return 0;
  if (has_part(anchor.hint, {"next", "nextpostslink", "siguiente", "urmatoarea", "nachste"})) {
    return 50;
  }
  if (is_next_glyph(anchor.text)) return 30;
  if (anchor.text.empty() && has_part(anchor.hint, {"chevron", "arrow", "caret"}) &&
      has_part(anchor.hint, {"right"})) {
    return 25;
  }
  if (words.starts_with("next ") && words.size() < 20) return 20;
  return words.starts_with("more ") || words == "continued" ? 10 : 0;
}

int previous_hint_score(const PageAnchor& anchor) {
  if (page_number(anchor.text) || anchor.text.size() > longest_label) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "anterior"})) return 50;
  return is_previous_glyph(anchor.text) ? 30 : 0;
}

// A link to one story behind or before this one, whatever its rel says: blogs link those alike.
bool is_of_story(const PageAnchor& anchor, std::string_view words) {
  if (leads_to_story(words)) return true;
  // "Next" alone in a box between stories; "older posts" leads on in a list there too.
  const bool is_bare = words.find(' ') == std::string_view::npos || !says_next(words);
  return anchor.between_stories && is_bare && !says_previous(words);
}

int next_score(const PageAnchor& anchor, std::string_view words) {
  const bool stated = has_token(anchor.rel, "next");
  const int score = stated ? 100 : says_next(words) ? 60 : next_hint_score(anchor, words);
  if (score == 0 || is_of_story(anchor, words)) return 0;
  return stated && is_headline(words) ? 0 : score;
}

int previous_score(const PageAnchor& anchor, std::string_view words) {
  const bool stated = has_token(anchor.rel, "prev") || has_token(anchor.rel, "previous");
  const int score = stated ? 100 : says_previous(words) ? 60 : previous_hint_score(anchor);
  if (score == 0 || is_of_story(anchor, words)) return 0;
  return stated && is_headline(words) ? 0 : score;
}

}  // namespace

bool has_token(std::string_view rel, std::string_view token) {
  for (std::size_t at = rel.find(token); at != std::string_view::npos;
       at = rel.find(token, at + 1)) {
    const std::size_t end = at + token.size();
    if ((at == 0 || rel[at - 1] == ' ') && (end == rel.size() || rel[end] == ' ')) return true;
  }
  return false;
}

std::optional<int> page_number(std::string_view text) {
  constexpr std::size_t most_digits = 5;
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

PagingScore paging_score(const PageAnchor& anchor) {
  const std::string words = bare_words(anchor.text);
  return {next_score(anchor, words), previous_score(anchor, words)};
}

}  // namespace testigo::extract
