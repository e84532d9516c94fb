#include "sources/telling_names.h"

#include <algorithm>
#include <span>

#include "text/fold.h"

namespace testigo::sources {
namespace {

using Words = std::vector<std::string_view>;

// Names of a field, the likeliest first.
struct Telling {
  std::string_view field;
  Words names;
  Words within;  // names of values within an object that bears one of those: "user": {"name": …}
};

const std::vector<Telling>& tellings() {
  static const Words words = {"text",      "body",    "rendered", "plain", "content",
                              "value",     "html",    "raw",      "texto", "cuerpo",
                              "contenido", "mensaje", "continut", "mesaj"};
  static const Words names = {"name",       "displayname", "username", "nickname",   "fullname",
                              "screenname", "handle",      "login",    "nick",       "alias",
                              "nombre",     "usuario",     "nume",     "utilizator", "pseudonim"};
  static const Words dates = {"iso",       "datetime", "date",  "value",
                              "timestamp", "unix",     "fecha", "data"};
  static const std::vector<Telling> all = {
      {"id",
       {"id", "reviewid", "commentid", "postid", "messageid", "uuid", "guid", "key", "objectid",
        "hash", "uri", "uid"},
       {}},
      {"author",
       {"author",      "authorname", "username",     "reviewername", "reviewer",   "user",
        "displayname", "nickname",   "customername", "customer",     "creator",    "createdby",
        "postedby",    "screenname", "profilename",  "handle",       "member",     "profile",
        "by",          "name",       "autor",        "usuario",      "utilizator", "cliente",
        "client",      "nombre",     "nume",         "nick",         "apodo",      "pseudonim"},
       names},
      {"text",
       {"reviewtext",  "reviewbody",  "reviewcontent", "text",    "bodytext", "body",
        "content",     "commenttext", "commentbody",   "comment", "review",   "message",
        "description", "feedback",    "selftext",      "snippet", "quote",    "originaltext",
        "caption",     "words",       "texto",         "resena",  "opinion",  "comentario",
        "comentariu",  "recenzie",    "recenzia",      "parere",  "mensaje",  "mesaj",
        "contenido",   "continut",    "cuerpo",        "txt"},
       words},
      {"title",
       {"reviewtitle", "title", "headline", "subject", "heading", "summary", "titulo", "titlu",
        "asunto", "subiect"},
       words},
      {"rating",
       {"rating", "stars", "starrating", "reviewrating", "ratingvalue", "overallrating",
        "reviewscore", "score", "overall", "grade", "valoracion", "puntuacion", "calificacion",
        "estrellas", "nota", "stele", "evaluare", "punctaj"},
       {"value", "ratingvalue", "score", "stars", "rating", "overall"}},
      {"rating_best",
       {"maxscore", "maxrating", "bestrating", "ratingmax", "scoremax", "maxstars", "ratingbest",
        "outof", "ratingscale", "scale", "best", "max", "escala", "scara"},
       {}},
      {"rating_worst", {"minscore", "minrating", "worstrating", "ratingmin", "scoremin"}, {}},
      {"posted_at",
       {"createdat",
        "reviewdate",
        "datepublished",
        "publishedat",
        "publisheddate",
        "postedat",
        "submittedat",
        "submissiondate",
        "datecreated",
        "createddate",
        "createdtime",
        "createtime",
        "createdutc",
        "created",
        "posteddate",
        "postdate",
        "date",
        "timestamp",
        "published",
        "posted",
        "submitted",
        "seendate",
        "time",
        "datetime",
        "ts",
        "fecha",
        "fechacreacion",
        "fechapublicacion",
        "data",
        "datapublicarii",
        "creadoen",
        "creatla"},
       dates},
      {"edited_at",
       {"editedat", "updatedat", "modifiedat", "datemodified", "lastmodified", "updatetime",
        "updated", "edited"},
       dates},
      {"url",
       {"permalink", "url", "reviewurl", "htmlurl", "weburl", "link", "href", "enlace",
        "enlacepermanente", "vinculo", "legatura"},
       {}},
      {"reach",
       {"helpfulvotes", "helpfulcount", "likes", "likecount", "likescount", "upvotes", "votes",
        "votecount", "thumbsup", "thumbsupcount", "points", "ups", "helpful", "megusta", "votos",
        "voturi", "aprecieri", "utiles"},
       {"count", "total", "value"}},
      {"reply",
       {"replytext", "ownerreply", "ownerresponse", "businessreply", "businessresponse",
        "companyreply", "merchantreply", "developerresponse", "developerreply", "responsetext",
        "reply", "response", "respuesta", "raspuns"},
       words},
      {"replied_at",
       {"replydate", "repliedat", "responsedate", "respondedat", "fecharespuesta",
        "dataraspunsului"},
       {}},
      {"item",
       {"productname", "producttitle", "itemname", "appname", "placename", "businessname",
        "product", "item", "app", "place", "business", "hotel", "restaurant", "producto", "produs",
        "articulo"},
       {"name", "title"}},
      {"location",
       {"location", "city", "country", "countrycode", "ciudad", "pais", "oras", "tara"},
       {"name", "city", "country", "nombre", "nume"}},
      {"app_version", {"appversion", "reviewcreatedversion", "versionname", "version"}, {}},
      {"language", {"language", "languagecode", "lang", "locale", "idioma", "limba"}, {}},
      {"parent", {"parentid", "inreplytoid", "inreplyto", "replyto", "parent"}, {"id"}},
  };
  return all;
}

const Telling* telling(std::string_view field) {
  for (const Telling& one : tellings())
    if (one.field == field) return &one;
  return nullptr;
}

std::optional<std::size_t> place_of(const Words& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

// Objects that only wrap an item: what stands within is its own.
bool is_wrapper(std::string_view name) {
  static const Words wrappers = {"node",   "attributes", "data",   "fields",
                                 "source", "record",     "snippet"};
  return place_of(wrappers, name).has_value();
}

// How well a value within an object fits: "user", "name"; and the parts of a scale and an answer.
std::optional<std::size_t> fit_within(const Telling& one, const std::string& outer,
                                      const std::string& inner) {
  if (const auto place = place_of(one.names, outer + inner)) return place;
  const auto of = [&](std::string_view field, const Words& within) -> std::optional<std::size_t> {
    const auto place = place_of(telling(field)->names, outer);
    return place && place_of(within, inner) ? place : std::nullopt;
  };
  if (one.field == "rating_best")
    return of("rating", {"best", "max", "outof", "scale", "bestrating"});
  if (one.field == "rating_worst") return of("rating", {"worst", "min", "worstrating"});
  if (one.field == "replied_at") return of("reply", telling("posted_at")->names);
  return of(one.field, one.within);
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : text::fold(name))
    if (is_lower(c)) plain += c;
  return plain;
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins = is_upper(name[i]) && i > 0 && is_lower(name[i - 1]);
    if (begins || (!is_upper(name[i]) && !is_lower(name[i]))) words.emplace_back();
    if (is_upper(name[i]) || is_lower(name[i])) words.back() += lower(name[i]);
  }
  std::erase(words, "");
  return words;
}

const std::vector<std::string_view>& told_fields() {
  static const std::vector<std::string_view> fields = [] {
    std::vector<std::string_view> names;
    for (const Telling& one : tellings()) names.push_back(one.field);
    return names;
  }();
  return fields;
}

std::optional<std::size_t> fit(std::string_view field, const std::vector<std::string>& path) {
  const Telling* one = telling(field);
  std::span<const std::string> names(path);
  while (names.size() > 1 && is_wrapper(names.front())) names = names.subspan(1);
  if (one == nullptr || names.empty() || names.size() > 2) return std::nullopt;
  // A name of its own says more than one within another.
  if (names.size() == 1) {
    const auto place = place_of(one->names, names[0]);
    return place ? std::optional(2 * *place) : std::nullopt;
  }
  const auto place = fit_within(*one, names[0], names[1]);
  return place ? std::optional(2 * *place + 1) : std::nullopt;
}

}  // namespace testigo::sources
