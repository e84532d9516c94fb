#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "store/store.h"

namespace testigo::store {

class Connection;

// How far an import has come: kept in the transaction that stores its rows (Batch::mark), so that
// the next run of an import that was killed passes over just what is stored.
struct ImportMark {
  std::string key;        // of the file and of how it is read
  std::int64_t rows = 0;  // from its beginning
};

// How many rows of the import with that key are done; 0 where none was interrupted.
[[nodiscard]] Result<std::int64_t> imported_rows(Store& store, std::string_view key);

// The import is done: the next one of the same file reads it all.
[[nodiscard]] Result<void> forget_import(Store& store, std::string_view key);

// For transactions of others.
void mark_within(Connection& c, const ImportMark& mark);

}  // namespace testigo::store
