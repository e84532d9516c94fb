#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_range.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// The field of a record of which parts are erased; its value says when the last ones were.
inline constexpr std::string_view blanked_field = "Testigo-Blanked";

struct RecordParts {
  std::uint64_t offset = 0;      // of the record in its file
  std::vector<ByteRange> parts;  // of its block
};

// Overwrites parts of the blocks of metadata records by spaces, line feeds apart: the records keep
// their places, ids and lengths, their other bytes stay where they were, and their digests are made
// again. The target, which may name what is erased, goes, and the file's index no longer lists
// them. Returns the blocks' new digests ("sha256:…"), in the order of `records`; none where the
// record cannot be kept so (it is of another kind, or its rest does not fit into its place): it is
// unchanged, and to be erased whole. Killed at any point, the same call goes on. Errors as those of
// erase_records.
[[nodiscard]] Result<std::vector<std::optional<std::string>>> blank_parts(
    const std::string& path, std::span<const RecordParts> records, UtcTime now);

}  // namespace testigo::archive
