#include "extract/page_words.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <vector>

namespace testigo::extract {
namespace {

using formats::Node;

using Bits = std::uint32_t;

constexpr Bits bit(Hint hint) { return static_cast<Bits>(hint); }

const std::unordered_map<std::string_view, Bits>& roles() {
  static const std::unordered_map<std::string_view, Bits> words = [] {
    std::unordered_map<std::string_view, Bits> map;
    const auto add = [&](Hint hint, std::initializer_list<std::string_view> names) {
      for (const std::string_view name : names) map[name] |= bit(hint);
    };
    add(Hint::comment,
        {"reply",       "replies",     "reviews",      "review",    "opinion",      "opinions",
         "opiniones",   "reaction",    "reactions",    "reacties",  "reactie",      "leserbrief",
         "leserbriefe", "leserpost",   "disqus",       "recenzie",  "recenzii",     "resena",
         "resenas",     "testimonial", "testimonials", "guestbook", "yorum",        "yorumlar",
         "respuesta",   "respuestas",  "critica",      "criticas",  "valoraciones", "parere",
         "pareri",      "opinie",      "opinii",       "impresii",  "raspuns",      "raspunsuri",
         "coment"});
    add(Hint::list,
        {"list",         "lists",      "area",        "wrap",       "wrapper",      "container",
         "section",      "holder",     "thread",      "threads",    "comments",     "replies",
         "reviews",      "entries",    "children",    "group",      "opinions",     "opiniones",
         "reactions",    "kommentare", "comentarios", "comentarii", "commentaires", "testimonials",
         "stream",       "tree",       "box",         "lista",      "listado",      "resenas",
         "valoraciones", "respuestas", "recenzii",    "pareri",     "opinii",       "raspunsuri"});
    add(Hint::body,
        {"body",   "content", "text",        "texte",    "texto",     "message",  "copy",
         "inner",  "story",   "description", "inhalt",   "contenido", "summary",  "entry",
         "cuerpo", "mensaje", "descripcion", "continut", "mesaj",     "descriere"});
    add(Hint::author, {"author", "user",   "username", "name",    "nick",   "nickname",   "fn",
                       "vcard",  "poster", "byline",   "autor",   "cite",   "signature",  "profile",
                       "member", "avatar", "gravatar", "usuario", "nombre", "utilizator", "nume"});
    add(Hint::date,
        {"date", "time", "timestamp", "datetime", "published", "fecha", "data", "datum", "ago",
         "when", "posted", "age", "publicado", "publicat", "relativetime", "timeago"});
    add(Hint::control,
        {"reply",     "respond",  "actions", "action",   "share",     "like",    "likes",
         "vote",      "votes",    "voting",  "edit",     "report",    "toolbar", "buttons",
         "button",    "btn",      "meta",    "metadata", "permalink", "flag",    "antworten",
         "responder", "repondre", "footer",  "head",     "header",    "info",    "title",
         "says",      "score",    "points",  "karma",    "titulo",    "titlu",   "raspunde"});
    add(Hint::noise,
        {"nav",        "navbar",      "navigation", "menu",        "breadcrumb",    "breadcrumbs",
         "sidebar",    "footer",      "related",    "share",       "sharing",       "social",
         "socials",    "promo",       "advert",     "ads",         "advertisement", "banner",
         "cookie",     "cookies",     "newsletter", "subscribe",   "subscription",  "popup",
         "modal",      "widget",      "widgets",    "recommended", "recommend",     "toolbar",
         "pagination", "pager",       "tags",       "tagcloud",    "skip",          "login",
         "signup",     "sponsor",     "sponsored",  "outbrain",    "taboola",       "sharedaddy",
         "addtoany",   "masthead",    "copyright",  "disclaimer",  "biography",     "authorbox",
         "bio",        "teaser",      "teasers",    "more",        "trending",      "popular",
         "also",       "rating",      "ratings",    "byline",      "credits",       "credit",
         "donate",     "paywall",     "consent",    "gdpr",        "topics",        "categories",
         "postmeta",   "sitemap",     "crumbs",     "dropdown",    "hidden",        "noprint",
         "likes",      "follow",      "toc",        "promotion",   "caption",       "captions",
         "gallery",    "slideshow",   "slides",     "carousel",    "utility",       "postmetadata",
         "sabox",      "saboxplugin", "about",      "reactions",   "affiliate",     "disclosure",
         "donation",   "donations",   "spenden"});
    add(Hint::article, {"article", "articlebody", "entry", "story", "hentry", "main", "post",
                        "content", "articulo", "articol", "beitrag", "artikel", "bodytext",
                        "storybody", "maincontent", "contenttext", "fulltext"});
    add(Hint::message, {"post", "posting", "message", "msg", "answer", "topic", "contribution"});
    add(Hint::beside, {"form",       "respond",  "textarea", "formular",  "add",     "write",
                       "new",        "notes",    "policy",   "login",     "submit",  "notice",
                       "nocomments", "navs",     "closed",   "count",     "counter", "number",
                       "link",       "links",    "title",    "heading",   "nav",     "navigation",
                       "pagination", "disabled", "cancel",   "subscribe", "rules",   "teaser"});
    return map;
  }();
  return words;
}

// The stems under which any word tells of comments: "commentlist", "Kommentarbereich".
constexpr std::string_view comment_stems[] = {"comment",  "kommentar", "comentari",
                                              "komentar", "reactie",   "comentar"};

Bits role_of(std::string_view word) {
  const auto found = roles().find(word);
  return found == roles().end() ? 0 : found->second;
}

// What a word says wherever it stands in a name, and what it says as its noun.
constexpr Bits said_anywhere = bit(Hint::comment) | bit(Hint::noise) | bit(Hint::article);

Bits bits_of(std::string_view word) {
  Bits bits = role_of(word);
  for (const std::string_view stem : comment_stems) {
    const std::size_t at = word.find(stem);
    if (at == std::string_view::npos) continue;
    bits |=
        bit(Hint::comment) | role_of(word.substr(0, at)) | role_of(word.substr(at + stem.size()));
    if (word.substr(at) == "comments") bits |= bit(Hint::list);
    break;
  }
  for (const std::string_view front : {"post", "article", "entry", "story", "artikel"}) {
    if (word.size() > front.size() && word.starts_with(front))
      bits |= role_of(word.substr(front.size())) | role_of(front);
  }
  return bits;
}

// Lower-case words of an attribute: cut at what is no letter and where a capital follows a small
// letter.
template <typename Each>
void for_each_word(std::string_view text, Each each) {
  std::string word;
  bool small = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = std::isalpha(byte) != 0 || byte >= 0x80;
    const bool capital = std::isupper(byte) != 0;
    if ((!letter || (capital && small)) && !word.empty()) {
      each(std::string_view(word));
      word.clear();
    }
    if (letter) word += static_cast<char>(std::tolower(byte));
    small = letter && !capital;
  }
  if (!word.empty()) each(std::string_view(word));
}

// Whether a class name tells siblings of one kind apart: "even", "depth-2", "comment-author-ana".
bool tells_siblings_apart(const std::vector<std::string>& words) {
  constexpr std::string_view fronts[] = {
      "even",   "odd",    "alt",      "first",        "last",      "depth",
      "level",  "parent", "byuser",   "bypostauthor", "reply",     "guest",
      "thread", "active", "selected", "clearfix",     "highlander"};
  if (words.empty()) return true;
  if (words.size() > 2 && words[1] == "author") return true;
  return std::find(std::begin(fronts), std::end(fronts), words.front()) != std::end(fronts);
}

// Class names that blog software makes of a page's subject: "tag-reviews", "category-comments".
bool is_subject(std::string_view name) {
  constexpr std::string_view fronts[] = {"tag-",    "category-", "cat-",     "type-", "status-",
                                         "format-", "postid-",   "section-", "page-"};
  return std::any_of(std::begin(fronts), std::end(fronts),
                     [&](std::string_view front) { return name.starts_with(front); });
}

// Words in a name; a longer one is a sentence, such as a heading's id.
constexpr std::size_t longest_name = 7;

// What makes "author-" a box about the writer, and not a name.
bool of_writer(std::string_view noun) {
  constexpr std::string_view nouns[] = {"box",  "info", "description", "section",
                                        "card", "desc", "about",       "details"};
  return std::find(std::begin(nouns), std::end(nouns), noun) != std::end(nouns);
}

// "product-name": what a name is of where it is no writer's.
bool of_thing(std::string_view word) {
  constexpr std::string_view things[] = {"product", "producto", "produs",   "brand",  "marca",
                                         "variant", "model",    "file",     "domain", "category",
                                         "option",  "company",  "attribute"};
  return std::find(std::begin(things), std::end(things), word) != std::end(things);
}

bool is_name(std::string_view word) { return word == "name" || word == "nombre" || word == "nume"; }

// "styles_reviewContent__0Q2Tg": what tools put behind a name to make it unique is no word.
std::string_view without_hash(std::string_view name) {
  constexpr std::size_t longest_hash = 8;
  const std::size_t at = name.rfind("__");
  if (at == std::string_view::npos || at == 0) return name;
  const std::string_view end = name.substr(at + 2);
  const bool is_hash = !end.empty() && end.size() <= longest_hash &&
                       std::any_of(end.begin(), end.end(), [](unsigned char c) {
                         return std::isdigit(c) != 0 || std::isupper(c) != 0;
                       });
  return is_hash ? name.substr(0, at) : name;
}

// What stands behind the last "-" or "_".
std::string_view last_part(std::string_view name) {
  return name.substr(name.find_last_of("-_") + 1);  // npos + 1 is 0
}

// "k3x9abc", as databases number in base 36: figures with letters behind them.
bool is_code(std::string_view part) {
  constexpr std::size_t shortest = 5;
  const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  const auto letter = [](unsigned char c) { return std::isalpha(c) != 0; };
  if (part.size() < shortest) return false;
  const auto first = std::find_if(part.begin(), part.end(), digit);
  return std::any_of(first, part.end(), letter) &&
         std::all_of(part.begin(), part.end(),
                     [&](unsigned char c) { return digit(c) || letter(c); });
}

// "id-t1_k3x9abc" of id="thing_t1_k3x9abc": names one element alone.
bool names_one(std::string_view name, std::string_view id) {
  constexpr std::size_t shortest = 5;
  const std::string_view end = last_part(name);
  return is_code(end) || (end.size() >= shortest && end.size() < name.size() &&
                          end.size() < id.size() && end == last_part(id));
}

Bits bits_of_name(std::string_view name) {
  if (is_subject(name)) return 0;
  name = without_hash(name);
  std::size_t words = 0;
  bool denied = false;  // "no-comments"
  Bits anywhere = 0;
  Bits noun = 0;
  std::string last;
  for_each_word(name, [&](std::string_view word) {
    noun = bits_of(word);
    if (is_name(word) && of_thing(last)) noun &= ~bit(Hint::author);
    anywhere |= noun;
    last = word;
    if (++words == 1 && (word == "no" || word.starts_with("nocomment"))) denied = true;
  });
  if (words > longest_name) return 0;
  Bits bits = (anywhere & said_anywhere) | noun;
  const bool of_article = (anywhere & bit(Hint::article)) != 0;
  if (of_article && (noun & bit(Hint::body)) != 0 && (anywhere & bit(Hint::comment)) == 0)
    bits |= bit(Hint::main);
  if ((anywhere & bit(Hint::author)) != 0 && of_writer(last)) bits |= bit(Hint::noise);
  if (denied) bits = (bits & ~bit(Hint::list)) | bit(Hint::beside);
  return bits;
}

template <typename Each>
void for_each_name(std::string_view names, Each each) {
  std::size_t at = 0;
  while (at < names.size()) {
    const std::size_t end = std::min(names.find_first_of(" \t\n\r\f", at), names.size());
    if (end > at) each(names.substr(at, end - at));
    at = end + 1;
  }
}

}  // namespace

Hints hints_of(Node element) {
  Hints hints;
  if (element.name() == "body" || element.name() == "html") return hints;
  for (const std::string_view name : {"class", "id", "itemprop", "role"}) {
    if (const auto value = element.attribute(name))
      for_each_name(*value, [&](std::string_view one) { hints.add(bits_of_name(one)); });
  }
  for_each_name(test_id(element), [&](std::string_view one) { hints.add(bits_of_name(one)); });
  return hints;
}

std::string_view test_id(Node element) {
  for (const std::string_view name : {"data-testid", "data-test-id", "data-hook", "data-qa"})
    if (const auto value = element.attribute(name)) return *value;
  return {};
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  for_each_word(name, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

std::string kind_of(Node element) {
  std::vector<std::string> words;
  const std::string_view id = element.attribute("id").value_or("");
  for_each_name(element.attribute("class").value_or(""), [&](std::string_view name) {
    if (names_one(name, id)) return;
    const std::vector<std::string> parts = words_of_name(name);
    if (is_subject(name) || tells_siblings_apart(parts)) return;
    std::string kept;
    for (const std::string& part : parts) kept += part;
    words.push_back(std::move(kept));
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string kind(element.name());
  for (const std::string& word : words) kind += '.' + word;
  return kind;
}

std::string_view id_number(Node element) {
  const std::string_view id = element.attribute("id").value_or("");
  const std::string_view end = last_part(id);
  if (is_code(end)) return end;
  std::size_t begin = id.size();
  while (begin > 0 && std::isdigit(static_cast<unsigned char>(id[begin - 1])) != 0) --begin;
  return id.substr(begin);
}

}  // namespace testigo::extract
