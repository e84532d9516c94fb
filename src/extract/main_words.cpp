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
  constexpr std::string_view fronts[] = {"related",
                                         "read also",
                                         "read more",
                                         "read next",
                                         "see also",
                                         "also read",
                                         "you may also",
                                         "you might also",
                                         "more from",
                                         "more on this",
                                         "recommended",
                                         "most read",
                                         "most popular",
                                         "share this",
                                         "sharing is",
                                         "leave a comment",
                                         "leave a reply",
                                         "post a comment",
                                         "comments",
                                         "follow us",
                                         "sign up",
                                         "subscribe",
                                         "advertisement",
                                         "tags:",
                                         "filed under",
                                         "articulos relacionados",
                                         "noticias relacionadas",
                                         "relacionad",
                                         "lee tambien",
                                         "te puede interesar",
                                         "tambien te puede",
                                         "ver tambien",
                                         "deja un comentario",
                                         "deja una respuesta",
                                         "comparte",
                                         "comentarios",
                                         "etiquetas",
                                         "suscribete",
                                         "publicidad",
                                         "articole similare",
                                         "citeste si",
                                         "citeste mai",
                                         "vezi si",
                                         "articole recomandate",
                                         "te-ar putea interesa",
                                         "lasa un comentariu",
                                         "lasa un raspuns",
                                         "comentarii",
                                         "distribuie",
                                         "etichete",
                                         "aboneaza-te",
                                         "publicitate",
                                         "ahnliche beitrage",
                                         "auch interessant",
                                         "lesen sie auch",
                                         "das konnte",
                                         "mehr zum thema",
                                         "kommentar verfassen",
                                         "kommentieren",
                                         "kommentare",
                                         "schreibe einen kommentar",
                                         "a lire aussi",
                                         "lire aussi",
                                         "sur le meme",
                                         "laisser un commentaire",
                                         "commentaires",
                                         "leggi anche",
                                         "lascia un commento",
                                         "zobacz rowniez",
                                         "czytaj tez",
                                         "lees ook"};
  return std::any_of(std::begin(fronts), std::end(fronts),
                     [&](std::string_view front) { return line.starts_with(front); });
}

}  // namespace testigo::extract
