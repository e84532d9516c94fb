#pragma once

#include <string>
#include <string_view>

#include "archive/warc_record.h"
#include "core/page.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// The field that marks a record which stands where an erased one stood; its value says when.
inline constexpr std::string_view erased_field = "Testigo-Erased";
[[nodiscard]] bool is_tombstone(const WarcRecord& record);

// Overwrites the record that `evidence` points at, and its request record right behind it, by gzip
// members of the same length that say when and why it was erased. Offsets of all other records stay
// valid, and the bytes are gone from the file once this returns. An erased record stays erased.
// Errc::not_found if there is no record, unsupported if it is not a gzip member of its own, busy if
// a crawl is writing to the file.
[[nodiscard]] Result<void> erase_record(const std::string& folder, const EvidenceRef& evidence,
                                        std::string_view reason, UtcTime now);

}  // namespace testigo::archive
