#include "extract/control_words.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

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

constexpr std::string_view reply_words[] = {
    "reply",    "antworten", "antwort",      "responder", "respond",  "raspunde",
    "repondre", "rispondi",  "beantwoorden", "odpowiedz", "reageren", "reply to",
    "quote",    "zitieren",  "citar",        "citeaza",   "ответить", "svara"};

constexpr std::string_view more_words[] = {"more",
                                           "read more",
                                           "show more",
                                           "see more",
                                           "view more",
                                           "continue reading",
                                           "read full review",
                                           "read the full review",
                                           "read full comment",
                                           "full review",
                                           "read less",
                                           "show less",
                                           "see less",
                                           "mas",
                                           "ver mas",
                                           "leer mas",
                                           "mostrar mas",
                                           "seguir leyendo",
                                           "leer mas de esta opinion",
                                           "leer opinion completa",
                                           "ver menos",
                                           "mostrar menos",
                                           "leer menos",
                                           "mai mult",
                                           "mai multe",
                                           "citeste mai mult",
                                           "citeste mai departe",
                                           "citeste tot",
                                           "vezi mai mult",
                                           "vezi mai multe",
                                           "vezi tot",
                                           "afiseaza mai mult",
                                           "arata mai mult",
                                           "vezi mai putin",
                                           "afiseaza mai putin",
                                           "mehr",
                                           "mehr lesen",
                                           "mehr anzeigen",
                                           "mehr erfahren",
                                           "weiterlesen",
                                           "weniger anzeigen",
                                           "plus",
                                           "lire plus",
                                           "voir plus",
                                           "lire la suite",
                                           "voir la suite",
                                           "afficher plus",
                                           "voir moins",
                                           "altro",
                                           "leggi tutto",
                                           "leggi di piu",
                                           "mostra altro",
                                           "continua a leggere",
                                           "mostra meno",
                                           "mais",
                                           "ler mais",
                                           "ver mais",
                                           "leia mais",
                                           "mostrar mais",
                                           "continuar a ler",
                                           "meer",
                                           "lees meer",
                                           "meer lezen",
                                           "toon meer",
                                           "wiecej",
                                           "czytaj wiecej",
                                           "czytaj dalej",
                                           "pokaz wiecej",
                                           "devamini oku",
                                           "daha fazla",
                                           "las mer",
                                           "les mer",
                                           "lue lisaa",
                                           "читать далее",
                                           "читать полностью",
                                           "показать полностью",
                                           "もっと見る",
                                           "続きを読む"};

// An answer, and whose. Stems of folded words.
constexpr std::string_view answer_stems[] = {
    "response",  "reply",   "replied",  "answer",    "responded", "respuesta",
    "respondio", "contest", "raspuns",  "antwort",   "reponse",   "risposta",
    "resposta",  "reactie", "antwoord", "odpowiedz", "svar",      "yanit"};
constexpr std::string_view owner_stems[] = {"owner",         "seller",        "merchant",
                                            "business",      "management",    "manager",
                                            "developer",     "vendor",        "host",
                                            "store",         "shop",          "company",
                                            "property",      "hotel",         "restaurant",
                                            "propietari",    "vendedor",      "empresa",
                                            "negocio",       "tienda",        "direccion",
                                            "gerenci",       "gerente",       "establecimiento",
                                            "anfitrion",     "desarrollador", "alojamiento",
                                            "proprietar",    "vanzator",      "companie",
                                            "companiei",     "firm",          "magazin",
                                            "dezvoltator",   "gazd",          "unitati",
                                            "conducer",      "administrator", "inhaber",
                                            "eigentumer",    "verkaufer",     "handler",
                                            "geschaftsfuhr", "geschaftsleit", "unternehmen",
                                            "anbieter",      "entwickler",    "gastgeber",
                                            "betreiber",     "unterkunft",    "proprietaire",
                                            "vendeur",       "etablissement", "entreprise",
                                            "developpeur",   "hote",          "direction",
                                            "boutique",      "gerant",        "venditore",
                                            "struttura",     "gestore",       "azienda",
                                            "sviluppatore",  "negozio",       "titolare",
                                            "loja",          "anfitriao",     "estabelecimento",
                                            "eigenaar",      "verkoper",      "bedrijf",
                                            "wlasciciel",    "sprzedawc",     "isletme",
                                            "sahib"};
// What is the owner's below a review, whoever is named.
constexpr std::string_view answer_fronts[] = {
    "response from ", "reply from ",    "response by ",        "official response", "respuesta de ",
    "respuesta del ", "raspuns de la ", "raspuns din partea ", "raspunsul ",        "antwort von ",
    "antwort vom ",   "antwort des ",   "antwort der ",        "reponse de ",       "reponse du ",
    "risposta di ",   "risposta da ",   "risposta del",        "resposta de ",      "resposta da ",
    "resposta do ",   "reactie van ",   "antwoord van ",       "odpowiedz od "};

constexpr std::string_view owner_names[] = {
    "owner",   "seller",    "merchant", "business", "biz",   "management",
    "manager", "developer", "vendor",   "host",     "store", "shop",
    "company", "official",  "partner",  "property", "hotel"};
constexpr std::string_view answer_names[] = {"response", "reply",     "replies", "answer",
                                             "respond",  "respuesta", "raspuns", "antwort"};

// Behind the name of who answers.
constexpr std::string_view answered_words[] = {
    "replied",      "responded",       "answered",   "respondio",  "contesto",    "ha respondido",
    "a raspuns",    "hat geantwortet", "antwortete", "a repondu",  "ha risposto", "respondeu",
    "odpowiedzial", "odpowiedziala",   "reageerde",  "antwoordde", "svarade"};

// Behind a name, before what its bearer wrote.
constexpr std::string_view said_words[] = {
    "said",       "says",     "wrote",   "dijo",       "dice",    "escribio", "a spus", "spune",
    "a scris",    "a zis",    "sagt",    "hat gesagt", "schrieb", "meinte",   "a dit",  "dit",
    "a ecrit",    "ha detto", "disse",   "ha scritto", "diz",     "escreveu", "zei",    "schreef",
    "powiedzial", "pisze",    "napisal", "sade",       "sagde",   "sa",       "dedi ki"};

// Above what is quoted.
constexpr std::string_view quote_names[] = {"quote",     "cita",    "citat",  "zitat", "citation",
                                            "citazione", "citacao", "citaat", "cytat"};
constexpr std::string_view quote_fronts[] = {"quote from",
                                             "originally posted by",
                                             "cita de",
                                             "publicado originalmente por",
                                             "escrito originalmente por",
                                             "citat din",
                                             "citat de la",
                                             "postat initial de",
                                             "postat original de",
                                             "mesaj original de",
                                             "zitat von",
                                             "citation de",
                                             "citazione da",
                                             "citacao de"};

constexpr std::size_t longest_label = 90;  // bytes

// Without dots, brackets and arrows around it.
std::string_view bare(std::string_view text) {
  constexpr std::string_view signs[] = {"…", "...", "»", "›", "→", "▼", "▾", "(", "[",
                                        ")", "]",   ".", ">", ":", "+", "⟩", " "};
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view sign : signs) {
      if (text.starts_with(sign)) text.remove_prefix(sign.size()), cut = true;
      if (text.ends_with(sign)) text.remove_suffix(sign.size()), cut = true;
    }
  }
  return text;
}

}  // namespace

namespace {

// "Por Ana", "Posted by Ana"
std::string_view without_by(std::string_view name) {
  constexpr std::string_view fronts[] = {"by ",       "posted by ",   "written by ",
                                         "por ",      "escrito por ", "publicado por ",
                                         "de catre ", "scris de ",    "postat de "};
  constexpr std::size_t longest = 100;  // bytes
  const std::string_view words = text::trim(name);
  if (words.size() > longest) return name;
  const std::string folded = text::fold(words);
  for (const std::string_view front : fronts) {
    if (!folded.starts_with(front)) continue;
    std::string_view rest = words;  // as many words are cut: folding changes lengths
    for (auto left = std::count(front.begin(), front.end(), ' '); left > 0; --left)
      rest = text::trim(rest.substr(std::min(rest.find(' '), rest.size())));
    return rest.empty() ? name : rest;
  }
  return name;
}

}  // namespace

bool asks_for_reply(std::string_view folded) {
  constexpr std::size_t longest_rest = 24;  // "to Ana Maria"
  return std::any_of(std::begin(reply_words), std::end(reply_words), [&](std::string_view word) {
    return folded.starts_with(word) && folded.size() <= word.size() + longest_rest;
  });
}

bool asks_for_more(std::string_view folded) {
  if (folded.size() > longest_label) return false;
  const std::string_view words = bare(folded);
  return std::find(std::begin(more_words), std::end(more_words), words) != std::end(more_words);
}

std::string_view without_said(std::string_view name) {
  name = without_by(name);
  std::string_view words = text::trim(name);
  bool ended = false;
  for (const std::string_view end : {"...", "…", ":"})
    if (words.ends_with(end)) words.remove_suffix(end.size()), ended = true;
  if (!ended) return name;
  words = text::trim(words);
  const std::string folded = text::fold(words);
  for (const std::string_view said : said_words) {
    if (!folded.ends_with(said) || folded.size() <= said.size()) continue;
    if (folded[folded.size() - said.size() - 1] != ' ') continue;
    // As many words are cut as the phrase has: folding changes lengths.
    for (auto left = std::count(said.begin(), said.end(), ' ') + 1; left > 0; --left)
      words = text::trim(words.substr(0, words.rfind(' ')));
    return words;
  }
  return name;
}

std::string_view behind_said(std::string_view text) {
  constexpr std::size_t longest = 100;  // bytes, with the date
  text = text::trim(text);
  if (text.size() > longest) return {};
  const std::string folded = text::fold(text);
  const auto said =
      std::find_if(std::begin(said_words), std::end(said_words), [&](std::string_view word) {
        return folded.size() > word.size() && folded.starts_with(word) &&
               folded[word.size()] == ' ';
      });
  if (said == std::end(said_words)) return {};
  for (auto words = std::count(said->begin(), said->end(), ' ') + 1; words > 0; --words)
    text = text::trim(text.substr(std::min(text.find(' '), text.size())));
  constexpr std::string_view little[] = {"on ", "at ", "el ", "pe ", "in ",
                                         "la ", "am ", "le ", "il "};
  for (const std::string_view word : little)
    if (text.starts_with(word)) text.remove_prefix(word.size());
  if (text.ends_with(':')) text.remove_suffix(1);
  return text::trim(text);
}

bool heads_quote(std::string_view line) {
  constexpr std::size_t longest = 200;  // bytes of "On … Ana <ana@example.com> wrote:"
  line = text::trim(line);
  if (line.empty() || line.size() > longest || line.find('\n') != std::string_view::npos)
    return false;
  const std::string_view who = without_said(line);
  const bool said = who.data() == line.data() && who.size() < line.size();  // not "By the way:"
  if (line.ends_with(':') && said) return true;
  return names_quote(line) || starts_with_any(text::fold(line), quote_fronts);
}

bool names_quote(std::string_view line) {
  constexpr std::size_t longest = 20;  // bytes
  line = text::trim(line);
  if (line.size() > longest || !line.ends_with(':')) return false;
  const std::string folded = text::fold(text::trim(line.substr(0, line.size() - 1)));
  return std::find(std::begin(quote_names), std::end(quote_names), folded) != std::end(quote_names);
}

bool heads_owner_answer(std::string_view folded, bool of_review) {
  if (folded.empty() || folded.size() > longest_label) return false;
  if (of_review && starts_with_any(folded, answer_fronts)) return true;
  // "Response from the owner", "Owner's response", "El propietario respondió": no words but little
  // ones between.
  const std::vector<std::string_view> words = first_words(folded);
  const std::size_t answer = place_of(words, answer_stems);
  const std::size_t owner = place_of(words, owner_stems);
  if (answer == words.size() || owner == words.size()) return false;
  return answer < owner ? answer == 0 && owner <= 3 : owner <= 1 && answer - owner <= 2;
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

bool names_answer(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return std::any_of(std::begin(answer_names), std::end(answer_names),
                     [&](std::string_view word) { return lower.ends_with(word); });
}

bool names_owner_answer(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return holds_any(lower, owner_names) && holds_any(lower, answer_names);
}

}  // namespace testigo::extract
