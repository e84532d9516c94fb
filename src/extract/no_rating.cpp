#include "extract/no_rating.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::array<std::string_view, 116> words = {
    "(blank)",
    "(empty)",
    "-",
    "--",
    "---",
    "?",
    "blank",
    "cannot say",
    "declined",
    "desconocido",
    "do not know",
    "don't know",
    "empty",
    "fara calificativ",
    "fara evaluare",
    "fara nota",
    "fara opinie",
    "fara punctaj",
    "fara raspuns",
    "fara rating",
    "fara scor",
    "k. a.",
    "k.a.",
    "k/a",
    "keine",
    "keine angabe",
    "keine angaben",
    "keine bewertung",
    "keine note",
    "n. a.",
    "n. d.",
    "n.a.",
    "n.c.",
    "n.d.",
    "n/a",
    "n/c",
    "n/d",
    "na",
    "nan",
    "neaplicabil",
    "necompletat",
    "necunoscut",
    "neevaluat",
    "nespecificat",
    "nicht bewertet",
    "nil",
    "no answer",
    "no aplica",
    "no aplicable",
    "no calificado",
    "no contesta",
    "no contestado",
    "no data",
    "no disponible",
    "no evaluado",
    "no lo se",
    "no opinion",
    "no procede",
    "no rating",
    "no response",
    "no sabe",
    "no sabe / no contesta",
    "no sabe/no contesta",
    "no score",
    "no se aplica",
    "no valorado",
    "no value",
    "none",
    "not answered",
    "not applicable",
    "not available",
    "not provided",
    "not rated",
    "not scored",
    "not specified",
    "not sure",
    "ns",
    "ns/nc",
    "nu e cazul",
    "nu este cazul",
    "nu raspund",
    "nu raspunde",
    "nu se aplica",
    "nu stiu",
    "nu stiu / nu raspund",
    "nu stiu/nu raspund",
    "nu vreau sa raspund",
    "null",
    "ohne angabe",
    "ohne bewertung",
    "ohne note",
    "prefer not to answer",
    "prefer not to say",
    "prefiero no contestar",
    "prefiero no responder",
    "refused",
    "s/c",
    "s/d",
    "sin calificacion",
    "sin calificar",
    "sin contestar",
    "sin datos",
    "sin nota",
    "sin opinion",
    "sin puntuacion",
    "sin responder",
    "sin respuesta",
    "sin valoracion",
    "sin valorar",
    "skipped",
    "unanswered",
    "unbekannt",
    "undefined",
    "unknown",
    "unrated",
    "weiss nicht",
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
