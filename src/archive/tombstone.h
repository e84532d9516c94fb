#pragma once

#include <cstdint>
#include <span>
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

// Overwrites the records of one file that begin at these offsets, and the request records right
// behind them, by gzip members of the same length that say when and why they were erased. Offsets
// of all other records stay valid, the file's index no longer lists these, and the bytes are gone
// from the file once this returns. An erased record stays erased. Errc::not_found if there is no
// record, unsupported if it is not a gzip member of its own, busy if a crawl is writing to the
// file; what was overwritten until then stays so.
[[nodiscard]] Result<void> erase_records(const std::string& path,
                                         std::span<const std::uint64_t> offsets,
                                         std::string_view reason, UtcTime now);
// The same of one record in a folder.
[[nodiscard]] Result<void> erase_record(const std::string& folder, const EvidenceRef& evidence,
                                        std::string_view reason, UtcTime now);

}  // namespace testigo::archive
