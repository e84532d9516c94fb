#pragma once

#include <vector>

#include "app/configuration.h"
#include "formats/toml.h"

namespace testigo::app {

// The [brand.…] sections with their watches, in the file's order; then competitors that have no
// section of their own. The first thing that is wrong is the error, with its line and mend.
[[nodiscard]] Result<std::vector<BrandSettings>> read_brands(const formats::TomlDocument& document,
                                                             const formats::TomlValue& brands);

}  // namespace testigo::app
