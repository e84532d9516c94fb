#pragma once

#include <optional>
#include <string>

#include "extract/extract.h"

namespace testigo::extract {

// A post that the answer names as one that is no more; without an id it cannot be known again.
void add_departed(Extraction& extraction, std::optional<std::string> external_id);

// What the answer shows after all (another of its lists has it) has not departed.
void drop_shown(Extraction& extraction);

}  // namespace testigo::extract
