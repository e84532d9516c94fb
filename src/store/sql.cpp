#include "store/sql.h"

#include <sqlite3.h>
#include <vector>

#include "core/digest.h"
#include "store/connection.h"
#include "text/suggest.h"

namespace testigo::store {

namespace {

// SQLite counts its virtual machine's steps; the clock is looked at once per so many.
constexpr int steps_between_looks = 10'000;
// Longer statements are a mistake, and cost memory to parse.
constexpr std::size_t max_sql_bytes = 1 << 20;

// One value: between two looks at the clock SQLite may make one, which takes this memory. The
// longest text of a post has room many times over.
constexpr int max_value_bytes = 64 << 20;

// What a reader may do. Everything else (writes, ATTACH, PRAGMAs that change something) is denied.
int allow_reading(void*, int action, const char* first, const char* second, const char*,
                  const char*) noexcept {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return second && std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_UPDATE:
      // SQLite's own, while it declares a table-valued function (pragma_table_info). A statement
      // that writes is refused after it is prepared.
      return first && std::string_view(first) == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA: {
      // Without a value a pragma only tells; table_info and its kin take a name.
      const std::string_view name = first ? first : "";
      const bool tells = name == "table_info" || name == "table_xinfo" || name == "index_list" ||
                         name == "index_info" || name == "index_xinfo" || name == "table_list" ||
                         name == "foreign_key_list";
      const bool asks = second == nullptr && (name == "user_version" || name == "application_id" ||
                                              name == "page_count" || name == "page_size" ||
                                              name == "database_list" || name == "data_version");
      return tells || asks ? SQLITE_OK : SQLITE_DENY;
    }
    default:
      return SQLITE_DENY;
  }
}

struct Deadline {
  std::chrono::steady_clock::time_point at;
};
int past_deadline(void* deadline) noexcept {
  return std::chrono::steady_clock::now() > static_cast<const Deadline*>(deadline)->at ? 1 : 0;
}

// A guard is put on the connection for the time of one question, whatever way it ends.
class Guard {
 public:
  Guard(sqlite3* db, Deadline& deadline) : db_(db) {
    sqlite3_set_authorizer(db_, allow_reading, nullptr);
    sqlite3_progress_handler(db_, steps_between_looks, past_deadline, &deadline);
    value_bytes_ = sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, max_value_bytes);
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() {
    sqlite3_set_authorizer(db_, nullptr, nullptr);
    sqlite3_progress_handler(db_, 0, nullptr, nullptr);
    sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, value_bytes_);
  }

 private:
  sqlite3* db_;
  int value_bytes_ = 0;  // as it was
};

Cell read_cell(sqlite3_stmt* statement, int column) {
  const auto bytes = [&] {
    const void* data = sqlite3_column_blob(statement, column);
    const int size = sqlite3_column_bytes(statement, column);
    return std::string(static_cast<const char*>(data), static_cast<std::size_t>(data ? size : 0));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT:
      return bytes();
    case SQLITE_BLOB:
      return to_hex(bytes());
    default:
      return std::monostate();
  }
}

// Whether nothing but blanks, comments and semicolons stands there.
bool is_blank(Connection& c, std::string_view sql) {
  while (!sql.empty()) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v2(c.handle(), sql.data(), static_cast<int>(sql.size()), &raw, &tail);
    const StatementHandle statement(raw);
    if (code != SQLITE_OK || statement) return false;
    const auto read = static_cast<std::size_t>(tail - sql.data());
    if (read == 0) break;
    sql.remove_prefix(read);
  }
  return true;
}

// "; did you mean …" where a name that there is not resembles one that there is.
std::string nearest_table(Connection& c, std::string_view words) {
  constexpr std::string_view missing = "no such table: ";
  if (!words.starts_with(missing)) return {};
  std::string_view name = words.substr(missing.size());
  if (name.starts_with("main.")) name.remove_prefix(5);
  std::vector<std::string> names;
  Rows rows = c.query("SELECT name FROM sqlite_schema WHERE type IN ('view', 'table') ORDER BY 1");
  while (rows.step()) names.emplace_back(rows.text(0));
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto meant = text::did_you_mean(name, views);
  return meant ? "; did you mean \"" + std::string(*meant) + "\"?" : "";
}

Error explain(Connection& c, int code, const SqlLimits& limits) {
  const std::string words = sqlite3_errmsg(c.handle());
  // A function that the authorizer denies is an error like any other but for its words.
  const bool denied = words.starts_with("not authorized");
  switch (denied ? SQLITE_AUTH : code & 0xff) {
    case SQLITE_ERROR:
      return {Errc::malformed, words + nearest_table(c, words), "sql"};
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return {Errc::refused, "only questions are answered here (SELECT …): " + words, "sql"};
    case SQLITE_TOOBIG:
      return {Errc::limit_exceeded, "a value is longer than 64 MiB", "sql"};
    case SQLITE_INTERRUPT:
      return {Errc::timed_out,
              "stopped after " + std::to_string(limits.time.count()) +
                  " ms; narrow the question, or allow it more time",
              "sql"};
    default:
      return c.failure(code);
  }
}

Result<StatementHandle> prepare_one(Connection& c, std::string_view sql, const SqlLimits& limits) {
  if (sql.size() > max_sql_bytes) {
    return fail(Errc::limit_exceeded, "the statement is longer than 1 MiB", "sql");
  }
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code =
      sqlite3_prepare_v2(c.handle(), sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  StatementHandle statement(raw);
  if (code != SQLITE_OK) return fail(explain(c, code, limits));
  if (!statement) return fail(Errc::malformed, "there is no statement in it", "sql");
  if (!is_blank(c, sql.substr(static_cast<std::size_t>(tail - sql.data())))) {
    return fail(Errc::refused, "one statement at a time, please", "sql");
  }
  if (sqlite3_stmt_readonly(statement.get()) == 0) {
    return fail(Errc::refused, "only questions are answered here (SELECT …)", "sql");
  }
  return statement;
}

std::vector<std::string> column_names(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    names.emplace_back(sqlite3_column_name(statement, i));
  }
  return names;
}

}  // namespace

Result<void> run_sql(Store& store, std::string_view sql, const SqlLimits& limits,
                     const SqlSink& sink) {
  Connection& c = store.connection();
  Deadline deadline{std::chrono::steady_clock::now() + limits.time};
  const Guard guard(c.handle(), deadline);
  Result<StatementHandle> statement = prepare_one(c, sql, limits);
  if (!statement) return fail(std::move(statement).error());
  const std::vector<std::string> names = column_names(statement->get());
  std::vector<Cell> cells(names.size());
  for (std::size_t rows = 0; limits.rows == 0 || rows < limits.rows; ++rows) {
    const int code = sqlite3_step(statement->get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) return fail(explain(c, code, limits));
    // Only now it is an answer.
    if (rows == 0) sink.columns(names);
    if (code == SQLITE_DONE) return {};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = read_cell(statement->get(), static_cast<int>(i));
    }
    if (!sink.row(cells)) return {};
  }
  return {};
}

}  // namespace testigo::store
