#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

// URL parameters that say where a visitor came from and nothing about the document.
// Read from rules/shared/tracking/*.tsv: `parameter  provider  provenance`. A parameter may end in
// `*` (any continuation); the provider is `*` or a domain that the host equals or ends in.
class TrackingParameters {
 public:
  // Adds the rows of one table. Errc::malformed with "file:line:1".
  [[nodiscard]] Result<void> add(std::string_view file, std::string_view tsv);

  // Whether a parameter of that name (decoded) is dropped on that host; names compare without case.
  [[nodiscard]] bool drops(std::string_view host, std::string_view parameter) const;

  [[nodiscard]] std::size_t size() const { return exact_.size() + prefixes_.size(); }

 private:
  struct Prefix {
    std::string parameter;
    std::string provider;
  };
  std::unordered_set<std::string> exact_;  // "provider\tparameter"
  std::vector<Prefix> prefixes_;
};

// The form of a URL used for identity: two URLs of one document become equal, as far as that can be
// said without asking. The policy:
//   - the WHATWG form first: case of scheme and host, IDNA, default port, dot segments, spaces
//   - user and password are dropped, and so is the fragment, but for one that begins with "!"
//   - percent-encoding: what need not be encoded is decoded (unreserved characters), hexadecimal
//     digits are upper-case, a character beyond ASCII is encoded
//   - empty path segments ("//") become one slash; an empty path is "/"
//   - the query keeps its order; parameters of `tracking`, session ids and empty "&&" are dropped,
//     and the "?" with the last of them
//   - scheme, "www.", trailing slash and index.html are left alone: they can be different documents
// Canonicalising twice changes nothing. Errors: malformed (not a URL, or not http or https).
[[nodiscard]] Result<std::string> canonical_url(std::string_view url,
                                                const TrackingParameters& tracking);
// The same for a link relative to `base`.
[[nodiscard]] Result<std::string> canonical_url(std::string_view url, std::string_view base,
                                                const TrackingParameters& tracking);

}  // namespace testigo::formats
