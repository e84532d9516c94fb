#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::formats {

// A URL record of the WHATWG URL standard (url.spec.whatwg.org). Percent-encoding is kept as
// written but for what the standard encodes; hosts are ASCII (UTS 46), lower-case.
struct Url {
  std::string scheme;  // without ":"
  std::string username;
  std::string password;
  std::optional<std::string> host;    // "example.com", "127.0.0.1", "[::1]"; none in "mailto:x"
  std::optional<std::uint16_t> port;  // none where it is the scheme's default
  std::string path;                   // with its leading slash, or opaque
  bool opaque_path = false;           // "mailto:…", "data:…": path is not hierarchical
  std::optional<std::string> query;   // without "?"
  std::optional<std::string> fragment;

  // The serialised URL.
  [[nodiscard]] std::string href() const;
  // "https://example.com:8443"; the port only where it is not the default.
  [[nodiscard]] std::string origin() const;
  // "/path?query", what a request line and robots rules see.
  [[nodiscard]] std::string path_and_query() const;
  // http or https.
  [[nodiscard]] bool is_web() const { return scheme == "http" || scheme == "https"; }
  // The port, given or by default (80, 443); none for schemes without one.
  [[nodiscard]] std::optional<std::uint16_t> effective_port() const;

  friend bool operator==(const Url&, const Url&) = default;
};

// The basic URL parser, with a base for relative references. Errc::malformed where the standard
// says failure; limit_exceeded beyond max_url_bytes.
[[nodiscard]] Result<Url> parse_url(std::string_view text);
[[nodiscard]] Result<Url> parse_url(std::string_view text, const Url& base);

// parse_url with both as text: the absolute form of a link as found on a page.
[[nodiscard]] Result<std::string> resolve_url(std::string_view reference, std::string_view base);

// Browsers stop near 2 MB; nothing we would ask for is longer than a few KiB.
inline constexpr std::size_t max_url_bytes = 64u << 10;

// Bytes as in a component: every %XX decoded, the rest as it is. '+' stays '+'.
[[nodiscard]] std::string percent_decode(std::string_view text);
// Everything but RFC 3986's unreserved characters as %XX: for values put into URL templates.
[[nodiscard]] std::string percent_encode(std::string_view bytes);

}  // namespace testigo::formats
