#pragma once

#include "sources/checked_toml.h"
#include "sources/source.h"

namespace testigo::sources {

// The table [auth] of a source. What is wrong in it is noted in `toml`.
[[nodiscard]] Auth read_auth_table(CheckedToml& toml, const formats::TomlValue& table);

}  // namespace testigo::sources
