#include "store/sql.h"

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

Errc error_of(Store& store, std::string_view sql, SqlLimits limits = {}) {
  SqlSink sink;
  sink.columns = [](std::span<const std::string>) {};
  sink.row = [](std::span<const Cell>) { return true; };
  const auto done = run_sql(store, sql, limits, sink);
  REQUIRE_FALSE(done);
  return done.error().code;
}

// How SQLite goes about it, a step a line.
std::string plan_of(Store& store, const std::string& sql) {
  std::string plan;
  SqlSink sink;
  sink.columns = [](std::span<const std::string>) {};
  sink.row = [&](std::span<const Cell> row) {
    plan += std::get<std::string>(row[3]) + "\n";
    return true;
  };
  REQUIRE(run_sql(store, "EXPLAIN QUERY PLAN " + sql, {}, sink));
  return plan;
}

}  // namespace

TEST_CASE("a question is answered with names and typed cells", "[store]") {
  Store store = open_memory();
  std::vector<std::string> names;
  std::vector<Cell> cells;
  SqlSink sink;
  sink.columns = [&](std::span<const std::string> columns) {
    names.assign(columns.begin(), columns.end());
  };
  sink.row = [&](std::span<const Cell> row) {
    cells.assign(row.begin(), row.end());
    return true;
  };
  REQUIRE(run_sql(store, "SELECT 1 AS one, 2.5, NULL AS none, 'x' AS text, x'00ff' AS blob; ", {},
                  sink));
  CHECK(names == std::vector<std::string>{"one", "2.5", "none", "text", "blob"});
  CHECK(cells == std::vector<Cell>{std::int64_t{1}, 2.5, std::monostate(), "x", "00ff"});
}

TEST_CASE("only questions are answered", "[store]") {
  Store store = open_memory();
  for (const char* sql :
       {"DELETE FROM post", "CREATE TABLE x(a)", "ATTACH ':memory:' AS other", "VACUUM",
        "PRAGMA user_version = 7", "PRAGMA journal_mode = DELETE", "SELECT load_extension('x')",
        "SELECT 1; SELECT 2", "BEGIN", "DROP VIEW v_mentions", "PRAGMA writable_schema = 1",
        "INSERT INTO mention_fts(mention_fts) VALUES('delete-all')"}) {
    INFO(sql);
    CHECK(error_of(store, sql) == Errc::refused);
  }
  CHECK(error_of(store, "UPDATE sqlite_master SET sql = ''") == Errc::malformed);
  CHECK(error_of(store, "SELEC 1") == Errc::malformed);
  CHECK(error_of(store, "SELECT nothing FROM nowhere") == Errc::malformed);
  CHECK(error_of(store, " ;; ") == Errc::malformed);
  CHECK(error_of(store, "") == Errc::malformed);
}

TEST_CASE("what follows a statement may be a comment, and no second statement", "[store]") {
  Store store = open_memory();
  CHECK(ask(store, "SELECT 1; -- one") == "1");
  CHECK(ask(store, "SELECT 1 ;; /* one */ ; -- and no more\n") == "1");
  CHECK(error_of(store, "SELECT 1; /* two */ SELECT 2") == Errc::refused);
  CHECK(error_of(store, "SELECT 1; nonsense") == Errc::refused);
}

TEST_CASE("a table that there is not is told with its nearest", "[store]") {
  Store store = open_memory();
  const std::string answer = ask(store, "SELECT * FROM v_mention");
  CHECK(answer.find("did you mean \"v_mentions\"?") != std::string::npos);
  CHECK(ask(store, "SELECT * FROM zzzzzzzzzz").find("did you mean") == std::string::npos);
}

TEST_CASE("full text can be asked for by hand", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "Țeapă: the hinge broke")});
  CHECK(ask(store,
            "SELECT rowid FROM mention_fts WHERE mention_fts MATCH "
            "'teapa AND \":tag:complaint\"'") == "1");
}

TEST_CASE("a value that fills the memory is refused", "[store]") {
  Store store = open_memory();
  CHECK(error_of(store, "SELECT randomblob(100000000)") == Errc::limit_exceeded);
  CHECK(error_of(store, "SELECT length(hex(zeroblob(60000000)))") == Errc::limit_exceeded);
  CHECK(ask(store, "SELECT length(randomblob(60000000))") == "60000000");
}

TEST_CASE("a question that takes too long is stopped, and the store goes on", "[store]") {
  Store store = open_memory();
  SqlLimits limits;
  limits.time = std::chrono::milliseconds(20);
  CHECK(error_of(store,
                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                 "SELECT count(*) FROM n",
                 limits) == Errc::timed_out);
  bool headed = false;
  SqlSink sink;
  sink.columns = [&](std::span<const std::string>) { headed = true; };
  sink.row = [](std::span<const Cell>) { return true; };
  CHECK_FALSE(run_sql(store,
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                      "SELECT count(*) FROM n",
                      limits, sink));
  CHECK_FALSE(headed);  // no answer, no heading
  CHECK(put(store, {sighting("1", "The hinge broke")}).new_posts == 1);
}

TEST_CASE("rows end where the limit or the taker says", "[store]") {
  Store store = open_memory();
  int rows = 0;
  SqlSink sink;
  sink.columns = [](std::span<const std::string>) {};
  sink.row = [&](std::span<const Cell>) { return ++rows < 7; };
  const char* endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
      "SELECT i FROM n";
  REQUIRE(run_sql(store, endless, {}, sink));
  CHECK(rows == 7);
  rows = 0;
  SqlLimits limits;
  limits.rows = 3;
  REQUIRE(run_sql(store, endless, limits, sink));
  CHECK(rows == 3);
}

TEST_CASE("views are joined by an index, not row by row", "[store]") {
  Store store = open_memory();
  for (const std::string view : {"v_why", "v_themes", "v_service", "v_corrections", "v_audits"}) {
    INFO(view);
    const std::string plan =
        plan_of(store, "SELECT * FROM v_mentions m JOIN " + view + " x ON x.mention = m.id");
    const bool by_index = plan.find("AUTOMATIC COVERING INDEX (mention=?)") != std::string::npos ||
                          plan.find("AUTOMATIC COVERING INDEX (about=?)") != std::string::npos;
    CHECK(by_index);
  }
  CHECK(plan_of(store, "SELECT * FROM v_mentions m JOIN v_verdicts x ON x.post = m.post")
            .find("AUTOMATIC COVERING INDEX (post=?)") != std::string::npos);
}
