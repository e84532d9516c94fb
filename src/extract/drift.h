#pragma once

#include <string>
#include <string_view>

#include "extract/extract.h"

namespace testigo::extract {

// Notes that the source no longer has the shape that its description states. A page's first
// max_drift_messages are kept, then one that says that there are more.
void add_drift(Extraction& extraction, std::string_view what);

inline constexpr std::size_t max_drift_messages = 20;  // the hundredth tells no more than the tenth

}  // namespace testigo::extract
