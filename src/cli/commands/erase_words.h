#pragma once

#include <optional>

#include "app/erase.h"
#include "cli/context.h"

namespace testigo::cli {

// What erase and retain have in common.

// Overwrites and compacts what an earlier run did not come to, and says so on `err`.
[[nodiscard]] Result<void> finish_earlier(Context& context, const app::EraseTools& tools);

// How far the archive is read, on `err` of a terminal; nothing elsewhere.
[[nodiscard]] std::function<void(std::uint64_t, std::uint64_t)> archive_progress(
    const Context& context);

// Says on `err` what was left or should be known; "done in part" where something was left or
// the database file was not written anew.
[[nodiscard]] ExitCode tell_rest(Context& context, const std::vector<std::string>& notes,
                                 const std::vector<Error>& left,
                                 const std::optional<Error>& unwritten);

// Copies of the store that testigo made itself, which hold what is erased: "<store>.v3.bak".
[[nodiscard]] std::vector<std::string> old_copies(const std::string& store_path);

// "file:offset" of each.
[[nodiscard]] std::vector<std::string> evidence_ids(
    const std::vector<store::ArchiveRecord>& records);

}  // namespace testigo::cli
