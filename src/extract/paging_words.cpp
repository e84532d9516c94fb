#include "extract/paging_words.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <vector>

#include "text/find_byte.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

// What a link to the following or preceding page says, folded; the languages of the shops and
// forums that we have seen. Lists go from new to old, so that what is older follows.
// clang-format off
constexpr std::string_view next_words[] = {
    "next", "next page", "next posts", "next results", "show more", "load more", "more results",
    "more reviews", "more posts", "older", "older posts", "older entries", "older articles",
    "older reviews", "older comments", "siguiente", "siguientes", "pagina siguiente",
    "siguiente pagina", "proxima", "ver mas", "mas opiniones", "mas antiguas",
    "entradas antiguas", "urmatoarea", "urmatorul", "pagina urmatoare", "urmatoarea pagina",
    "inainte", "mai vechi", "mai multe", "weiter", "nachste", "nachste seite", "vor", "suivant",
    "suivante", "page suivante", "volgende", "proximo", "proxima pagina", "successivo", "avanti",
    "nastepne", "nastepna", "dalsi", "naasta", "neste", "sonraki", "επομενη", "следующая",
    "след.", "след", "вперед", "дальше", "далее", "次へ", "次のページ", "次の記事", "下一页", "다음", "next comments",
    "next reviews", "more comments", "show more comments", "show more reviews",
    "view more comments", "load more comments", "load more reviews", "proximas",
    "comentarios mas antiguos", "opiniones mas antiguas", "mensajes mas antiguos",
    "entradas mas antiguas", "entradas anteriores", "comentarios anteriores", "mas comentarios", "mas resultados", "cargar mas",
    "ver mas comentarios", "ver mas opiniones",

    "comentarii mai vechi", "comentariile mai vechi", "postari mai vechi", "articole mai vechi",
    "mesaje mai vechi", "recenzii mai vechi", "urmatoarele", "mai multe comentarii",
    "mai multe recenzii", "incarca mai multe", "successiva", "successivi", "successive",
    "pagina successiva", "prossima", "prossima pagina", "commenti meno recenti",
    "commenti piu vecchi", "articoli meno recenti", "post meno recenti", "post piu vecchi",
    "altri commenti", "altre recensioni", "carica altri", "suivants", "suivantes",
    "commentaires plus anciens", "articles plus anciens", "messages plus anciens",
    "avis plus anciens", "plus de commentaires", "plus d'avis", "page suiv.", "nachster",
    "nachstes", "weitere kommentare", "weitere bewertungen", "mehr kommentare",
    "altere kommentare", "altere beitrage", "altere artikel", "altere bewertungen",
    "altere eintrage", "seguinte", "seguintes", "proximos", "pagina seguinte",
    "comentarios mais antigos", "postagens mais antigas", "mais comentarios",
    "artigos mais antigos", "volgende pagina", "oudere reacties", "oudere berichten",
    "meer reacties", "nastepny", "nastepna strona", "starsze", "starsze komentarze",
    "starsze wpisy", "starsze posty", "nasta", "nasta sida", "aldre kommentarer", "aldre inlagg",
    "neste side", "eldre kommentarer", "naeste", "seuraava", "seuraava sivu",
    "vanhemmat kommentit", "dalsi strana", "starsi komentare", "kovetkezo",
    "regebbi hozzaszolasok", "sonraki sayfa", "eski yorumlar", "следующая страница",
    "старые комментарии", "предыдущие комментарии"};
constexpr std::string_view previous_words[] = {
    "prev", "previous", "previous page", "previous posts", "newer", "newer posts",
    "newer entries", "anterior", "anteriores", "pagina anterior", "anterioara", "precedenta",
    "inapoi", "zuruck", "vorherige", "precedent", "precedente", "vorige", "poprzednie",
    "предыдущая", "пред.", "назад", "前へ", "前のページ", "上一页", "newer comments", "newer articles",
    "newer reviews", "previous comments", "previous reviews", "comentarios mas recientes",
    "comentarios mas nuevos", "entradas mas recientes", "entradas recientes",
    "comentarii mai noi", "postari mai noi", "articole mai noi",
    "pagina anterioara", "mai noi", "anteriorul", "anterioarele", "pagina precedenta",
    "pagina precedente", "precedenti", "commenti piu recenti", "post piu recenti",
    "articoli piu recenti", "page precedente", "precedents", "precedentes",
    "commentaires plus recents", "articles plus recents", "vorherige seite", "vorheriger",
    "neuere", "neuere kommentare", "neuere beitrage", "neuere artikel", "seite zuruck",
    "comentarios mais recentes", "postagens mais recentes", "vorige pagina", "nieuwere reacties",
    "nieuwere berichten", "poprzednia", "poprzedni", "poprzednia strona", "nowsze komentarze",
    "nowsze wpisy", "nowsze posty", "foregaende", "forrige", "edellinen", "predchozi", "elozo",
    "onceki", "предыдущая страница", "новые комментарии"};
// clang-format on
constexpr std::string_view next_glyphs[] = {"→", "»", "›", ">", ">>", "▶", "⟩", "❯", "►"};
constexpr std::string_view previous_glyphs[] = {"←", "«", "‹", "<", "<<", "◀", "⟨", "❮", "◄"};

// A link to one other story, and not on in the list: "next article", "older post". The noun stands
// alone; its plural pages through a list.
constexpr std::string_view story_nouns[] = {
    "article",   "post",    "story",     "entry",     "topic",    "thread",    "product",
    "item",      "recipe",  "video",     "photo",     "project",  "question",  "chapter",
    "episode",   "event",   "articulo",  "entrada",   "noticia",  "tema",      "producto",
    "hilo",      "receta",  "foto",      "capitulo",  "articol",  "articolul", "postare",
    "postarea",  "stirea",  "stire",     "subiectul", "subiect",  "produsul",  "reteta",
    "beitrag",   "thema",   "produkt",   "rezept",    "meldung",  "eintrag",   "billet",
    "sujet",     "produit", "recette",   "actualite", "articolo", "notizia",   "discussione",
    "prodotto",  "ricetta", "artigo",    "postagem",  "topico",   "receita",   "bericht",
    "onderwerp", "artykul", "wpis",      "temat",     "inlagg",   "inlagget",  "artikeln",
    "innlegg",   "indlaeg", "artikkeli", "clanek",    "cikk",     "yazi",      "konu",
    "запись",    "статья",  "тема"};
constexpr std::string_view direction_stems[] = {
    "next",    "prev",      "older",    "newer",    "following", "siguiente", "anterior",
    "proxim",  "antigu",    "reciente", "urmator",  "urmatoar",  "precedent", "vech",
    "nachste", "vorherige", "alter",    "neuer",    "suivant",   "ancien",    "successiv",
    "prossim", "vecchi",    "seguinte", "antig",    "volgend",   "vorig",     "ouder",
    "nieuwer", "nastepn",   "poprzedn", "starsz",   "nowsz",     "nasta",     "foregaende",
    "neste",   "forrige",   "naeste",   "dalsi",    "predchozi", "kovetkezo", "elozo",
    "sonraki", "onceki",    "следующ",  "предыдущ", "seuraava",  "edellinen"};
constexpr std::string_view story_labels[] = {"nachster artikel", "vorheriger artikel",
                                             "alterer artikel",  "neuerer artikel",
                                             "volgend artikel",  "vorig artikel",
                                             "下一篇",           "上一篇",
                                             "다음글",           "이전글"};
// What a label of many words names that leads on in a list.
constexpr std::string_view page_stems[] = {
    "page",   "pagin",   "seite",   "stron",     "sida",      "side",      "sivu",    "oldal",
    "sayfa",  "страниц", "result",  "comment",   "review",    "posts",     "entries", "articles",
    "coment", "recenz",  "opinion", "rezension", "bewertung", "kommentar", "avis",    "ページ"};

using WordSet = std::unordered_set<std::string_view>;

template <std::size_t N>
bool is_among(std::string_view text, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

template <std::size_t N>
bool begins_like(std::string_view word, const std::string_view (&stems)[N]) {
  return std::any_of(std::begin(stems), std::end(stems),
                     [&](std::string_view stem) { return word.starts_with(stem); });
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" :,-|/", at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

bool says_next(std::string_view words) {
  static const WordSet known(std::begin(next_words), std::end(next_words));
  return known.contains(words);
}

bool says_previous(std::string_view words) {
  static const WordSet known(std::begin(previous_words), std::end(previous_words));
  return known.contains(words);
}

bool is_next_glyph(std::string_view text) { return is_among(text, next_glyphs); }
bool is_previous_glyph(std::string_view text) { return is_among(text, previous_glyphs); }

std::string bare_words(std::string_view text) {
  const auto may_begin_glyph = [](unsigned char c) {
    return (c == '<') | (c == '>') | (c == 0xC2) | (c == 0xE2);
  };
  if (text::find_byte(text, 0, may_begin_glyph) == text.size()) return text::collapse_space(text);
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

bool leads_to_story(std::string_view words) {
  constexpr std::size_t most_words = 4;  // "next post in this series"; a title may follow a colon
  if (is_among(words, story_labels)) return true;
  if (says_next(words) || says_previous(words)) return false;
  std::vector<std::string_view> first = words_of(words.substr(0, words.find(':')));
  if (first.size() > most_words) first.resize(most_words);
  const auto has = [&](auto matches) { return std::any_of(first.begin(), first.end(), matches); };
  return has([](std::string_view word) { return is_among(word, story_nouns); }) &&
         has([](std::string_view word) { return begins_like(word, direction_stems); });
}

bool is_headline(std::string_view words) {
  constexpr std::size_t longest_control = 30;  // bytes of "next page of these results"
  if (words.size() <= longest_control || says_next(words) || says_previous(words)) return false;
  const std::vector<std::string_view> all = words_of(words);
  return std::none_of(all.begin(), all.end(),
                      [](std::string_view word) { return begins_like(word, page_stems); });
}

}  // namespace testigo::extract
