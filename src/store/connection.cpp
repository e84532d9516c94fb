#include "store/connection.h"

#include <sqlite3.h>
#include <thread>

#include "store/frontier_memory.h"
#include "store/late_sums.h"

namespace testigo::store {

namespace {
// Pages of the log, 64 MB: what is rewritten again and again goes into the file once for many
// batches.
constexpr int checkpoint_every = 16'000;
// From here on, readers that follow one another closely keep the log from being begun anew.
constexpr int long_log = 2 * checkpoint_every;
constexpr std::chrono::milliseconds reader_patience{50};
constexpr std::chrono::milliseconds between_looks{2};  // at a database that another writes
// Of one that was told to stop: longer than another testigo writes at a time.
constexpr std::chrono::milliseconds stopped_patience{1'000};
}  // namespace

void CloseDatabase::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
void FinalizeStatement::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Rows::Rows(Connection& connection, sqlite3_stmt* statement)
    : connection_(connection), statement_(statement) {}

Rows::Rows(Rows&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}

Rows::~Rows() {
  if (statement_) sqlite3_reset(statement_);
}

bool Rows::step() {
  if (!statement_ || !connection_.ok()) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.set_error(connection_.failure(code));
  return false;
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Rows::real(int column) const { return sqlite3_column_double(statement_, column); }
std::string_view Rows::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (!bytes) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}
int Rows::columns() const { return sqlite3_column_count(statement_); }

std::optional<std::int64_t> Rows::maybe_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}
std::optional<double> Rows::maybe_real(int column) const {
  return is_null(column) ? std::nullopt : std::optional(real(column));
}
std::optional<std::string> Rows::maybe_text(int column) const {
  return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
}
std::optional<UtcTime> Rows::maybe_time(int column) const {
  return is_null(column) ? std::nullopt : std::optional(time(column));
}

Connection::Connection(DatabaseHandle db, std::string path, const OpenOptions& options)
    : db_(std::move(db)),
      path_(std::move(path)),
      busy_timeout_(options.busy_timeout),
      patience_(options.busy_timeout),
      stop_(options.stop) {
  sqlite3_busy_handler(db_.get(), &Connection::on_busy, this);
}

// Between two transactions of a crawl at full speed lie a few milliseconds: who waits for its turn
// looks more often than by SQLite's own habit.
int Connection::on_busy(void* connection, int tries) noexcept {
  auto& self = *static_cast<Connection*>(connection);
  const auto now = std::chrono::steady_clock::now();
  if (tries == 0) {
    self.busy_since_ = now;
    self.stop_seen_.reset();
  }
  if (now - self.busy_since_ >= self.patience_ || self.gives_up(now)) return 0;
  std::this_thread::sleep_for(between_looks);
  return 1;
}

// One wait in vain is enough: what is left to be done would each wait anew.
bool Connection::gives_up(std::chrono::steady_clock::time_point now) {
  if (stop_ == nullptr || !stop_->load()) return false;
  if (!stop_seen_) stop_seen_ = now;
  gave_up_ = gave_up_ || now - *stop_seen_ >= stopped_patience;
  return gave_up_;
}

Connection::~Connection() = default;

FrontierMemory& Connection::frontier() {
  assert(in_transaction() || !ok());
  if (!frontier_ || (!frontier_is_true_ && !frontier_->is_true(*this)))
    frontier_ = std::make_unique<FrontierMemory>(*this);
  frontier_is_true_ = true;
  return *frontier_;
}

LateSums& Connection::late_sums() {
  assert(in_transaction() || !ok());
  if (!late_sums_ || (!late_sums_are_true_ && !late_sums_->is_true(*this)))
    late_sums_ = std::make_unique<LateSums>(*this);
  late_sums_are_true_ = true;
  return *late_sums_;
}

void Connection::forget() {
  forget_names();
  frontier_.reset();
  late_sums_.reset();
}

void Connection::set_error(Error error) {
  if (!error_) error_ = std::move(error);
}

Error Connection::failure(int code) const {
  const std::string words = sqlite3_errmsg(db_.get());
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (gave_up_)
        return {Errc::busy,
                "interrupted while another program kept the database locked; the same command goes "
                "on when that has finished",
                path_};
      return {Errc::busy,
              "the database is locked by another program and did not come free within " +
                  std::to_string(busy_timeout_.count()) + " ms; try again when that has finished",
              path_};
    case SQLITE_FULL:
      return {Errc::limit_exceeded,
              "the disk is full; nothing of this step was stored, what was there before stands; "
              "free some space and run again",
              path_};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {Errc::io,
              "cannot open or write the database (" + words +
                  "); check that the folder exists and that you may write to it",
              path_};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {Errc::malformed,
              "is not a database that can be read (" + words +
                  "); restore a backup, or name another file",
              path_};
    case SQLITE_INTERRUPT:
      return {Errc::timed_out, "the question took longer than allowed and was stopped", path_};
    default:
      return {Errc::io, "the database failed: " + words, path_};
  }
}

StatementHandle Connection::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  StatementHandle statement(raw);
  if (code != SQLITE_OK) set_error(failure(code));
  return statement;
}

sqlite3_stmt* Connection::cached(Sql sql) {
  if (!ok()) return nullptr;
  StatementHandle& statement = statements_[sql.text];
  if (!statement) statement = prepare(sql.text);
  assert(!statement || !sqlite3_stmt_busy(statement.get()));
  return statement.get();
}

sqlite3_stmt* Connection::fresh(const std::string& sql) {
  if (!ok()) return nullptr;
  std::erase_if(fresh_, [](const StatementHandle& old) { return !sqlite3_stmt_busy(old.get()); });
  StatementHandle statement = prepare(sql);
  if (!statement) return nullptr;
  return fresh_.emplace_back(std::move(statement)).get();
}

Rows Connection::query_text(const std::string& sql, const std::vector<Value>& values) {
  sqlite3_stmt* statement = fresh(sql);
  int position = 0;
  for (const Value& value : values) {
    if (!statement) break;
    ++position;
    std::visit([&](const auto& held) { bind(statement, position, held); }, value);
  }
  return Rows(*this, statement);
}

void Connection::script(const std::string& sql) {
  if (!ok()) return;
  const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) set_error(failure(code));
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(db_.get()); }
std::int64_t Connection::changes() const { return sqlite3_changes64(db_.get()); }
bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }

int Connection::count_spilled() {
  int spilled = 0;
  int unused = 0;
  sqlite3_db_status(db_.get(), SQLITE_DBSTATUS_CACHE_SPILL, &spilled, &unused, 1);
  return spilled;
}

bool Connection::is_free_within(std::chrono::milliseconds patience) {
  patience_ = patience;
  const int code = sqlite3_exec(db_.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  patience_ = busy_timeout_;
  return (code & 0xff) != SQLITE_BUSY;
}

void Connection::bound_log() {
  checkpoint_at_ = checkpoint_every;
  sqlite3_wal_hook(db_.get(), &Connection::on_commit, this);
}

// A checkpoint that a reader hinders is no error: there will be another. After one that is whole
// the log begins anew, also where each commit is longer than the log is to be.
int Connection::on_commit(void* connection, sqlite3* db, const char* name, int pages) noexcept {
  auto& self = *static_cast<Connection*>(connection);
  if (pages < checkpoint_every) self.checkpoint_at_ = checkpoint_every;
  if (pages < self.checkpoint_at_) return SQLITE_OK;
  const bool is_long = pages >= long_log;
  if (is_long) self.patience_ = reader_patience;
  int in_log = 0;
  int done = 0;
  const int code = sqlite3_wal_checkpoint_v2(
      db, name, is_long ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, &in_log, &done);
  self.patience_ = self.busy_timeout_;
  const bool is_whole = code == SQLITE_OK && done == in_log;
  self.checkpoint_at_ = is_whole ? checkpoint_every : pages + checkpoint_every / 4;
  return SQLITE_OK;
}

void Connection::bind_null(sqlite3_stmt* statement, int position) {
  sqlite3_bind_null(statement, position);
}
void Connection::bind_integer(sqlite3_stmt* statement, int position, std::int64_t value) {
  sqlite3_bind_int64(statement, position, value);
}
void Connection::bind_real(sqlite3_stmt* statement, int position, double value) {
  sqlite3_bind_double(statement, position, value);
}
void Connection::bind_text(sqlite3_stmt* statement, int position, std::string_view value) {
  // An empty view may have no address, which SQLite would take for NULL.
  const char* bytes = value.data() ? value.data() : "";
  const auto keep = texts_outlive_the_step_ ? SQLITE_STATIC : SQLITE_TRANSIENT;
  const int code = sqlite3_bind_text64(statement, position, bytes, value.size(), keep, SQLITE_UTF8);
  if (code != SQLITE_OK) set_error(failure(code));
}

void Connection::bind_blob(sqlite3_stmt* statement, int position, Blob value) {
  const auto keep = texts_outlive_the_step_ ? SQLITE_STATIC : SQLITE_TRANSIENT;
  const int code =
      sqlite3_bind_blob64(statement, position, value.bytes.data(), value.bytes.size(), keep);
  if (code != SQLITE_OK) set_error(failure(code));
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.clear_error();
  connection_.frontier_is_true_ = false;
  connection_.late_sums_are_true_ = false;
  connection_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (committed_) return;
  connection_.forget();
  if (!connection_.in_transaction()) return;  // some errors (a full disk) have rolled back already
  connection_.clear_error();
  connection_.run("ROLLBACK");
  connection_.clear_error();
}

Result<void> Transaction::commit() {
  if (connection_.frontier_is_true_) connection_.frontier_->save(connection_);
  connection_.run("COMMIT");
  if (!connection_.ok()) return fail(connection_.error());
  committed_ = true;
  return {};
}

Snapshot::Snapshot(Connection& connection) : connection_(connection) {
  connection_.clear_error();
  connection_.run("BEGIN");
}

Snapshot::~Snapshot() {
  if (!connection_.in_transaction()) return;
  connection_.clear_error();
  connection_.run("ROLLBACK");
  connection_.clear_error();
}

Result<void> Snapshot::result() {
  if (!connection_.ok()) return fail(connection_.error());
  return {};
}

}  // namespace testigo::store
