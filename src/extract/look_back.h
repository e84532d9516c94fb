#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/time.h"
#include "extract/extract.h"

namespace testigo::extract {

// posted_at of the oldest post of a page whose dated posts, three or more, go back in time: so far
// it looks back (or what Extraction::oldest says), also where it goes on from a page before it.
// Nothing where they are in another order, as in a thread, or where they are too few to tell.
[[nodiscard]] std::optional<UtcTime> looks_back_to(const Extraction& extraction);

// The posts of one of the answer's lists, in its order.
struct Stretch {
  std::size_t posts = 0;
  std::size_t dated = 0;
  std::optional<UtcTime> first, last;  // of the dated
  bool falls = true;                   // never forward in time from one to the next

  friend bool operator==(const Stretch&, const Stretch&) = default;
};
// One for each list; of an answer that does not tell several apart, one of all.
[[nodiscard]] std::vector<Stretch> stretches_of(const Extraction& extraction);

}  // namespace testigo::extract
