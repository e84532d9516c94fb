#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"

namespace testigo::archive {

// A record's head: all that stands before its block.
struct RecordHead {
  std::vector<Header> fields;
  std::size_t bytes = 0;          // of the head, the empty line included
  std::uint64_t block_bytes = 0;  // Content-Length
};

// The head that `bytes` begin with: of a WARC record ("WARC/1.1…"), or of an ARC 1 or 2 record (one
// line ending in a length), which is given the fields of a WARC record that says the same.
// Errc::malformed: what is wrong with it; not_found: it does not end within `bytes`.
[[nodiscard]] Result<RecordHead> parse_record_head(std::string_view bytes);

// How many bytes of line ends come first: they separate records and count for nothing.
[[nodiscard]] std::size_t line_ends(std::string_view bytes);

}  // namespace testigo::archive
