#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::formats {

// Content-Encoding as servers stack it; more than three is an attack, not a page.
inline constexpr std::size_t max_stacked_encodings = 3;

// A decoder gives up where its output exceeds this many times its input plus a megabyte. DEFLATE's
// own bound is 1032:1 and only bombs come near it; repetitive HTML stays under 100:1.
inline constexpr std::size_t max_expansion_ratio = 300;

// `bytes` with the codings of a Content-Encoding header undone, last one first: gzip, x-gzip,
// deflate (zlib-wrapped or raw), br, zstd, identity; "" is identity. A truncated stream yields
// malformed. Errors: unsupported (another coding), malformed, limit_exceeded (more than
// `max_bytes` at any stage, the ratio, or too many codings).
[[nodiscard]] Result<std::string> decode_content(std::string_view content_encoding,
                                                 std::string_view bytes, std::size_t max_bytes);

// What a gzip file holds, up to where it breaks off.
struct GzipContent {
  std::string bytes;
  bool whole = true;  // neither cut short nor damaged
};

// Errors: malformed (nothing of it can be read), limit_exceeded (as decode_content).
[[nodiscard]] Result<GzipContent> inflate_to_break(std::string_view bytes, std::size_t max_bytes);

// One member of a gzip file (RFC 1952), and how long it was: WARC files are a row of these.
struct GzipMember {
  std::string bytes;
  std::size_t consumed = 0;  // compressed bytes, header and trailer included
};

// The member that `bytes` begin with. Errors: malformed (no gzip header, broken or truncated, wrong
// checksum), limit_exceeded. No ratio guard here: our own archive is trusted up to `max_bytes`.
[[nodiscard]] Result<GzipMember> inflate_member(std::string_view bytes, std::size_t max_bytes);

}  // namespace testigo::formats
