#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"
#include "extract/extract.h"
#include "sources/source.h"

namespace testigo::sources {

// One [[brand.….watch]] of testigo.toml, as far as requests depend on it.
struct Watch {
  std::string key;  // "acme/appstore/284882215"; becomes PageRequest::watch
  std::map<std::string, std::vector<std::string>> parameters;  // the watch's keys but source, every
  std::string brand_name;                                      // {brand}
  std::vector<std::string> terms;  // {term}: the brand query's words and phrases to search for;
                                   // the brand's name where this is empty
  std::optional<UtcTime> since;  // what is older was seen in an earlier pass, where there was one;
                                 // also {since_unix}, {since_iso}
  std::optional<UtcTime> asked{};  // when an earlier pass asked for what elements lead to: those
                                   // that say that they changed before need not be asked again;
                                   // not before `since`
};

// What the entry requests are. A parameter with several values (two countries, three terms) gives
// a request for each combination. Requests hold no secret: `url` equals `archive_url`.
// Errc::malformed when a parameter is missing, unknown ("did you mean"), or makes no http URL;
// Errc::limit_exceeded when the combinations are more than max_entry_requests.
[[nodiscard]] Result<std::vector<PageRequest>> plan(const Source& source, const Watch& watch,
                                                    UtcTime now);
inline constexpr std::size_t max_entry_requests = 1000;

// The extractor for the answer to `request`, its variables filled in.
// Errc::not_found when the source has no such step (a frontier older than the source's file).
[[nodiscard]] Result<extract::ExtractorSpec> extractor_for(const Source& source, const Watch& watch,
                                                           const PageRequest& request);

// Whether `request` asks for a later page of a list: what an error in its place hides is more of
// that list, and not that there is none.
[[nodiscard]] bool is_within_list(const Source& source, const PageRequest& request);

// Whether `request` asks for a list that the watch itself names: where there is none, the service
// or the watch has changed, and nothing is known of the posts that the list showed.
[[nodiscard]] bool is_list_of_watch(const Source& source, const PageRequest& request);

// Whether an answer to `request` says in its way that there is nothing (the step's `nothing`).
[[nodiscard]] bool says_nothing(const Source& source, const PageRequest& request, int status,
                                std::string_view decoded_body);

// Whether an answer says in the service's way that one is to slow down (the source's `limited`): it
// is to be asked again later.
[[nodiscard]] bool says_slow_down(const Source& source, int status, std::string_view decoded_body);

// What an answer leads to.
struct Following {
  std::vector<PageRequest> requests;  // next page first, then steps, then links
  std::size_t capped = 0;             // requests not made because a cap was reached
  std::string capped_by;  // which, for people: "max_pages" of a chain, "max_requests" of
                          // one answer; "" none. The first that was reached, of several
  bool repeats = false;   // the chain goes on, but shows the same pages again and again: its next
                          // is not asked for

  friend bool operator==(const Following&, const Following&) = default;
};

// The requests that follow from the answer to `request`. A chain of pages ends when the source
// says so, when the list is empty, when the cursor or the URL repeats, or what is shown, when a
// list that is newest first has come to posts from before the watch's `since`, or at the cap; links
// stay within the entry's host and the watch's `path`. Pages of a site's own, its feeds among them,
// are `standing`: they have an address, and are asked again when they have rested.
[[nodiscard]] Following follow(const Source& source, const Watch& watch, const PageRequest& request,
                               const extract::Extraction& extraction);

// Whether a redirect may take a request there. What pages, feeds and sitemaps led to stays on the
// site that it was asked of and below the watch's `path` (a sitemap: on the site); what a person or
// a service's description wrote down may lead anywhere.
[[nodiscard]] bool may_lead_to(const Source& source, const Watch& watch, const PageRequest& request,
                               std::string_view url);

// Whether a request asks for a sitemap, which is larger than pages are.
[[nodiscard]] bool asks_for_sitemap(const PageRequest& request);
inline constexpr std::size_t max_sitemap_bytes = 50 * 1024 * 1024;  // sitemaps.org

// Whether a list that another list led to (a topic's posts, a video's comments) ends in the answer
// to `request`: the source's paging asks for no further page. So of a list that the source says is
// whole, wherever it stands; of a search that says nothing: it may look back a week, or show its
// first thousand.
[[nodiscard]] bool ends_list(const Source& source, const Watch& watch, const PageRequest& request,
                             const extract::Extraction& extraction);

// Requests for the sitemaps that a site's robots.txt names: those on the host of `entry`, on a
// subdomain of it (less its "www."), or on the domain that it is a subdomain of. One that plan()
// has asked already is among them. None where the source does not look for sitemaps.
[[nodiscard]] std::vector<PageRequest> sitemap_requests(const Source& source,
                                                        const PageRequest& entry,
                                                        std::span<const std::string> urls);
inline constexpr std::size_t max_named_sitemaps = 100;  // large sites name a few dozen

}  // namespace testigo::sources
