#include "extract/rating_words.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "extract/number.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest = 80;  // bytes
constexpr std::string_view digits = "0123456789";

template <std::size_t N>
bool is_any(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr std::string_view labels[] = {
    "rating",      "rated",     "score",       "overall", "overall rating", "my rating",
    "stars",       "nota",      "nota mea",    "stele",   "punctaj",        "evaluare",
    "calificativ", "mi nota",   "puntuacion",  "puntaje", "calificacion",   "valoracion",
    "estrellas",   "note",      "ma note",     "etoiles", "bewertung",      "sterne",
    "voto",        "punteggio", "valutazione", "stelle",  "avaliacao",      "classificacao",
    "beoordeling"};
constexpr std::string_view units[] = {"star",   "stars",  "estrella", "estrellas", "estrelas",
                                      "stea",   "stele",  "sterne",   "sternen",   "etoiles",
                                      "etoile", "stelle", "stella",   "sterren",   "points",
                                      "puntos", "puncte", "punkte",   "punkten",   "punti"};

// Two or more of them, one at least filled.
bool is_row_of_stars(std::string_view text) {
  std::size_t signs = 0;
  bool filled = false;
  while (!text.empty()) {
    const std::size_t before = text.size();
    for (const std::string_view sign : {"★", "⭐", "☆", "½", "\uFE0F", "\u00A0", " "}) {
      if (!text.starts_with(sign)) continue;
      text.remove_prefix(sign.size());
      const bool is_star = sign == "★" || sign == "⭐";
      filled = filled || is_star;
      if (is_star || sign == "☆") ++signs;
      break;
    }
    if (text.size() == before) return false;
  }
  return filled && signs >= 2;
}

// A label or a unit, without the sign that ends it.
std::string bare(std::string_view words) {
  std::string folded = text::fold(text::collapse_space(text::trim(words)));
  while (!folded.empty() && std::string_view(":., ").find(folded.back()) != std::string_view::npos)
    folded.pop_back();
  return folded;
}

// "Evaluare: 5 stele"
bool counts_stars_behind_label(std::string_view text, std::size_t first_digit) {
  constexpr double most = 5.0;
  const auto rating = parse_rating(text);
  const std::string unit = bare(text.substr(text.find_last_of(digits) + 1));
  return rating && rating->value <= most && is_any(bare(text.substr(0, first_digit)), labels) &&
         is_any(unit, units);
}

}  // namespace

bool is_rating_text(std::string_view written) {
  written = text::trim(written);
  if (written.empty() || written.size() > longest) return false;
  const std::string plain = text::ascii_numerals(written);
  const std::string_view text = plain;
  if (is_row_of_stars(text)) return true;
  const std::size_t first = text.find_first_of(digits);
  if (first == std::string_view::npos) return false;
  if (numbers_in(text).size() == 1) return counts_stars_behind_label(text, first);
  if (numbers_in(text).size() != 2) return false;
  const auto rating = parse_rating(text);
  if (!rating || (rating->best != 5.0 && rating->best != 10.0) || rating->value > *rating->best)
    return false;
  const std::string label = bare(text.substr(0, first));
  const std::string unit = bare(text.substr(text.find_last_of(digits) + 1));
  if (!label.empty() && !is_any(label, labels)) return false;
  if (!unit.empty() && !is_any(unit, units)) return false;
  const bool has_fraction = text.find_first_of(".,") != std::string_view::npos;
  return !label.empty() || !unit.empty() || has_fraction ||
         text.find("out of") != std::string_view::npos;
}

bool is_bare_rating(std::string_view written) {
  if (written.size() > longest) return false;
  const std::string text = text::ascii_numerals(text::trim(written));
  const auto rating = parse_rating(text);
  return rating && rating->best && rating->value <= *rating->best &&
         text.find_first_not_of("0123456789., /") == std::string::npos;
}

std::optional<std::string_view> behind_rating(std::string_view text) {
  text = text::trim(text);
  const std::size_t end = std::min(text.find_first_not_of("0123456789., /"), text.size());
  const std::string_view rating = text.substr(0, end);
  if (rating.find('/') == std::string_view::npos || !parse_rating(rating)) return std::nullopt;
  return text::trim(text.substr(end));
}

namespace {

// The letters that end before a place.
std::string_view letters_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && text[begin - 1] >= 'a' && text[begin - 1] <= 'z') --begin;
  return text.substr(begin, end - begin);
}

// "mode" of "moderated": what makes another word of it.
bool makes_another_word(std::string_view front) {
  constexpr std::string_view words[] = {"ae",  "b",   "be",  "c",  "cu",  "g",    "hyd", "libe",
                                        "mig", "nar", "ope", "pi", "sat", "satu", "ser", "vib"};
  constexpr std::string_view ends[] = {
      "accele", "administ", "arbit",  "calib",   "celeb",   "collabo", "concent", "coope",
      "deco",   "dehyd",    "delibe", "demonst", "elabo",   "emig",    "evapo",   "exhila",
      "filt",   "frust",    "gene",   "illust",  "immig",   "incorpo", "integ",   "invigo",
      "mode",   "orchest",  "penet",  "perpet",  "refrige", "regist",  "sepa",    "tole"};
  if (std::find(std::begin(words), std::end(words), front) != std::end(words)) return true;
  return std::any_of(std::begin(ends), std::end(ends),
                     [&](std::string_view end) { return front.ends_with(end); });
}

bool holds_figure_behind(std::string_view names, std::string_view word) {
  for (std::size_t at = names.find(word); at != std::string_view::npos;
       at = names.find(word, at + 1)) {
    std::string_view rest = names.substr(at + word.size());
    if (rest.starts_with('_') || rest.starts_with('-')) rest.remove_prefix(1);
    if (!rest.empty() && digits.find(rest.front()) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool names_rating(std::string_view names) {
  for (const std::string_view word : {"rating", "rated", "rateit"})
    for (std::size_t at = names.find(word); at != std::string_view::npos;
         at = names.find(word, at + 1))
      if (!makes_another_word(letters_before(names, at))) return true;
  return holds_figure_behind(names, "bubble");
}

}  // namespace testigo::extract
