#pragma once

#include <string>
#include <string_view>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// Overwrites the record that `evidence` points at, and the request record beside it, by gzip
// members of the same length that say when and why it was erased. Offsets of all other records
// stay valid; the bytes are gone after the fsync that this function waits for. Errc::not_found if
// the record is not there, malformed if the offset is no record, busy if the file is being written.
[[nodiscard]] Result<void> erase_record(const std::string& folder, const EvidenceRef& evidence,
                                        std::string_view reason, UtcTime now);

}  // namespace testigo::archive
