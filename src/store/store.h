#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::store {

using RunId = Key<struct RunTag>;           // 1, 2, 3, …: one crawl, import or replay
using RequestKey = Key<struct RequestTag>;  // of a frontier request, see frontier.h

// The schema version that this build writes. A file of a newer one is refused.
[[nodiscard]] int schema_version();

struct OpenOptions {
  bool read_only = false;  // no migration, no write; the file must exist. Works on a medium that
                           // cannot be written, if no other program is writing to it
  bool create = true;      // make the file where there is none
  std::chrono::milliseconds busy_timeout{60'000};  // how long to wait for another writer
  // Once it is set, nobody waits for another writer longer than a second. Must outlive the store.
  const std::atomic<bool>* stop = nullptr;
};

class Connection;  // the SQLite handle and its prepared statements; connection.h

// One open database. Movable, not copyable, NOT thread-safe: each thread opens its own; SQLite's
// WAL lets any number read while one writes, and writers wait for each other up to busy_timeout.
//
// Errors of every function that takes a Store: busy (locked by another process for longer than the
// timeout, or when told to stop), limit_exceeded (disk full: the transaction was rolled back, the
// old state stands), io (read-only folder, unreadable), malformed (no SQLite database, or a damaged
// one), unsupported (a newer version's file). `what` says which and what to do.
class Store {
 public:
  // Opens, and brings the schema up to date in one transaction. A file that holds data is first
  // copied to "<path>.v<old version>.bak". ":memory:" opens a private database that is never saved.
  // Parent folders are not made.
  [[nodiscard]] static Result<Store> open(const std::string& path, OpenOptions options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] Connection& connection() { return *connection_; }

 private:
  explicit Store(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

// Copies the whole database, consistent even while others write, to a new file. Errc::io if
// `target` exists.
[[nodiscard]] Result<void> back_up(Store& store, const std::string& target);

// The pseudonym under which an author is stored: 16 hexadecimal digits of an HMAC under this
// database's own key (DESIGN §8). The same name in two sources is two pseudonyms.
[[nodiscard]] Result<std::string> pseudonym(Store& store, const SourceId& source,
                                            std::string_view author);

}  // namespace testigo::store
