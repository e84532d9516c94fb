#pragma once

#include <string_view>

#include "extract/spec.h"
#include "sources/checked_toml.h"

namespace testigo::sources {

// One [items] table of a source. What is wrong is noted in `toml`.
[[nodiscard]] extract::ItemSpec read_item_table(CheckedToml& toml, extract::Format format,
                                                const formats::TomlValue& table);

}  // namespace testigo::sources
