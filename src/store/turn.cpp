#include "store/turn.h"

#include <sqlite3.h>

#include "store/connection.h"

namespace testigo::store {

bool is_free_within(Store& store, std::chrono::milliseconds patience) {
  sqlite3* db = store.connection().handle();
  sqlite3_busy_timeout(db, static_cast<int>(patience.count()));
  const int code = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_busy_timeout(db, static_cast<int>(OpenOptions().busy_timeout.count()));
  return (code & 0xff) != SQLITE_BUSY;
}

}  // namespace testigo::store
