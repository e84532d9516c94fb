#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo {

// One HTTP header field; names compare without case (RFC 9110 §5.1).
struct Header {
  std::string name;
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

// The first value of a header by name, whatever its case; empty if there is none.
[[nodiscard]] std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                                          std::string_view name);

// What to ask for. `url` may hold secrets; `archive_url` is the same with REDACTED in their place
// and is what identity, logs, errors and WARC see.
struct PageRequest {
  SourceId source;
  std::string watch;  // key of the watch that asks, "acme/appstore/284882215"
  std::string step;   // which [[step]] of the source reads the answer, and its variables, as
                      // sources/plan.h writes them: "" the first, "comments?id=42&page=3".
                      // A name with a dot before it tells how one came here (".n=2"): with
                      // another value it is the same request
  std::string method = "GET";
  std::string url;          // absolute, http or https
  std::string archive_url;  // equal to url unless it carries a secret
  std::vector<Header> headers;
  std::string body;
  int depth = 0;          // links away from the entry request
  bool entry = false;     // a failure of this one makes the run partial (exit 5)
  bool standing = false;  // a page with an address of its own, asked again in later passes as its
                          // rhythm asks; others only when an answer leads to them again

  friend bool operator==(const PageRequest&, const PageRequest&) = default;
};

// Where an answer's bytes lie: a WARC record.
struct EvidenceRef {
  std::string file;            // name within the archive folder
  std::uint64_t offset = 0;    // of the record's gzip member
  std::uint64_t length = 0;    // of that member, compressed
  std::string payload_digest;  // "sha256:…" over the body as sent

  friend bool operator==(const EvidenceRef&, const EvidenceRef&) = default;
};

// An answer: bytes fetched with their headers and time.
struct Page {
  std::string url;  // after redirects, without secrets
  int status = 0;
  std::string http_version;  // "1.1", "2"
  std::string reason;        // "Not Found": the status line's words; HTTP/2 has none
  std::vector<Header> headers;
  std::string body_as_sent;  // Transfer-Encoding removed, Content-Encoding kept
  std::string body;          // decoded, bounded
  bool cut_short = false;    // body_as_sent is only the beginning: no more was wanted
  std::string remote_address;
  UtcTime fetched_at{};
  std::chrono::milliseconds took{0};
};

// The ways in which asking can end. A robots refusal and a 304 are answers, not errors.
enum class FetchStatus : std::uint8_t {
  fetched,       // 2xx with a body
  not_modified,  // 304
  gone,          // 404, 410
  refused,       // 401, 403, 451, or a wall against robots
  disallowed,    // by robots.txt: nothing was asked
  retry_later,   // 429, 5xx, time-outs, resets: worth another attempt
  failed,        // anything else: not worth another attempt
};
[[nodiscard]] std::string_view to_string(FetchStatus status);

}  // namespace testigo
