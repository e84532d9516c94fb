#pragma once

#include "sources/checked_toml.h"
#include "sources/source.h"

namespace testigo::sources {

// Whether a source that was read can work: notes in `toml` variables that come from nowhere,
// answers of which nothing is taken, posts without words, a secret that a watch could send
// anywhere.
void check_source(CheckedToml& toml, const Source& source);

}  // namespace testigo::sources
