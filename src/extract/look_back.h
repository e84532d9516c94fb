#pragma once

#include <optional>

#include "core/time.h"
#include "extract/extract.h"

namespace testigo::extract {

// posted_at of the oldest post of a page whose dated posts, three or more, go back in time: so far
// it looks back (or what Extraction::oldest says), also where it goes on from a page before it.
// Nothing where they are in another order, as in a thread, or where they are too few to tell.
[[nodiscard]] std::optional<UtcTime> looks_back_to(const Extraction& extraction);

}  // namespace testigo::extract
