#pragma once

#include <string_view>

#include "extract/spec.h"
#include "sources/checked_toml.h"

namespace testigo::sources {

// One [items] table of a source. What is wrong is noted in `toml`.
[[nodiscard]] extract::ItemSpec read_item_table(CheckedToml& toml, extract::Format format,
                                                const formats::TomlValue& table);

// Notes selectors that cannot work: XPaths that do not compile, lists that are no JSON Pointers.
void check_selectors(CheckedToml& toml, extract::Format format, const extract::Selector& selectors,
                     const formats::TomlValue& at, std::string_view key);

}  // namespace testigo::sources
