#pragma once

#include "sources/checked_toml.h"
#include "sources/source.h"

namespace testigo::sources {

// The [[step]] tables of a source, added to its steps; the answers that a step's requests come from
// yield its variables. What is wrong is noted in `toml`.
void read_chain(CheckedToml& toml, const formats::TomlValue& steps, Source& source);

}  // namespace testigo::sources
