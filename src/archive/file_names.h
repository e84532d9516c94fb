#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// More files of one day than this is a mistake somewhere, not a crawl.
inline constexpr int max_files_a_day = 100'000;

// "testigo-20261125-00001.warc.gz".
[[nodiscard]] std::string archive_name(const std::string& prefix, Day day, int number);

// The greatest number among the day's files in a folder, or 0. Errc::io.
[[nodiscard]] Result<int> last_archive_number(const std::string& folder, const std::string& prefix,
                                              Day day);

// Names of our files but `current`, newest first, as many as could have been open when a machine
// went down.
[[nodiscard]] std::vector<std::string> other_archives(const std::string& folder,
                                                      const std::string& prefix,
                                                      const std::string& current);

}  // namespace testigo::archive
