#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/embedded.h"
#include "core/result.h"
#include "core/time.h"
#include "serve/http_server.h"

namespace testigo::serve {

// The demo web: a shop, a forum, a blog, a news site and a review API in English, Spanish and
// Romanian, where people speak about one fictional brand (Brumiva: air purifiers and lamps) and its
// competitor (Kestrona). Made from data/demo/posts.jsonl; dates are relative to `now`, so the web
// is always fresh, and everything else is the same each time.
//
// It holds what a crawler meets outside: paging, a robots.txt with a closed part and a crawl-delay,
// a page that is busy once (503, Retry-After), a gzip page, a page in another charset than it says,
// noindex pages, redirects that end and redirects that don't, validators and 304, one edited
// review. Entry points are the links of "/" and of "/sitemap.xml".
class DemoSite {
 public:
  // Reads "data/demo/posts.jsonl" out of `files` (embedded_files(), or the same read from disk) and
  // keeps its own copy. Errc::not_found without it, Errc::malformed with file and line.
  [[nodiscard]] static Result<DemoSite> load(std::span<const EmbeddedFile> files, UtcTime now);

  DemoSite(DemoSite&&) noexcept;
  DemoSite& operator=(DemoSite&&) noexcept;
  ~DemoSite();

  // Answers one request. Pure but for two memories: which page was busy already, and whether
  // advance() was called. Safe to call from several threads.
  [[nodiscard]] Response answer(const Request& request) const;

  // From now on the edited reviews stand in their second wording. POST /demo/advance does the same.
  void advance();

 private:
  struct State;
  explicit DemoSite(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testigo::serve
