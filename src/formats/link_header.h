#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::formats {

// One link of a Link header field (RFC 8288 §3): what an answer says of its relations to others.
struct WebLink {
  std::string target;             // as written: the caller resolves it against the answer's URL
  std::vector<std::string> rels;  // relation types, lower-case, as many as `rel` names
  std::string type;               // media type that is hinted at, lower-case; or empty
  std::string title;              // from title* (RFC 8187, UTF-8 only) before title
  std::string anchor;             // not empty: the link is about that URL, not about the answer's

  [[nodiscard]] bool has_rel(std::string_view lower_case_rel) const;
  friend bool operator==(const WebLink&, const WebLink&) = default;
};

// The links of one field value, by the algorithm of RFC 8288 appendix B.2. What is malformed is
// left out and the rest is read; at most 256 links. Only the first `rel` of a link counts (§3.3).
[[nodiscard]] std::vector<WebLink> parse_link_header(std::string_view value);

// Those of all Link headers of an answer, in order.
[[nodiscard]] std::vector<WebLink> web_links(const std::vector<Header>& headers);

}  // namespace testigo::formats
