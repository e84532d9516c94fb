#pragma once

#include <atomic>
#include <cassert>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "store/keyed_numbers.h"
#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace testigo::store {

struct CloseDatabase {
  void operator()(sqlite3* db) const noexcept;
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept;
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class Connection;
class FrontierMemory;
class LateSums;

// A literal: its address is the key of the statement cache, so only constants can be one.
struct Sql {
  const char* text;
  consteval Sql(const char* literal) : text(literal) {}  // NOLINT: implicit, to read well
};

// Bytes that are no text, to be bound as such.
struct Blob {
  std::string_view bytes;
};

// A statement being run, its values bound. Reads rows with `step`; the columns of a row live until
// the next step. Resets the cached statement when it goes.
class Rows {
 public:
  Rows(Connection& connection, sqlite3_stmt* statement);
  Rows(Rows&& other) noexcept;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  // Goes to the next row; false at the end, or after an error (see Connection).
  bool step();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  // also of a blob
  [[nodiscard]] int columns() const;

  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
  [[nodiscard]] std::optional<double> maybe_real(int column) const;
  [[nodiscard]] std::optional<std::string> maybe_text(int column) const;
  [[nodiscard]] UtcTime time(int column) const { return from_unix_ms(integer(column)); }
  [[nodiscard]] std::optional<UtcTime> maybe_time(int column) const;
  template <class Enum>
  [[nodiscard]] std::optional<Enum> maybe(int column) const {
    if (is_null(column)) return std::nullopt;
    return static_cast<Enum>(integer(column));
  }

 private:
  Connection& connection_;
  sqlite3_stmt* statement_;
};

// The one open handle with its prepared statements, kept for the connection's life.
//
// Errors stick: after the first, statements do nothing and yield no rows, so that a transaction is
// written as plain steps and asks once, at its end, whether all went well. Values read after an
// error are empty and go nowhere, for the transaction is rolled back. `clear_error` begins afresh.
class Connection {
 public:
  Connection(DatabaseHandle db, std::string path, const OpenOptions& options);
  ~Connection();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool ok() const { return !error_; }
  [[nodiscard]] const Error& error() const { return *error_; }
  void set_error(Error error);
  void clear_error() { error_.reset(); }

  // Binds values by position from 1 and gives the rows.
  template <class... Values>
  Rows query(Sql sql, const Values&... values) {
    return bind_all(cached(sql), values...);
  }
  // The same for SQL made at run time: prepared anew each time.
  using Value = std::variant<std::int64_t, double, std::string>;
  Rows query_text(const std::string& sql, const std::vector<Value>& values = {});
  // Runs a statement to its end.
  template <class... Values>
  void run(Sql sql, const Values&... values) {
    texts_outlive_the_step_ = true;
    Rows rows = query(sql, values...);
    texts_outlive_the_step_ = false;
    while (rows.step()) {
    }
  }
  // Runs several statements, separated by ";".
  void script(const std::string& sql);

  // The first column of the first row.
  template <class... Values>
  std::optional<std::int64_t> integer(Sql sql, const Values&... values) {
    Rows rows = query(sql, values...);
    return rows.step() ? rows.maybe_integer(0) : std::nullopt;
  }
  template <class... Values>
  std::optional<std::string> text(Sql sql, const Values&... values) {
    Rows rows = query(sql, values...);
    return rows.step() ? rows.maybe_text(0) : std::nullopt;
  }

  [[nodiscard]] std::int64_t last_insert_id() const;
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return db_.get(); }

  // Pages that went to the log before their transaction's end for want of room in the cache, since
  // this was asked last.
  int count_spilled();

  // Whether a write transaction could begin within that time.
  [[nodiscard]] bool is_free_within(std::chrono::milliseconds patience);

  // From now on moves the log into the database whenever it has grown by some batches, and waits a
  // moment for readers where it has become long.
  void bound_log();

  // Small numbers for names: rows of the tables source, brand, rules, label. Made where missing.
  std::int64_t source_id(const SourceId& source);
  std::int64_t brand_id(const BrandId& brand);
  std::int64_t rules_id(std::string_view hash);
  // Of what a reason speaks for: axis, value, rule and field together, of which `key` is made, with
  // the addresses of the names.
  std::int64_t label_id(const NumberKey& key, int axis, std::string_view value,
                        std::string_view rule, int field) {
    const std::int64_t known = labels_.find(key);
    return known != 0 ? known : add_label(key, axis, value, rule, field);
  }
  // What rules gave at one place: JSON rows [label, contribution]. `key` tells it from all other
  // such lists by the addresses of its names; `rows` makes the JSON, and is called only where the
  // key is not remembered.
  template <class MakeRows>
  std::int64_t firing_id(const NumberKey& key, MakeRows rows) {
    const std::int64_t known = firings_.find(key);
    return known != 0 ? known : add_firing(key, rows());
  }
  // The same for a list of firings that many verdicts share: JSON of their numbers.
  template <class MakeRows>
  std::int64_t shared_reasons_id(const NumberKey& key, MakeRows rows) {
    const std::int64_t known = shared_reasons_.find(key);
    return known != 0 ? known : add_shared_reasons(key, rows());
  }
  // To be called before these, with Verdict::names: what was remembered under names that another
  // owner kept is forgotten, and these are kept as long as they are remembered.
  void remember_names_of(const std::shared_ptr<const void>& owner) {
    if (!owner || owner == names_owner_) return;
    forget_reasons();
    names_owner_ = owner;
  }
  // What is remembered of the frontier, see frontier_memory.h. Within a Transaction only, which
  // stores what changed in it.
  FrontierMemory& frontier();
  // What the tables of sums lack, see late_sums.h. Within a Transaction only.
  LateSums& late_sums();
  // What a rolled-back transaction remembered is no longer true.
  void forget();

  // Of a failed call on this connection, for a person.
  [[nodiscard]] Error failure(int code) const;

 private:
  friend class Rows;
  friend class Transaction;
  // Looked up by a view, without making a string. Not noexcept: so the library keeps each hash
  // beside its key, and does not make it again for all keys that it passes.
  struct ViewHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Names = std::unordered_map<std::string, std::int64_t, ViewHash, std::equal_to<>>;

  sqlite3_stmt* cached(Sql sql);
  sqlite3_stmt* fresh(const std::string& sql);
  [[nodiscard]] StatementHandle prepare(std::string_view sql);
  void forget_names();
  void forget_reasons();
  std::int64_t add_label(const NumberKey& key, int axis, std::string_view value,
                         std::string_view rule, int field);
  static int on_busy(void* connection, int tries) noexcept;
  [[nodiscard]] bool gives_up(std::chrono::steady_clock::time_point now);
  static int on_commit(void* connection, sqlite3* db, const char* name, int pages) noexcept;
  std::int64_t add_firing(const NumberKey& key, std::string_view rows);
  std::int64_t add_shared_reasons(const NumberKey& key, std::string_view rows);
  std::int64_t name_id(Names& names, std::string_view name, Sql find, Sql add);
  std::int64_t row_id(std::string_view name, Sql find, Sql add);

  template <class... Values>
  Rows bind_all(sqlite3_stmt* statement, const Values&... values) {
    [[maybe_unused]] int position = 0;
    if (statement) (bind(statement, ++position, values), ...);
    return Rows(*this, statement);
  }

  void bind_null(sqlite3_stmt* statement, int position);
  void bind_integer(sqlite3_stmt* statement, int position, std::int64_t value);
  void bind_real(sqlite3_stmt* statement, int position, double value);
  void bind_text(sqlite3_stmt* statement, int position, std::string_view value);
  void bind_blob(sqlite3_stmt* statement, int position, Blob value);

  template <class T>
  void bind(sqlite3_stmt* statement, int position, const T& value) {
    if constexpr (std::is_same_v<T, std::nullopt_t>) {
      bind_null(statement, position);
    } else if constexpr (std::is_same_v<T, Blob>) {
      bind_blob(statement, position, value);
    } else if constexpr (std::is_same_v<T, UtcTime>) {
      bind_integer(statement, position, to_unix_ms(value));
    } else if constexpr (std::is_same_v<T, Day>) {
      bind_integer(statement, position, value.days.time_since_epoch().count());
    } else if constexpr (std::is_enum_v<T> || std::integral<T>) {
      bind_integer(statement, position, static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
      bind_real(statement, position, value);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      bind_text(statement, position, value);
    } else if constexpr (requires { value.has_value(); }) {
      if (value) {
        bind(statement, position, *value);
      } else {
        bind_null(statement, position);
      }
    } else {
      bind(statement, position, value.value);  // a Key or a Name
    }
  }

  DatabaseHandle db_;
  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  std::chrono::milliseconds patience_;  // the same, or less for a while
  std::chrono::steady_clock::time_point busy_since_;
  const std::atomic<bool>* stop_;
  std::optional<std::chrono::steady_clock::time_point> stop_seen_;  // in this wait
  bool gave_up_ = false;                                            // waiting, since told to stop
  std::unordered_map<const void*, StatementHandle> statements_;
  std::vector<StatementHandle> fresh_;
  std::optional<Error> error_;
  bool texts_outlive_the_step_ = false;  // so binding them needs no copy
  Names sources_, brands_, rules_;
  KeyedNumbers labels_, shared_reasons_, firings_;
  std::shared_ptr<const void> names_owner_;
  std::unique_ptr<FrontierMemory> frontier_;
  bool frontier_is_true_ = false;  // asked in this transaction
  std::unique_ptr<LateSums> late_sums_;
  bool late_sums_are_true_ = false;  // asked in this transaction
  int checkpoint_at_ = 0;            // pages in the log
};

// One write transaction, begun at once so that it never waits in its middle. Rolled back unless
// `commit` succeeds.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  // Makes it last; the first error otherwise.
  [[nodiscard]] Result<void> commit();
  template <class T>
  [[nodiscard]] Result<T> commit(T value) {
    if (Result<void> done = commit(); !done) return fail(std::move(done).error());
    return value;
  }

 private:
  Connection& connection_;
  bool committed_ = false;
};

// One consistent view of the database for several reading statements.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

  // The value that was read, or the first error.
  template <class T>
  [[nodiscard]] Result<T> result(T value) {
    if (!connection_.ok()) return fail(connection_.error());
    return value;
  }
  [[nodiscard]] Result<void> result();

 private:
  Connection& connection_;
};

}  // namespace testigo::store
