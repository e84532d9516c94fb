#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extract/thing.h"

namespace testigo::extract {

struct LdThings {
  Things things;
  std::optional<std::string> unread;  // why a block that is beyond the reader's bounds was skipped
  bool broken = false;  // a block that names reviews or other posts is broken beyond mending, or
                        // ends before the first of them does
};

// The things in a page's JSON-LD scripts: graphs, arrays, nested things, references by @id. Each
// block is read by itself; what is broken in the ways that pages break it (raw line ends in
// strings, comments, CDATA marks, trailing commas) is mended, what cannot be is skipped, and told.
[[nodiscard]] LdThings things_of_json_ld(std::span<const std::string> blocks);

// A block's text with those faults mended; not valid JSON for certain.
[[nodiscard]] std::string mend_json(std::string_view text);

}  // namespace testigo::extract
