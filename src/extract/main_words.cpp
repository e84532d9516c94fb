#include "extract/main_words.h"

#include <algorithm>
#include <iterator>

namespace testigo::extract {

bool is_block(std::string_view name) {
  constexpr std::string_view names[] = {
      "p",        "div",     "li",         "ul",      "ol",     "blockquote", "pre",   "table",
      "tr",       "td",      "th",         "h1",      "h2",     "h3",         "h4",    "h5",
      "h6",       "section", "article",    "main",    "dl",     "dt",         "dd",    "body",
      "aside",    "header",  "footer",     "figure",  "center", "tbody",      "thead", "form",
      "fieldset", "nav",     "figcaption", "address", "details"};
  return is_one_of(name, names);
}

bool is_never_main(std::string_view name) {
  constexpr std::string_view names[] = {"nav",      "footer",     "aside", "button",
                                        "textarea", "label",      "input", "dialog",
                                        "option",   "figcaption", "form"};
  return is_one_of(name, names);
}

bool leads_aside(std::string_view line) {
  // clang-format off
  constexpr std::string_view fronts[] = {
      "related", "read also", "read more", "read next", "see also", "also read", "you may also",
      "you might also", "more from", "more on this", "recommended", "most read", "most popular",
      "share this", "sharing is", "leave a comment", "leave a reply", "post a comment",
      "comments", "follow us", "sign up", "subscribe", "advertisement", "tags:", "filed under",
      "articulos relacionados", "noticias relacionadas", "relacionad", "lee tambien",
      "te puede interesar", "tambien te puede", "ver tambien", "deja un comentario",
      "deja una respuesta", "comparte", "comentarios", "etiquetas", "suscribete", "publicidad",
      "articole similare", "citeste si", "citeste mai", "vezi si", "articole recomandate",
      "te-ar putea interesa", "lasa un comentariu", "lasa un raspuns", "comentarii", "distribuie",
      "etichete", "aboneaza-te", "publicitate", "ahnliche beitrage", "auch interessant",
      "lesen sie auch", "das konnte", "mehr zum thema", "kommentar verfassen", "kommentieren",
      "kommentare", "schreibe einen kommentar", "a lire aussi", "lire aussi", "sur le meme",
      "laisser un commentaire", "commentaires", "leggi anche", "lascia un commento",
      "zobacz rowniez", "czytaj tez", "lees ook", "weiterfuhrende", "weitere artikel",
      "weitere informationen", "mehr zu ", "das konnte sie", "passend dazu", "verwandte ",
      "siehe auch", "a lire egalement", "a voir aussi", "voir aussi", "articles similaires",
      "articles lies", "potrebbe interessarti", "articoli correlati", "vedi anche", "veja tambem",
      "leia tambem", "leia mais", "artigos relacionados", "mas noticias", "mira tambien",
      "lea tambien", "lea ademas", "citeste in continuare", "pe acelasi subiect",
      "articole asemanatoare", "lees meer", "gerelateerd", "zobacz tez", "zobacz takze",
      "czytaj takze", "przeczytaj", "powiazane", "las ocksa", "les ogsa", "lue myos",
      "читайте также", "смотрите также", "похожие", "関連記事", "anzeige", "werbung", "enthalt werbung", "sponsored",
      "sponsorizat", "publicite", "pubblicita", "publicidade", "reklama", "reklame"};
  // clang-format on
  return std::any_of(std::begin(fronts), std::end(fronts),
                     [&](std::string_view front) { return line.starts_with(front); });
}

bool bids_farewell(std::string_view line) {
  // clang-format off
  constexpr std::string_view parts[] = {
      "newsletter", "sign up for", "subscribe to", "subscribe now", "follow us", "follow her on",
      "follow him on", "follow me on", "have a tip", "be reached at", "email the author",
      "supporting our work", "support our work", "while you are here", "while you're here",
      "suscribete", "siguenos", "aboneaza-te", "abonati-va", "urmareste-ne", "urmariti-ne",
      "folge uns", "folgen sie uns", "folgt uns", "jetzt abonnieren", "abonnez-vous",
      "suivez-nous", "iscriviti", "seguici", "assine ", "siga-nos", "inscreva-se", "volg ons",
      "subskrybuj", "obserwuj nas", "подписывайтесь"};
  // clang-format on
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) {
    return line.find(part) != std::string_view::npos;
  });
}

}  // namespace testigo::extract
