#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "extract/spec.h"

namespace testigo::sources {

// A value that requests are filled with: a key of the watch in testigo.toml, or of its brand.
struct Parameter {
  std::string about;  // for `source list`, and the error when it is missing
  bool required = false;
  std::vector<std::string> defaults;  // used where the watch has none
};

enum class AuthKind : std::uint8_t {
  none,
  query,         // a query parameter
  header,        // a request header
  oauth_client,  // a token for a client's id and secret (RFC 6749 §4.4), sent in a header
  session,       // a token for a login, sent in a header
};

// The request that a token is asked with: a POST that goes to `url` and nowhere else, follows no
// redirect and never enters the archive.
struct Login {
  std::string url;
  std::string body;                        // template of the variables of `env`
  std::string body_type;                   // "form", "json"
  std::map<std::string, std::string> env;  // variable → environment variable; "id" and "secret" of
                                           // an oauth_client are sent as HTTP Basic (RFC 7617)
  std::string token;     // JSON Pointer to the token in the answer
  std::string lifetime;  // JSON Pointer to the seconds that it lasts; "" until it is refused
  std::string expired;   // what an error's body holds when the token has ended, for services that
                         // say so with another status than 401; ""
};

// How a secret gets into a request. The secret itself is never held here.
struct Auth {
  AuthKind kind = AuthKind::none;
  std::string name;   // of the query parameter or header
  std::string value;  // "Bearer {secret}"; plain "{secret}" by default
  std::string env;    // query, header: environment variable that holds the secret
  Login login;        // oauth_client, session
  std::vector<std::pair<std::string, std::string>> beside;  // header: further headers that go with
                                                            // it → environment variables
  std::string host;       // that it is for, where the requests' own host is a variable
  std::string host_env;   // environment variable that says so; counts before `host`
  std::string get_one;    // where people get a key: an address
  bool optional = false;  // the source answers without it, only less
};

enum class PagingKind : std::uint8_t {
  none,
  cursor,
  page,
  offset,
  link,
  next_url,
  before,  // of lists that fall by a whole number, or by a time (in seconds since 1970 then):
           // {cursor} is the last element's, and the next page begins with what has it too. Where
           // all of a page have it, {page} counts on within it
};

// How the answer's next page is asked for, and when there is none.
struct Paging {
  PagingKind kind = PagingKind::none;
  std::int64_t first = 1;       // page and offset: the first request's number
  std::int64_t step = 1;        // added for each next one
  std::string start;            // cursor: the first request's, "" to leave the parameter out
  std::size_t max_pages = 100;  // of one chain
  bool newest_first = false;  // later pages hold older posts: a chain ends where known time begins
  bool past_empty = false;    // page, offset: an empty page is not the end, what says that there is
                              // nothing (Step::nothing) is
  std::string span;  // before: the parameter that says how far back from now the first page looks;
                     // later ones are asked for the time from {from_stamp} to {until_stamp} instead
};

// An answer that means something else by the service's own rules than its status says: that there
// is nothing, where others answer with an empty list; or that one is to slow down.
struct MarkedStatus {
  int status = 0;
  std::string word;  // that its body holds, too; "" any body. Below 400 it is the whole body, but
                     // for one that begins with "*"
};

// One kind of request, and how its answer is read. The first step has no name.
struct Step {
  std::string name;
  std::string method = "GET";
  std::string url;                                         // template
  std::vector<std::pair<std::string, std::string>> query;  // name → template; left out where a
                                                           // variable of it has no value
  std::vector<Header> headers;                             // values are templates
  std::string body;                                        // template
  std::string body_type = "json";                          // or "form": how values are escaped
  std::string read_as;  // template: the address that the answer is a copy of (an archive's)
  std::vector<MarkedStatus> nothing;
  bool entry = false;               // asked at first as well, beside steps[0]
  bool recheck = false;             // asks for posts that are kept, by {ids}:
  std::string ids;                  // those of this form ("?" any character, "*" any at the end)
  bool whole = false;               // its list has all that there is, to its end
  std::vector<std::string> needs;   // parameters without which an entry is not asked,
  std::vector<std::string> unless;  // and with any of which it is not
  std::size_t max_requests = 200;   // that one answer may lead to in this step
  std::size_t together = 1;         // so many elements of an answer make one request,
  std::string joint = ",";          // their values with this between
  Paging paging;
  extract::ExtractorSpec extractor;
};

// Following a site's own links (format "page"): never off the entry's host, but for sitemaps and
// feeds that lie on another host of the same site.
struct Discovery {
  bool links = false;
  bool sitemap = false;                    // also ask /sitemap.xml
  bool feeds = false;                      // also ask the feeds that pages offer
  std::vector<std::string> comment_feeds;  // also ask a post's feed of comments: see ExtractorSpec
  int max_depth = 3;
};

// The steps that discovery adds to a source.
inline constexpr std::string_view sitemap_step = "sitemap";
inline constexpr std::string_view feed_step = "feed";
inline constexpr std::string_view comment_feed_step = "comment_feed";

// The variable that holds the ids of a step with recheck = true.
inline constexpr std::string_view ids_variable = "ids";

struct Terms {
  std::string note;
  std::string url;
  std::optional<int> retention_days;
  bool delete_when_gone = false;
  bool store = true;  // false: counted and linked, text not kept
};

// A description of a service: rules/sources/<name>.toml.
struct Source {
  SourceId id;
  std::string file;  // as loaded, for messages
  std::string title;
  std::string about;
  int tier = 1;                    // 1 no key · 2 free key or account · 3 paid or closed
  std::vector<std::string> gives;  // "reviews", "comments", "posts", "articles"
  std::map<std::string, Parameter> parameters;
  Auth auth;
  std::chrono::milliseconds gap{1000};  // least time between two requests to its host
  std::vector<MarkedStatus> limited;    // "slow down", of services that say it not (only) with 429
  bool about_brand = false;  // every post is about the brand that watches (its app's reviews); else
                             // only those that the brand's query matches
  bool robots = true;        // false for documented public APIs, whose terms stand in [terms]
  bool cookies = false;      // whether what a site sets is sent back to it, within one run
  Discovery discovery;
  Terms terms;
  std::vector<Step> steps;  // never empty; steps[0] is the entry
};

// Whether a source can be named so: by small letters, digits, _ and -, 64 at most.
[[nodiscard]] bool is_source_name(std::string_view name);

// Loads one description. `file` names it in errors ("rules/sources/acme.toml"); its stem is the
// source's id. Errc::malformed with file, line and column in `where`: not TOML, a key that is not
// known ("did you mean …"), a value of another type, a pointer or template that cannot work.
[[nodiscard]] Result<Source> load_source(std::string_view file, std::string_view bytes);

[[nodiscard]] std::string_view to_string(PagingKind kind);

}  // namespace testigo::sources
