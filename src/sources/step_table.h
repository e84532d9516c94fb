#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "formats/toml.h"
#include "sources/checked_toml.h"
#include "sources/source.h"

namespace testigo::sources {

// What a source's root and each of its [[step]] tables have alike: format, [request], [paging],
// [items]. Of what the table says nothing, `like` holds. What is wrong is noted in `toml`.
[[nodiscard]] Step read_step_table(CheckedToml& toml, const formats::TomlValue& table, Step like);

// Statuses, each with a word of the body or without: key = ["404", "403 commentsDisabled"].
[[nodiscard]] std::vector<MarkedStatus> read_marked_statuses(CheckedToml& toml,
                                                             const formats::TomlValue& table,
                                                             std::string_view key);

}  // namespace testigo::sources
