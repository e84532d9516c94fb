#pragma once

#include <cstdint>
#include <string>

#include "archive/file.h"
#include "core/result.h"

namespace testigo::archive {

// What recovery did to a file.
struct Recovery {
  std::uint64_t kept_bytes = 0;  // where the next record goes
  std::uint64_t cut_bytes = 0;      // of an unfinished or broken end
  std::uint64_t damaged_bytes = 0;  // with sound members behind them: left as they are
};

// Walks the members of a file of ours and cuts it after the last whole one. What is damaged before
// that is no torn end but a fault of the disk, say, and stays for `evidence verify` to tell. Members
// near the end, which a power cut could have left without their bytes, are inflated and checked;
// earlier ones were synced long ago and are only stepped over. The file must be locked. Errc::io.
[[nodiscard]] Result<Recovery> cut_torn_tail(File& file);

}  // namespace testigo::archive
