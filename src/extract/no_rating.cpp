#include "extract/no_rating.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::array<std::string_view, 34> words = {
    "-",
    "--",
    "---",
    "?",
    "fara calificativ",
    "fara evaluare",
    "fara nota",
    "fara rating",
    "n.a.",
    "n.d.",
    "n/a",
    "n/d",
    "na",
    "nan",
    "neevaluat",
    "nil",
    "no aplica",
    "no disponible",
    "no rating",
    "none",
    "not applicable",
    "not available",
    "not rated",
    "nu se aplica",
    "null",
    "s/c",
    "sin calificacion",
    "sin calificar",
    "sin nota",
    "sin puntuacion",
    "sin valoracion",
    "sin valorar",
    "undefined",
    "unrated",
};
static_assert(std::is_sorted(words.begin(), words.end()));

constexpr std::size_t longest = 40;  // bytes, with accents

}  // namespace

bool tells_no_rating(std::string_view written) {
  written = text::trim(written);
  if (written.empty() || written.size() > longest) return false;
  if (written == "–" || written == "—") return true;
  const std::string folded = text::fold(written);
  return std::binary_search(words.begin(), words.end(), std::string_view(folded));
}

}  // namespace testigo::extract
