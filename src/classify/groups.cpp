#include "classify/groups.h"

#include <numeric>

namespace testigo::classify {

Groups::Groups(std::span<const Entry> entries, std::size_t groups)
    : begins_(groups + 1, 0), numbers_(entries.size()) {
  for (const Entry& entry : entries) ++begins_[entry.group];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  // Each begin is its group's end now, and goes down to the begin again.
  for (std::size_t i = entries.size(); i-- > 0;)
    numbers_[--begins_[entries[i].group]] = entries[i].number;
}

}  // namespace testigo::classify
