#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.h"

namespace testigo::sources {

// What is wrong with the values that a watch gives to one of a source's parameters, and the mend:
// an address that cannot be asked, a `path` that no address begins with, a `depth` that is none.
// Nothing where they are good, as far as they alone tell. Never repeats a password.
[[nodiscard]] std::optional<std::string> value_fault(const Source& source, const std::string& name,
                                                     const std::vector<std::string>& values);

// How many links away from its entry a watch goes, from 0 to 20; nothing where the text is no such
// number.
[[nodiscard]] std::optional<int> parse_depth(std::string_view text);

}  // namespace testigo::sources
