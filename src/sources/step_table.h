#pragma once

#include <string>

#include "core/ids.h"
#include "formats/toml.h"
#include "sources/checked_toml.h"
#include "sources/source.h"

namespace testigo::sources {

// What a source's root and each of its [[step]] tables have alike: format, [request], [paging],
// [items]. What is wrong is noted in `toml`.
[[nodiscard]] Step read_step_table(CheckedToml& toml, const formats::TomlValue& table,
                                   const SourceId& id, std::string language);

}  // namespace testigo::sources
