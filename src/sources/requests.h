#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/page.h"
#include "sources/plan.h"
#include "sources/source.h"

namespace testigo::sources {

// Making one request of a source's step: what plan() and follow() share.

using Variables = std::map<std::string, std::string>;

// The step of that name; null pointer where there is none.
[[nodiscard]] const Step* find_step(const Source& source, std::string_view name);

// The variables that make a chain's page number `index` (0 the first): {page}, {offset}, or the
// first {cursor}.
[[nodiscard]] Variables with_page(const Paging& paging, Variables variables, std::int64_t index);

// Without those that belong to one page of one chain.
[[nodiscard]] Variables without_page(Variables variables);

// Whether the request's templates use a variable.
[[nodiscard]] bool uses(const Step& step, std::string_view variable);

// How many pages of its chain came before a request with these variables, and the name of the
// variable that says so.
inline constexpr std::string_view chain_variable = ".n";
[[nodiscard]] std::int64_t chain_length(const Variables& variables);

// When the last pass began, in seconds since 1970 and as ISO 8601: of steps that ask for what is
// newer.
inline constexpr std::string_view since_unix_variable = "since_unix";
inline constexpr std::string_view since_iso_variable = "since_iso";

// As many elements' variables in one as the step asks for together: what is alike stands once, the
// rest in the elements' order with extract::joint between, which in a request is the step's own. Of
// equal elements the first counts.
[[nodiscard]] std::vector<Variables> together(const Step& step, std::vector<Variables> elements);

// Nothing where a variable of the URL has no value, or what comes out is no web address. A query
// parameter or header whose variable has none is left out.
[[nodiscard]] std::optional<PageRequest> request_of(const Source& source, const Watch& watch,
                                                    const Step& step, const Variables& variables);

// A request for a sitemap of the site at `site` ("https://shop.example"), on the site's own host or
// another; `like` is any request of the same watch.
[[nodiscard]] PageRequest sitemap_request(const PageRequest& like, std::string_view site,
                                          std::string url);

// The same for a feed, read by the step of that name.
[[nodiscard]] PageRequest feed_request(const PageRequest& like, std::string_view step,
                                       std::string_view site, std::string url);

// The origin of the site that a request is about: its own, or the one that led to it where it asks
// another host for a sitemap or feed.
[[nodiscard]] std::string site_of(const PageRequest& request);

}  // namespace testigo::sources
