#include "store/store.h"

#include <filesystem>
#include <sqlite3.h>

#include "core/digest.h"
#include "store/authors.h"
#include "store/connection.h"
#include "store/full_text.h"
#include "store/late_sums.h"
#include "store/migrations.h"
#include "store/schema.h"
#include "text/fold.h"

namespace testigo::store {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t author_key_bytes = 32;  // RFC 2104 §3: no less than the hash's own length

// Marks the file as ours ("tstg") for `file(1)` and for anyone who opens the wrong one.
constexpr std::int64_t application_id = 0x74737467;

// WAL: readers never wait for the writer. NORMAL: a power cut may lose the last transactions but
// harms nothing, and what they held is asked for again. secure_delete is Debian's default and is
// paid on each deleted row; only erasure of an author turns it on.
constexpr const char* settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA secure_delete = OFF;"
    "PRAGMA cache_size = -16384;"  // KiB
    // The log grows while others read; when they have done, it shrinks to this again.
    "PRAGMA journal_size_limit = 16777216;";

Error opening_failed(int code, const std::string& path) {
  return {Errc::io,
          std::string("cannot open the database: ") + sqlite3_errstr(code) +
              "; check that the folder exists and that you may write to it",
          path};
}

// SQLite's statistics of its memory take a lock at each allocation, and nobody asks for them.
void keep_no_statistics() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);  // fails, harmlessly, if SQLite runs already
}

Result<DatabaseHandle> open_database(const std::string& name, int flags, const std::string& path) {
  keep_no_statistics();
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  DatabaseHandle db(raw);  // SQLite hands out a handle even when opening fails
  if (code != SQLITE_OK) return fail(opening_failed(code, path));
  return db;
}

Error newer_version(std::int64_t version, const std::string& path) {
  return {Errc::unsupported,
          "the database has schema version " + std::to_string(version) +
              ", made by a newer testigo; "
              "this one knows up to " +
              std::to_string(schema_version()) + ". Use the newer program, or name another file",
          path};
}

// The state of the file before a migration, beside it.
Result<void> keep_backup(Connection& c, std::int64_t version) {
  const std::string target = c.path() + ".v" + std::to_string(version) + ".bak";
  std::error_code ignored;
  fs::remove(target, ignored);  // of an earlier attempt that failed
  c.run("VACUUM INTO ?1", target);
  if (c.ok()) return {};
  fs::remove(target, ignored);  // half a copy only takes room
  return fail(c.error());
}

void make_new(Connection& c) {
  for (const std::string_view part : schema()) c.script(std::string(part));
  c.script("PRAGMA application_id = " + std::to_string(application_id));
  c.run("INSERT INTO setting VALUES('author_key', ?1)", to_hex(random_bytes(author_key_bytes)));
}

void bring_up(Connection& c, std::int64_t version) {
  const auto steps = migrations().subspan(static_cast<std::size_t>(version));
  bool refill = false;
  for (const Migration& step : steps) {
    c.script(std::string(step.sql));
    refill = refill || step.refills_full_text;
  }
  if (refill) fill_full_text(c);
  for (const Migration& step : steps)
    if (c.ok() && step.then != nullptr) step.then(c);
}

void apply(Connection& c, std::int64_t version) {
  if (version == 0) make_new(c);
  if (version > 0) bring_up(c, version);
  c.script("PRAGMA user_version = " + std::to_string(schema_version()));
}

Result<void> migrate(Connection& c) {
  c.clear_error();
  const auto version = c.integer("PRAGMA user_version");
  if (!c.ok()) return fail(c.error());
  if (*version > schema_version()) return fail(newer_version(*version, c.path()));
  if (*version == schema_version()) return {};
  const auto tables = c.integer("SELECT count(*) FROM sqlite_schema");
  if (*version == 0 && tables.value_or(0) > 0) {
    return fail(Errc::unsupported,
                "this is a database of some other program; name another file for the store",
                c.path());
  }
  if (*version > 0) {
    if (Result<void> kept = keep_backup(c, *version); !kept) return kept;
  }
  Transaction transaction(c);
  // Another process may have migrated while this one waited for the lock.
  const auto now_at = c.integer("PRAGMA user_version");
  if (c.ok() && *now_at == *version) apply(c, *version);
  return transaction.commit();
}

Result<void> check_version(Connection& c) {
  const auto version = c.integer("PRAGMA user_version");
  if (!c.ok()) return fail(c.error());
  if (*version > schema_version()) return fail(newer_version(*version, c.path()));
  if (*version < schema_version()) {
    return fail(
        Errc::unsupported,
        "the database has the older schema version " + std::to_string(*version) +
            " and was opened for reading only; open it once for writing to bring it up to " +
            std::to_string(schema_version()),
        c.path());
  }
  return {};
}

// What a run that was cut short left out of the sums. While another one is writing, that is its own
// to do, in some seconds.
constexpr std::chrono::milliseconds writer_patience{20};

Result<void> sum_up(Connection& c) {
  c.clear_error();
  const bool is_for_reading = sqlite3_db_readonly(c.handle(), "main") != 0;  // the file's rights
  if (is_for_reading || mentions_without_sums(c) == 0) return {};
  if (!c.is_free_within(writer_patience)) return {};
  Transaction transaction(c);
  add_late_sums(c);
  return transaction.commit();
}

constexpr const char* reading_settings =
    "PRAGMA cache_size = -16384; PRAGMA mmap_size = 67108864; PRAGMA query_only = ON;";

using Opened = Result<std::unique_ptr<Connection>>;

Opened open_reader(const std::string& name, int flags, const std::string& path,
                   const OpenOptions& options) {
  Result<DatabaseHandle> db = open_database(name, flags | SQLITE_OPEN_READONLY, path);
  if (!db) return fail(std::move(db).error());
  auto c = std::make_unique<Connection>(std::move(*db), path, options);
  c->script(reading_settings);
  if (Result<void> known = check_version(*c); !known) return fail(std::move(known).error());
  return c;
}

// "file:" URI of a path that lets SQLite read without its side files (immutable=1).
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += '%' + to_hex(std::string_view(&c, 1));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

// A reader in WAL mode makes files beside the database. Where the medium does not allow that, and
// no log holds changes that the file lacks, the file is read as one that nobody changes.
Opened open_for_reading(const std::string& path, const OpenOptions& options) {
  Opened opened = open_reader(path, 0, path, options);
  std::error_code no_log;
  const auto log_bytes = fs::file_size(path + "-wal", no_log);
  if (opened || opened.error().code != Errc::io || (!no_log && log_bytes > 0)) return opened;
  return open_reader(immutable_uri(path), SQLITE_OPEN_URI, path, options);
}

Opened open_for_writing(const std::string& path, const OpenOptions& options) {
  const int flags = SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
  Result<DatabaseHandle> db = open_database(path, flags, path);
  if (!db) return fail(std::move(db).error());
  auto c = std::make_unique<Connection>(std::move(*db), path, options);
  // The version is asked first: a newer file is refused without touching it.
  if (const auto version = c->integer("PRAGMA user_version"); version > schema_version()) {
    return fail(newer_version(*version, path));
  }
  c->script(settings);
  c->bound_log();
  if (!c->ok()) return fail(c->error());
  if (Result<void> migrated = migrate(*c); !migrated) return fail(std::move(migrated).error());
  if (Result<void> summed = sum_up(*c); !summed) return fail(std::move(summed).error());
  return c;
}

}  // namespace

int schema_version() { return static_cast<int>(migrations().size()); }

Store::Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::path() const { return connection_->path(); }

Result<Store> Store::open(const std::string& path, OpenOptions options) {
  std::error_code ignored;
  if (path != ":memory:" && (options.read_only || !options.create) && !fs::exists(path, ignored)) {
    return fail(Errc::not_found, "there is no database yet; a crawl or an import makes it", path);
  }
  Opened opened =
      options.read_only ? open_for_reading(path, options) : open_for_writing(path, options);
  if (!opened) return fail(std::move(opened).error());
  return Store(std::move(*opened));
}

Result<void> back_up(Store& store, const std::string& target) {
  Connection& c = store.connection();
  std::error_code ignored;
  if (fs::exists(target, ignored)) {
    return fail(Errc::io, "exists already; name a file that does not", target);
  }
  c.clear_error();
  if (const fs::path folder = fs::path(target).parent_path();
      !folder.empty() && !fs::is_directory(folder, ignored))
    return fail(Errc::io, "the folder is not there; make it first", folder.string());
  c.run("VACUUM INTO ?1", target);
  if (c.ok()) return {};
  // What stops it is as a rule the copy's file: SQLite names the one that is open.
  Error error = c.error();
  if (error.code != Errc::busy) error.where = target;
  return fail(std::move(error));
}

std::string pseudonym_under(std::string_view key, std::string_view source,
                            std::string_view author) {
  std::string message(source);
  message.append(1, '\0').append(text::fold(author));
  return to_hex(hmac_sha256(key, message)).substr(0, 16);
}

Result<std::string> pseudonym(Store& store, const SourceId& source, std::string_view author) {
  Connection& c = store.connection();
  c.clear_error();
  const std::string key = author_key(c);
  if (!c.ok()) return fail(c.error());
  return pseudonym_under(key, source.value, author);
}

std::string author_key(Connection& c) {
  return c.text("SELECT value FROM setting WHERE name = 'author_key'").value_or("");
}

}  // namespace testigo::store
