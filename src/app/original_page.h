#pragma once

#include <cstddef>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"
#include "extract/spec.h"

namespace testigo::app {

// A page as it was when and where it was taken.
struct OriginalPage {
  Page page;           // its own address, body decoded
  UtcTime taken_at{};  // what "3 days ago" in it is relative to
};

// What an answer of an archive holds: the page of the one WARC record that it is (format warc), or
// the copy that it is (an address of its own in the spec; the time in Memento-Datetime, RFC 7089).
// Any other answer is itself, as fetched. Errc::malformed for what is no such record,
// Errc::limit_exceeded for one beyond `max_bytes`.
[[nodiscard]] Result<OriginalPage> original_page(Page decoded, const extract::ExtractorSpec& spec,
                                                 std::size_t max_bytes);

}  // namespace testigo::app
