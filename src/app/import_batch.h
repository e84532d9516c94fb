#pragma once

#include <cstddef>

namespace testigo::app {

// An import writes rows in one record of the archive and one transaction of the store, up to the
// first of these.
inline constexpr std::size_t rows_per_import_batch = 2000;
inline constexpr std::size_t bytes_per_import_batch = 4 * 1024 * 1024;

}  // namespace testigo::app
