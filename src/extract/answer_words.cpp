#include "extract/answer_words.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "extract/page_words.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

constexpr std::size_t longest_label = 90;  // bytes

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::string_view (&fronts)[N]) {
  return std::any_of(std::begin(fronts), std::end(fronts),
                     [&](std::string_view front) { return text.starts_with(front); });
}

template <std::size_t N>
bool holds_any(std::string_view text, const std::string_view (&parts)[N]) {
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

template <std::size_t N>
bool is_any(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// The first few words.
std::vector<std::string_view> first_words(std::string_view text) {
  constexpr std::size_t enough = 6;
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < enough;) {
    const std::size_t end = std::min(text.find_first_of(" '", at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// Which of the words begins like one of the stems; their number where none does.
template <std::size_t N>
std::size_t place_of(const std::vector<std::string_view>& words,
                     const std::string_view (&stems)[N]) {
  const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
    return starts_with_any(word, stems);
  });
  return static_cast<std::size_t>(found - words.begin());
}

// An answer, and whose. Stems of folded words.
constexpr std::string_view answer_stems[] = {
    "response", "reply",     "replied", "answer",  "responded", "respuesta", "respondio",
    "contest",  "raspuns",   "antwort", "reponse", "risposta",  "resposta",  "reactie",
    "antwoord", "odpowiedz", "svar",    "yanit",   "respondid"};
constexpr std::string_view owner_stems[] = {"owner",         "seller",         "merchant",
                                            "business",      "management",     "manager",
                                            "developer",     "vendor",         "host",
                                            "store",         "shop",           "company",
                                            "property",      "hotel",          "restaurant",
                                            "propietari",    "vendedor",       "empresa",
                                            "negocio",       "tienda",         "direccion",
                                            "gerenci",       "gerente",        "establecimiento",
                                            "anfitrion",     "desarrollador",  "alojamiento",
                                            "proprietar",    "vanzator",       "companie",
                                            "companiei",     "firm",           "magazin",
                                            "dezvoltator",   "gazd",           "unitati",
                                            "conducer",      "administrator",  "inhaber",
                                            "eigentumer",    "verkaufer",      "handler",
                                            "geschaftsfuhr", "geschaftsleit",  "unternehmen",
                                            "anbieter",      "entwickler",     "gastgeber",
                                            "betreiber",     "unterkunft",     "proprietaire",
                                            "vendeur",       "etablissement",  "entreprise",
                                            "developpeur",   "hote",           "direction",
                                            "boutique",      "gerant",         "venditore",
                                            "struttura",     "gestore",        "azienda",
                                            "sviluppatore",  "negozio",        "titolare",
                                            "loja",          "anfitriao",      "estabelecimento",
                                            "eigenaar",      "verkoper",       "bedrijf",
                                            "wlasciciel",    "sprzedawc",      "isletme",
                                            "sahib",         "official",       "oficial",
                                            "manufacturer",  "brand",          "team",
                                            "support",       "service",        "fabricante",
                                            "marca",         "equipo",         "responsable",
                                            "comercio",      "administracion", "atencion",
                                            "servicio",      "soporte",        "producator",
                                            "echip",         "clinic",         "serviciul",
                                            "suport",        "hersteller",     "kundenservice",
                                            "fabricant",     "equipe",         "assistenza"};
// What is the owner's below a review, whoever is named.
constexpr std::string_view answer_fronts[] = {
    "response from ", "reply from ",    "response by ",        "official response", "respuesta de ",
    "respuesta del ", "raspuns de la ", "raspuns din partea ", "raspunsul ",        "antwort von ",
    "antwort vom ",   "antwort des ",   "antwort der ",        "reponse de ",       "reponse du ",
    "risposta di ",   "risposta da ",   "risposta del",        "resposta de ",      "resposta da ",
    "resposta do ",   "reactie van ",   "antwoord van ",       "odpowiedz od "};

constexpr std::string_view owner_names[] = {
    "owner",     "seller",     "merchant", "business",   "biz",        "management", "manager",
    "developer", "vendor",     "host",     "store",      "shop",       "company",    "official",
    "partner",   "property",   "hotel",    "vendedor",   "propietari", "empresa",    "negocio",
    "tienda",    "anfitrion",  "vanzator", "proprietar", "magazin",    "companie",   "gazda",
    "verkaufer", "verkaeufer", "haendler", "inhaber",    "vendeur",    "venditore",  "mgr"};
constexpr std::string_view answer_names[] = {"response",     "reply",     "replies",  "answer",
                                             "respond",      "respuesta", "raspuns",  "antwort",
                                             "contestacion", "reponse",   "risposta", "resposta",
                                             "antwoord",     "odpowiedz", "rspn"};

// Behind the name of who answers.
constexpr std::string_view answered_words[] = {
    "replied",      "responded",       "answered",   "respondio",  "contesto",    "ha respondido",
    "a raspuns",    "hat geantwortet", "antwortete", "a repondu",  "ha risposto", "respondeu",
    "odpowiedzial", "odpowiedziala",   "reageerde",  "antwoordde", "svarade"};

// What sellers sign by, behind their names or in them: "Echipa Kettle", "Kettle & Sons, seller".
constexpr std::string_view signed_words[] = {
    "seller",       "vendor",       "merchant",   "owner",     "manager",   "staff",
    "support",      "official",     "team",       "host",      "vendedor",  "vendedora",
    "tienda",       "propietario",  "equipo",     "soporte",   "oficial",   "anfitrion",
    "anfitriona",   "vanzator",     "vanzatorul", "magazin",   "magazinul", "proprietar",
    "echipa",       "reprezentant", "suport",     "gazda",     "verkaufer", "inhaber",
    "handler",      "vendeur",      "boutique",   "venditore", "equipe",    "representante",
    "shop",         "store",        "negozio",    "loja",      "winkel",    "sklep",
    "kundenservice"};

// Whether a word between says that there was no answer.
bool is_denied(const std::vector<std::string_view>& words, std::size_t from, std::size_t to) {
  constexpr std::string_view denials[] = {"no",  "not", "never", "nunca", "tampoco", "nu",
                                          "n",   "nie", "nicht", "ne",    "non",     "mai",
                                          "nao", "pas", "didn",  "hasn",  "jamas"};
  return std::any_of(words.begin() + std::ptrdiff_t(from), words.begin() + std::ptrdiff_t(to),
                     [&](std::string_view word) {
                       return std::find(std::begin(denials), std::end(denials), word) !=
                              std::end(denials);
                     });
}

// Whether what stands between an answer and whose it is are words that bind them.
bool are_little(const std::vector<std::string_view>& words, std::size_t from, std::size_t to) {
  constexpr std::string_view little[] = {
      "from", "of",  "by",  "the",  "our",   "a",   "an",   "to",  "s",        "de",
      "del",  "la",  "las", "los",  "el",    "lo",  "al",   "din", "partea",   "dinspre",
      "lui",  "pe",  "von", "vom",  "des",   "der", "die",  "du",  "d",        "l",
      "le",   "les", "di",  "dell", "della", "da",  "do",   "dos", "dal",      "dalla",
      "van",  "het", "od",  "ze",   "av",    "af",  "fran", "per", "official", "oficial"};
  return std::all_of(words.begin() + std::ptrdiff_t(from), words.begin() + std::ptrdiff_t(to),
                     [&](std::string_view word) {
                       return std::find(std::begin(little), std::end(little), word) !=
                              std::end(little);
                     });
}

// Whether a line ends as sentences do, and not in "Ltd.".
bool is_sentence(std::string_view folded) {
  constexpr std::string_view firms[] = {"ltd.", "inc.",   "co.",  "corp.",  "s.l.",
                                        "s.a.", "s.r.l.", "srl.", "s.p.a.", "e.v."};
  if (folded.empty() || std::string_view(".!?").find(folded.back()) == std::string_view::npos)
    return false;
  return std::none_of(std::begin(firms), std::end(firms),
                      [&](std::string_view firm) { return folded.ends_with(firm); });
}

// Whether nothing follows, or a date does: "5 may", "on 5 May", "hace 2 días", "el 5 de mayo".
bool ends_or_dates(const std::vector<std::string_view>& words, std::size_t from) {
  constexpr std::size_t soon = 2;  // words before the number
  for (std::size_t i = from; i < words.size(); ++i) {
    const bool number = words[i].find_first_of("0123456789") != std::string_view::npos;
    if (number) return i <= from + soon;
  }
  return from >= words.size();
}

// "Ana Pop, Manager at Hotel Sol, responded to this review"
bool tells_review_answered(std::string_view folded) {
  constexpr std::size_t longest = 150;  // bytes
  constexpr std::string_view phrases[] = {
      "responded to this review",      "replied to this review",    "respondio a esta opinion",
      "respondio a esta resena",       "respondido a esta opinion", "respondido a esta resena",
      "a raspuns la aceasta recenzie", "a raspuns acestei recenzii"};
  return folded.size() <= longest && holds_any(folded, phrases);
}

// "Our reply", and no more.
bool is_our_answer(std::string_view folded) {
  constexpr std::string_view answers[] = {
      "our reply",        "our response",      "our answer",       "nuestra respuesta",
      "raspunsul nostru", "unsere antwort",    "notre reponse",    "la nostra risposta",
      "nossa resposta",   "a nossa resposta",  "onze reactie",     "ons antwoord",
      "store's response", "seller's response", "respuesta nuestra"};
  return std::find(std::begin(answers), std::end(answers), folded) != std::end(answers);
}

}  // namespace

bool heads_owner_answer(std::string_view folded, bool of_review) {
  if (of_review && tells_review_answered(folded)) return true;
  if (folded.empty() || folded.size() > longest_label) return false;
  if (of_review && is_our_answer(folded)) return true;
  const bool sentence = is_sentence(folded);
  if (of_review && !sentence && starts_with_any(folded, answer_fronts)) return true;
  // "Response from the owner", "Owner's response", "El propietario respondió": no words but little
  // ones between.
  const std::vector<std::string_view> words = first_words(folded);
  const std::size_t answer = place_of(words, answer_stems);
  const std::size_t owner = place_of(words, owner_stems);
  if (answer == words.size() || owner == words.size()) return false;
  if (answer < owner) {
    // "Respuesta rápida del vendedor", "Response from the seller took a week." is a customer's.
    return answer == 0 && owner <= 3 && are_little(words, 1, owner) &&
           (!sentence || ends_or_dates(words, owner + 1));
  }
  // "The seller never answered", "The seller answered fast" is what a customer says.
  return owner <= 1 && answer - owner <= 2 && !is_denied(words, owner, answer) &&
         ends_or_dates(words, answer + 1);
}

bool tells_who_answered(std::string_view line) {
  constexpr std::size_t longest = 2 * longest_label;  // bytes before folding
  line = text::trim(line);
  if (line.size() > longest || !line.ends_with(':')) return false;
  const std::string folded = text::fold(text::trim(line.substr(0, line.size() - 1)));
  return std::any_of(std::begin(answered_words), std::end(answered_words),
                     [&](std::string_view word) {
                       return folded.size() > word.size() + 1 && folded.ends_with(word) &&
                              folded[folded.size() - word.size() - 1] == ' ';
                     });
}

std::string_view behind_answered(std::string_view line) {
  constexpr std::string_view words[] = {"replied", "responded",   "answered", "respondido",
                                        "raspuns", "geantwortet", "repondu",  "risposto"};
  line = text::trim(line);
  const std::size_t end = line.find(' ');
  if (end == std::string_view::npos) return {};
  const std::string first = text::fold(line.substr(0, end));
  if (std::find(std::begin(words), std::end(words), first) == std::end(words)) return {};
  line = text::trim(line.substr(end));
  for (const std::string_view little : {"on ", "el ", "pe ", "am ", "le ", "il "})
    if (line.starts_with(little)) line.remove_prefix(little.size());
  return line;
}

bool tells_owner(std::string_view folded) {
  constexpr std::size_t most_words = 5;  // of a name and what its bearer is
  const std::vector<std::string_view> words = first_words(folded);
  if (folded.size() > longest_label || words.size() > most_words) return false;
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return std::find(std::begin(signed_words), std::end(signed_words), word) !=
           std::end(signed_words);
  });
}

bool names_answer(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return std::any_of(std::begin(answer_names), std::end(answer_names),
                     [&](std::string_view word) { return lower.ends_with(word); });
}

bool names_owner_answer(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return holds_any(lower, owner_names) && holds_any(lower, answer_names);
}

bool names_review_answer(std::string_view name) {
  constexpr std::string_view answers[] = {"reply",    "response", "answer",   "respuesta",
                                          "raspuns",  "antwort",  "reponse",  "risposta",
                                          "resposta", "antwoord", "odpowiedz"};
  constexpr std::string_view reviews[] = {
      "review",     "rev",    "opinion",  "resena",      "recenzie", "bewertung", "avis",
      "recensione", "rating", "feedback", "testimonial", "admin",    "brand",     "support"};
  constexpr std::string_view comments[] = {"comment",     "comentario", "comentariu", "kommentar",
                                           "commentaire", "commento",   "note",       "message"};
  constexpr std::string_view owners[] = {"owner", "seller",   "merchant",    "vendor",  "manager",
                                         "admin", "vendedor", "propietario", "vanzator"};
  constexpr std::string_view places[] = {"shop",  "store",    "site",       "business",
                                         "hotel", "property", "restaurant", "company"};
  const std::vector<std::string> words = words_of_name(name);
  if (words.size() < 2) return false;
  const std::string& noun = words.back();
  const std::string& of = words[words.size() - 2];
  return (is_any(noun, answers) && is_any(of, reviews)) ||
         (is_any(noun, comments) && is_any(of, owners)) || (noun == "owner" && is_any(of, places));
}

bool names_reply(std::string_view name) {
  const std::vector<std::string> words = words_of_name(name);
  return !words.empty() && words.back() == "reply";
}

}  // namespace testigo::extract
