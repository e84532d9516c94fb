#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// One record of a WARC (ISO 28500) or ARC file, whole.
struct WarcRecord {
  std::uint64_t offset = 0;    // in the file: of its gzip member, or of its first byte if plain
  std::uint64_t length = 0;    // in the file, until the next record (or member) begins
  std::size_t within = 0;      // which record of its member: 0 but in files that are gzipped whole
  std::vector<Header> fields;  // WARC-Type, WARC-Target-URI, … in file order
  std::string block;           // exactly Content-Length bytes

  // Empty where the field is absent. An ARC record is given the fields that a WARC would have.
  [[nodiscard]] std::string_view field(std::string_view name) const;
  [[nodiscard]] std::string_view type() const { return field("WARC-Type"); }
  // Without the angle brackets that some writers put around it.
  [[nodiscard]] std::string_view target_uri() const;
  [[nodiscard]] std::optional<UtcTime> date() const;
};

// The HTTP message in the block of a request, response or revisit record.
struct HttpMessage {
  std::string start_line;
  std::string method;   // of a request
  std::string target;   // of a request
  int status = 0;       // of a response
  std::string reason;   // of a response: "Not Found"
  std::string version;  // "1.1", "2"
  std::vector<Header> headers;
  std::string body;  // as it stands in the block
};
// Errc::malformed if the block is no HTTP message.
[[nodiscard]] Result<HttpMessage> parse_http_message(std::string_view block);

// RFC 9112 §7.1: the body without its chunk framing. Other tools archive it with; where the framing
// is announced but absent or broken, the body is returned as it is.
[[nodiscard]] std::string without_chunks(std::string_view body);

// The page that a response (or resource, or revisit) record holds: body_as_sent is filled, `body`
// is not (fetch::decode_page). Errc::malformed.
[[nodiscard]] Result<Page> page_of(const WarcRecord& record);

}  // namespace testigo::archive
