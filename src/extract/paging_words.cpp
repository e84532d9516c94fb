#include "extract/paging_words.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "text/normalize.h"

namespace testigo::extract {
namespace {

// What a link to the following or preceding page says, folded; the languages of the shops and
// forums that we have seen.
constexpr std::string_view next_words[] = {"next",
                                           "next page",
                                           "next posts",
                                           "next results",
                                           "show more",
                                           "load more",
                                           "more results",
                                           "more reviews",
                                           "more posts",
                                           "older",
                                           "older posts",
                                           "older entries",
                                           "older articles",
                                           "older reviews",
                                           "older comments",
                                           "siguiente",
                                           "siguientes",
                                           "pagina siguiente",
                                           "siguiente pagina",
                                           "proxima",
                                           "ver mas",
                                           "mas opiniones",
                                           "mas antiguas",
                                           "entradas antiguas",
                                           "urmatoarea",
                                           "urmatorul",
                                           "pagina urmatoare",
                                           "urmatoarea pagina",
                                           "inainte",
                                           "mai vechi",
                                           "mai multe",
                                           "weiter",
                                           "nachste",
                                           "nachste seite",
                                           "vor",
                                           "suivant",
                                           "suivante",
                                           "page suivante",
                                           "volgende",
                                           "proximo",
                                           "proxima pagina",
                                           "successivo",
                                           "avanti",
                                           "nastepne",
                                           "nastepna",
                                           "dalsi",
                                           "naasta",
                                           "neste",
                                           "sonraki",
                                           "επομενη",
                                           "следующая",
                                           "след.",
                                           "след",
                                           "вперед",
                                           "дальше",
                                           "далее",
                                           "次へ",
                                           "次のページ",
                                           "次の記事",
                                           "下一页",
                                           "다음"};
constexpr std::string_view previous_words[] = {
    "prev",        "previous",      "previous page", "previous posts", "newer",
    "newer posts", "newer entries", "anterior",      "anteriores",     "pagina anterior",
    "anterioara",  "precedenta",    "inapoi",        "zuruck",         "vorherige",
    "precedent",   "precedente",    "vorige",        "poprzednie",     "предыдущая",
    "пред.",       "назад",         "前へ",          "前のページ",     "上一页"};
constexpr std::string_view next_glyphs[] = {"→", "»", "›", ">", ">>", "▶", "⟩", "❯", "►"};
constexpr std::string_view previous_glyphs[] = {"←", "«", "‹", "<", "<<", "◀", "⟨", "❮", "◄"};

template <std::size_t N>
bool is_among(std::string_view text, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

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

// The words without arrows and brackets around them: "next »" → "next".
std::string bare_words(std::string_view text) {
  // What some glyph begins with; few labels hold any of it.
  if (text.find_first_of("<>\xC2\xE2") == std::string_view::npos) return text::collapse_space(text);
  std::string words(text);
  for (const auto* glyphs : {&next_glyphs, &previous_glyphs}) {
    for (const std::string_view glyph : *glyphs) {
      for (std::size_t at; (at = words.find(glyph)) != std::string::npos;) {
        words.replace(at, glyph.size(), " ");
      }
    }
  }
  return text::collapse_space(words);
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

int next_score(const PageAnchor& anchor) {
  constexpr std::size_t longest_label = 60;  // longer texts are headlines of the next article
  if (has_token(anchor.rel, "next")) return 100;
  const std::string words = bare_words(anchor.text);
  if (is_among(words, next_words)) return 60;
  if (anchor.text.size() > longest_label || page_number(anchor.text)) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "last", "end", "month", "week"})) return 0;
  if (has_part(anchor.hint, {"next", "nextpostslink", "siguiente", "urmatoarea", "nachste"})) {
    return 50;
  }
  if (is_among(anchor.text, next_glyphs)) return 30;
  if (anchor.text.empty() && has_part(anchor.hint, {"chevron", "arrow", "caret"}) &&
      has_part(anchor.hint, {"right"})) {
    return 25;
  }
  if (words.starts_with("next ") && words.size() < 20) return 20;
  return words.starts_with("more ") || words == "continued" ? 10 : 0;
}

int previous_score(const PageAnchor& anchor) {
  if (has_token(anchor.rel, "prev") || has_token(anchor.rel, "previous")) return 100;
  if (is_among(bare_words(anchor.text), previous_words)) return 60;
  if (page_number(anchor.text) || anchor.text.size() > 60) return 0;
  if (has_part(anchor.hint, {"prev", "previous", "anterior"})) return 50;
  return is_among(anchor.text, previous_glyphs) ? 30 : 0;
}

}  // namespace testigo::extract
