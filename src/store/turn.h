#pragma once

#include <chrono>

#include "store/store.h"

namespace testigo::store {

// Whether the store could be written within that time: no other program is in the middle of a
// write. Writes nothing, and says nothing of the moment after.
[[nodiscard]] bool is_free_within(Store& store, std::chrono::milliseconds patience);

}  // namespace testigo::store
