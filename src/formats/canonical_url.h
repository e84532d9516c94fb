#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

// URL parameters that say where a visitor came from and nothing about the document.
// Read from rules/shared/tracking/*.tsv: `parameter  provider  provenance`. A parameter may end in
// `*` (any continuation), and be one with a value ("source=rss*"); the provider is `*`, a domain
// that the host equals or ends in, or `amazon.*` for that name under any top-level domain.
class TrackingParameters {
 public:
  // Adds the rows of one table. Errc::malformed with "file:line:1".
  [[nodiscard]] Result<void> add(std::string_view file, std::string_view tsv);

  // Whether a parameter of that name and value (decoded) is dropped on that host; both compare
  // without case.
  [[nodiscard]] bool drops(std::string_view host, std::string_view parameter,
                           std::string_view value = {}) const;

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Names {
    std::unordered_set<std::string> exact;
    std::vector<std::string> prefixes;
    [[nodiscard]] bool has(const std::string& name) const;
  };
  std::unordered_map<std::string, Names> by_provider_;  // "*" for any host
  std::size_t size_ = 0;
};

// The form of a URL used for identity: two URLs of one document become equal, as far as that can be
// said without asking. The policy:
//   - the WHATWG form first: case of scheme and host, IDNA, default port, dot segments, spaces
//   - user and password are dropped, and so is the fragment, but for one that begins with "!"
//   - percent-encoding: what need not be encoded is decoded (unreserved characters), hexadecimal
//     digits are upper-case, what is beyond ASCII and a lone "%" is encoded
//   - empty path segments ("//") become one slash; an empty path is "/"
//   - the query is sorted by name, parameters of one name keeping their order; "a=" is "a";
//     parameters of `tracking`, those without a name and empty "&&" are dropped, and the "?" with
//     the last of them
//   - scheme, "www.", trailing slash and index.html are left alone: they can be different documents
// These are crawler-commons' rules, but for the credentials. Canonicalising twice changes nothing.
// Errors: malformed (not a URL, or not http or https).
[[nodiscard]] Result<std::string> canonical_url(std::string_view url,
                                                const TrackingParameters& tracking);
// The same for a link relative to `base`.
[[nodiscard]] Result<std::string> canonical_url(std::string_view url, std::string_view base,
                                                const TrackingParameters& tracking);

// The same with its fragment, less tracking parameters in that ("#xtor=RSS-1"): of a link that a
// source declares a post's own. What it names is a place on a page.
[[nodiscard]] Result<std::string> canonical_permalink(std::string_view url,
                                                      const TrackingParameters& tracking);

// The URL as it is in its WHATWG form, less its tracking parameters: for showing and following.
[[nodiscard]] Result<std::string> strip_tracking(std::string_view url,
                                                 const TrackingParameters& tracking);

// The same, less the parameters of one name, which is compared decoded and with its case. Errors:
// malformed (not a URL).
[[nodiscard]] Result<std::string> strip_parameter(std::string_view url, std::string_view name);

}  // namespace testigo::formats
