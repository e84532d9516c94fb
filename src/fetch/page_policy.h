#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::fetch {

// What a page says about being kept. Beyond RFC 9309: the robots meta tag and X-Robots-Tag.
struct PagePolicy {
  bool noindex = false;
  bool noarchive = false;
  bool nofollow = false;

  // The page must not be stored; the coverage ledger calls it refused_by_page.
  [[nodiscard]] bool refuses_storage() const { return noindex || noarchive; }
  friend bool operator==(const PagePolicy&, const PagePolicy&) = default;
};

// From X-Robots-Tag headers: directives for everyone, and those addressed to `agent` ("testigo:
// noindex"). What is unavailable_after a time before `now` is noindex.
[[nodiscard]] PagePolicy policy_of_headers(const std::vector<Header>& headers,
                                           std::string_view agent, UtcTime now);

// From <meta name="robots"> and <meta name="AGENT"> in the first 64 KiB of a decoded HTML page; a
// byte scan, since the tree may never be built for a page that is not to be kept.
[[nodiscard]] PagePolicy policy_of_html(std::string_view html, std::string_view agent, UtcTime now);

// Both together. HTML is looked at only where Content-Type says so, or says nothing.
[[nodiscard]] PagePolicy page_policy(const Page& page, std::string_view agent);

}  // namespace testigo::fetch
