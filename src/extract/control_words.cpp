#include "extract/control_words.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "extract/name_words.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::string_view (&fronts)[N]) {
  return std::any_of(std::begin(fronts), std::end(fronts),
                     [&](std::string_view front) { return text.starts_with(front); });
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

bool counts_helped(std::string_view folded) {
  constexpr std::string_view words[] = {
      "found this",           "people found",           "person found",
      "find this helpful",    "persoane au considerat", "persoana a considerat",
      "persoane au gasit",    "persoana a gasit",       "personas han encontrado",
      "personas encontraron", "persona encontro",       "personas les",
      "persona le ",          "personen fanden",        "person fand",
      "personnes ont trouve", "personne a trouve",      "persone hanno trovato",
      "persona ha trovato",   "pessoas acharam",        "pessoa achou"};
  constexpr std::string_view ends[] = {"helpful", "useful",    "funny", "util",
                                       "utila",   "hilfreich", "utile", "ajutor"};
  folded = bare(folded);
  if (folded.size() > longest_label) return false;
  const bool ended = std::any_of(std::begin(ends), std::end(ends),
                                 [&](std::string_view end) { return folded.ends_with(end); });
  if (!ended) return false;
  const bool counted = folded.find_first_of("0123456789") != std::string_view::npos ||
                       folded.starts_with("one ") || folded.starts_with("o persoana") ||
                       folded.starts_with("a una ");
  return counted && std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
           return folded.find(word) != std::string_view::npos;
         });
}

bool asks_helped(std::string_view folded) {
  constexpr std::string_view fronts[] = {
      "was this helpful",    "was this review helpful", "was this comment helpful",
      "did you find this",   "is this review helpful",  "te ha sido util",
      "le ha sido util",     "te resulto util",         "te ha resultado util",
      "te ha parecido util", "te parecio util",         "ti-a fost util",
      "v-a fost util",       "ti s-a parut util",       "war diese bewertung hilfreich",
      "fanden sie diese",    "cet avis vous a",         "questa recensione e stata utile",
      "ti e stata utile",    "esta avaliacao foi util"};
  constexpr std::string_view inverted = "¿";
  if (folded.size() > longest_label || folded.find('?') == std::string_view::npos) return false;
  if (folded.starts_with(inverted)) folded.remove_prefix(inverted.size());
  return starts_with_any(folded, fronts);
}

bool counts_contributions(std::string_view folded) {
  constexpr std::size_t longest = 60;  // bytes
  constexpr std::string_view parting[] = {"·", "•", "|", "\n"};
  constexpr std::string_view nouns[] = {"review",
                                        "reviews",
                                        "rating",
                                        "ratings",
                                        "comment",
                                        "comments",
                                        "post",
                                        "posts",
                                        "contribution",
                                        "contributions",
                                        "photo",
                                        "photos",
                                        "helpful vote",
                                        "helpful votes",
                                        "opinion",
                                        "opiniones",
                                        "resena",
                                        "resenas",
                                        "comentario",
                                        "comentarios",
                                        "contribucion",
                                        "contribuciones",
                                        "foto",
                                        "fotos",
                                        "voto util",
                                        "votos utiles",
                                        "mensajes",
                                        "recenzie",
                                        "recenzii",
                                        "opinie",
                                        "opinii",
                                        "pareri",
                                        "comentariu",
                                        "comentarii",
                                        "contributii",
                                        "poze",
                                        "fotografii",
                                        "mesaje",
                                        "voturi utile",
                                        "bewertung",
                                        "bewertungen",
                                        "rezension",
                                        "rezensionen",
                                        "beitrag",
                                        "beitrage",
                                        "kommentare",
                                        "avis",
                                        "commentaires",
                                        "contributi",
                                        "recensione",
                                        "recensioni",
                                        "avaliacao",
                                        "avaliacoes",
                                        "contribuicoes",
                                        "beoordeling",
                                        "beoordelingen",
                                        "recensie",
                                        "recensies",
                                        "opinia",
                                        "reviews written",
                                        "opiniones escritas",
                                        "recenzii scrise"};
  if (folded.size() > longest) return false;
  bool counted = false;
  while (!folded.empty()) {
    std::size_t end = folded.size();
    std::size_t next = folded.size();
    for (const std::string_view sign : parting) {
      const std::size_t at = folded.find(sign);
      if (at < end) end = at, next = at + sign.size();
    }
    const std::string_view part = text::trim(folded.substr(0, end));
    folded.remove_prefix(next);
    if (part.empty() || part == "local guide") continue;
    const std::size_t first = part.find_first_of("0123456789");
    if (first == std::string_view::npos) return false;
    const std::size_t past = std::min(part.find_first_not_of("0123456789., ", first), part.size());
    const std::string_view before = bare(part.substr(0, first));
    std::string_view noun = bare(part.substr(past));
    if (noun.empty())
      noun = before;
    else if (!before.empty())
      return false;
    if (noun.starts_with("de ")) noun.remove_prefix(3);
    if (std::find(std::begin(nouns), std::end(nouns), noun) == std::end(nouns)) return false;
    counted = true;
  }
  return counted;
}

bool tells_recommendation(std::string_view folded) {
  constexpr std::size_t longest = 60;  // bytes
  constexpr std::string_view fronts[] = {"recommends this",
                                         "would recommend:",
                                         "recommended: ",
                                         "yes, i recommend this product",
                                         "no, i do not recommend this product",
                                         "si, recomiendo este producto",
                                         "no, no recomiendo este producto",
                                         "recomienda este producto",
                                         "recomanda acest produs",
                                         "recomanda produsul",
                                         "empfiehlt dieses produkt",
                                         "ja, ich empfehle dieses produkt",
                                         "nein, ich empfehle dieses produkt nicht",
                                         "recommande ce produit",
                                         "oui, je recommande ce produit",
                                         "non, je ne recommande pas ce produit",
                                         "consiglia questo prodotto",
                                         "recomenda este produto"};
  return folded.size() <= longest && starts_with_any(bare(folded), fronts);
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

}  // namespace testigo::extract
