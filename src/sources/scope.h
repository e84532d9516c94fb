#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/plan.h"

namespace testigo::sources {

// Which links of a page belong to a watch: one origin, and below one of its paths if it has any.
struct Scope {
  std::string origin;
  std::vector<std::string> paths;  // "/reviews/"; empty is everything
};

[[nodiscard]] Scope scope_of(const Watch& watch, std::string_view url);

// Also false for addresses that name a picture, a script, an archive: no page with reviews.
[[nodiscard]] bool is_within(const Scope& scope, std::string_view url);

// For feeds: whatever the address ends in, and on any host of the site; `path` counts on the
// entry's own host alone, and with it no other host is in.
[[nodiscard]] bool offers_within(const Scope& scope, std::string_view url);

// For redirects: on any host of the site, below one of the paths.
[[nodiscard]] bool leads_within(const Scope& scope, std::string_view url);

// Whether two hosts are one site's, as far as names alone tell: equal but for "www.", or one a
// subdomain of the other.
[[nodiscard]] bool is_same_site(std::string_view url, std::string_view other);

[[nodiscard]] bool is_same_origin(std::string_view a, std::string_view b);

}  // namespace testigo::sources
