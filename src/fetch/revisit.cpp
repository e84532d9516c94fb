#include "fetch/revisit.h"

#include <algorithm>

namespace testigo::fetch {

Millis next_interval(std::optional<Millis> previous, bool changed, Millis floor, Millis ceiling) {
  floor = std::max(floor, Millis(0));
  ceiling = std::max(ceiling, floor);
  if (!previous) return floor;
  const Millis last = std::clamp(*previous, floor, ceiling);  // also keeps the sum below in range
  const Millis wanted = changed ? last / 2 : last + last / 2;
  return std::clamp(wanted, floor, ceiling);
}

}  // namespace testigo::fetch
