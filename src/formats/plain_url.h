#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "formats/url.h"

namespace testigo::formats {

// Nearly all links of nearly all pages are written as the URL standard would serialise them. These
// tell so at a glance; what they say no to, parse_url decides.

// The length of "https://shop.example:8443" at the beginning of an http or https address that needs
// no change up to there: lower case, no user, no default port, a host that is no number and no IDN.
// 0 where that is not so.
[[nodiscard]] std::size_t plain_origin_length(std::string_view url);

// Whether a path is such that neither the standard's parser nor canonical_url would change it:
// it begins with "/", has no "//", no dot segment, no escape and no odd character.
[[nodiscard]] bool is_plain_path(std::string_view path);

// The same for a path with or without a query, as far as the standard's parser goes.
[[nodiscard]] bool is_plain_reference(std::string_view path_and_query);

// Makes the absolute http and https addresses of a document's links. Reads the base once.
class LinkBase {
 public:
  // A base that is no URL leaves absolute references alone to be resolved.
  explicit LinkBase(std::string_view base);

  // The address; nothing where it is not http or https, or no URL. Nor for an empty reference: that
  // would be the document itself.
  [[nodiscard]] std::optional<std::string> resolve(std::string_view reference) const;

 private:
  Result<Url> base_;
  std::string origin_;  // of a web base; else empty
};

}  // namespace testigo::formats
