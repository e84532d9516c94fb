#include "store/store.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "query/fts.h"
#include "store/check.h"
#include "store/connection.h"
#include "store/evidence.h"
#include "store/frontier.h"
#include "store/migrations.h"
#include "store/post_places.h"
#include "store/schema.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

// Runs in a child process, which ends as if killed when it returns. False if it could not be run.
bool in_killed_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(9);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 9;
}

std::string mentions_in(Store& store) { return ask(store, "SELECT count(*) FROM v_mentions"); }

}  // namespace

TEST_CASE("a database is there again when it is opened again", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  std::string name;
  {
    Store store = value_of(Store::open(path));
    put(store, {sighting("1", "The hinge broke")});
    name = value_of(pseudonym(store, SourceId("forum"), "Ana"));
  }
  Store store = value_of(Store::open(path));
  CHECK(mentions_in(store) == "1");
  CHECK(value_of(pseudonym(store, SourceId("forum"), "Ana")) == name);
  CHECK(ask(store, "PRAGMA user_version") == std::to_string(schema_version()));
}

TEST_CASE("a kill in mid-transaction leaves the old state whole", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  {
    Store store = value_of(Store::open(path));
    put(store, {sighting("1", "The hinge broke")});
  }
  REQUIRE(in_killed_child([&] {
    Store store = value_of(Store::open(path));
    put(store, {sighting("2", "So did mine")});  // this one is committed
    Connection& c = store.connection();
    c.run("BEGIN IMMEDIATE");
    c.run("DELETE FROM mention");
    c.run("UPDATE post SET reach = 1");
  }));
  Store store = value_of(Store::open(path));
  CHECK(mentions_in(store) == "2");
  CHECK(faults(store).empty());
  CHECK(put(store, {sighting("2", "So did mine"), sighting("3", "Fine")}).new_posts == 1);
}

TEST_CASE("a database that stays locked is said to be busy, in plain words", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  Store holder = value_of(Store::open(path));
  OpenOptions options;
  options.busy_timeout = std::chrono::milliseconds(50);
  Store waiting = value_of(Store::open(path, options));
  holder.connection().run("BEGIN IMMEDIATE");
  const auto refused = ingest(waiting, batch_of({sighting("1", "The hinge broke")}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::busy);
  CHECK(refused.error().what.find("locked by another program") != std::string::npos);
  CHECK(hold_host(waiting, "a.example", UtcTime()).error().code == Errc::busy);
  CHECK(mentions_in(waiting) == "0");  // reading goes on meanwhile
  holder.connection().run("ROLLBACK");
  CHECK(ingest(waiting, batch_of({sighting("1", "The hinge broke")})));
}

TEST_CASE("who is told to stop waits a second for another writer, and once only", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  Store holder = value_of(Store::open(path));
  std::atomic<bool> stop = false;
  OpenOptions options;
  options.stop = &stop;
  Store waiting = value_of(Store::open(path, options));
  holder.connection().run("BEGIN IMMEDIATE");
  stop = true;
  const auto begun = std::chrono::steady_clock::now();
  const auto refused = ingest(waiting, batch_of({sighting("1", "The hinge broke")}));
  const auto first = std::chrono::steady_clock::now();
  CHECK_FALSE(ingest(waiting, batch_of({sighting("1", "The hinge broke")})));
  const auto second = std::chrono::steady_clock::now();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::busy);
  CHECK(refused.error().what.find("interrupted") == 0);
  CHECK(first - begun > std::chrono::milliseconds(900));
  CHECK(first - begun < std::chrono::seconds(20));
  CHECK(second - first < first - begun);
  holder.connection().run("ROLLBACK");
  CHECK(ingest(waiting, batch_of({sighting("1", "The hinge broke")})));  // what is free is used
}

TEST_CASE("a full disk leaves the old state and says so", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("t.db")));
  put(store, {sighting("1", "The hinge broke")});
  const auto pages = store.connection().integer("PRAGMA page_count").value_or(0);
  store.connection().script("PRAGMA max_page_count = " + std::to_string(pages + 8));
  std::vector<Sighting> many;
  for (int i = 0; i < 500; ++i) {
    many.push_back(sighting("m" + std::to_string(i), std::string(2000, 'x')));
  }
  const auto refused = ingest(store, batch_of(many));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  CHECK(refused.error().what.find("disk is full") != std::string::npos);
  CHECK(mentions_in(store) == "1");
  CHECK(faults(store).empty());
  store.connection().script("PRAGMA max_page_count = 1000000");
  CHECK(put(store, many).new_posts == 500);
  CHECK(faults(store).empty());
}

TEST_CASE("names given out in a transaction that failed are given out anew", "[store]") {
  Store store = open_memory();
  Batch broken = batch_of({sighting("1", "The hinge broke")});
  PageRequest lost;
  lost.watch = "never begun";
  broken.answers[0].discovered = {lost};  // fails after the post was written
  REQUIRE_FALSE(ingest(store, broken));
  CHECK(ask(store, "SELECT count(*) FROM brand") == "0");
  put(store, {sighting("1", "The hinge broke")});
  CHECK(mentions_in(store) == "1");
  CHECK(faults(store).empty());
}

TEST_CASE("a database of a newer version is refused and left alone", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  {
    Store store = value_of(Store::open(path));
    store.connection().script("PRAGMA user_version = 999");
  }
  for (const bool read_only : {false, true}) {
    OpenOptions options;
    options.read_only = read_only;
    const auto refused = Store::open(path, options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::unsupported);
    CHECK(refused.error().what.find("999") != std::string::npos);
  }
}

TEST_CASE("a file that is no database, or another program's, is refused", "[store]") {
  const TempFolder folder;
  std::ofstream(folder.file("notes.txt")) << std::string(5000, 'n');
  const auto text = Store::open(folder.file("notes.txt"));
  REQUIRE_FALSE(text);
  CHECK(text.error().code == Errc::malformed);
  {
    Store store = value_of(Store::open(folder.file("other.db")));
    store.connection().script("PRAGMA user_version = 0");
  }
  const auto other = Store::open(folder.file("other.db"));
  REQUIRE_FALSE(other);
  CHECK(other.error().code == Errc::unsupported);
}

TEST_CASE("a missing file is not made by readers", "[store]") {
  const TempFolder folder;
  OpenOptions options;
  options.read_only = true;
  const auto refused = Store::open(folder.file("none.db"), options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::not_found);
  CHECK_FALSE(Store::open(folder.file("no/such/folder/t.db")));
}

TEST_CASE("a folder that may not be written to gives one clear line", "[store]") {
  const TempFolder folder;
  std::filesystem::permissions(folder.path, std::filesystem::perms(0555));
  // The superuser may write anywhere: the child becomes nobody.
  CHECK(in_killed_child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(1);
    const auto refused = Store::open(folder.file("t.db"));
    if (refused || refused.error().code != Errc::io) _exit(2);
    if (refused.error().what.find("may write") == std::string::npos) _exit(3);
  }));
  std::filesystem::permissions(folder.path, std::filesystem::perms(0755));
}

TEST_CASE("a database in a folder that may not be written to can be read", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("100% of it?.db");
  {
    Store store = value_of(Store::open(path));
    put(store, {sighting("1", "The hinge broke")});
  }
  std::filesystem::permissions(folder.path, std::filesystem::perms(0555));
  CHECK(in_killed_child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(1);
    OpenOptions options;
    options.read_only = true;
    auto store = Store::open(path, options);
    if (!store || mentions_in(*store) != "1") _exit(2);
  }));
  std::filesystem::permissions(folder.path, std::filesystem::perms(0755));
}

namespace {

// Makes of a new file one as version 2 left it, with a post of two revisions and a mention.
void make_version_2(const std::string& path) {
  Store store = value_of(Store::open(path));
  Connection& c = store.connection();
  c.script(ask(store,
               "SELECT group_concat('DROP ' || type || ' ' || name, ';') FROM sqlite_schema "
               "WHERE type = 'view' OR (type = 'table' AND name NOT LIKE 'mention_fts_%')"));
  for (const Migration& step : migrations().first(2)) c.script(std::string(step.sql));
  c.script(R"(
    INSERT INTO setting VALUES('author_key', 'ab'), ('hourly_from', 0);
    INSERT INTO source VALUES(1, 'forum');
    INSERT INTO brand VALUES(1, 'acme');
    INSERT INTO rules VALUES(1, 'sha256:rules');
    INSERT INTO label VALUES(1, 'en.lex.broke', 'complaint', 0, 0),
      (2, 'rating', 'negative', 1, 2);
    INSERT INTO evidence VALUES(1, 'a.warc.gz', 7, 9, 'sha256:00', 'https://forum.example/1', 0);
    INSERT INTO post(id, source, page_url, url, collected_at, said_at, day, dated, by_brand,
      revision) VALUES(-5, 1, 'https://forum.example/1', 'https://forum.example/1#p5', 86400000,
      86400000, 1, 0, 0, 2);
    INSERT INTO revision(id, post, previous, hash, seen_at, evidence, stars, text)
      VALUES(1, -5, NULL, 11, 0, 1, NULL, 'The hinge holds'),
        (2, -5, 1, 12, 1, 1, 20000, 'The hinge broke');
    INSERT INTO daily VALUES(1, 1, 0, 1, 'en', 1, 1, -1, 1, -5000, 20000, 1);
    INSERT INTO theme_daily VALUES(1, 1, 0, 1, 'en', 'quality', 1, 1, -1, 1, -5000, 20000, 1),
      (1, 1, 0, 1, 'en', 'quality', 1, 1, 2, 3, 100, 0, 0);
    INSERT INTO verdict(revision, rules, language, tag, polarity, score, confidence, degree,
      recovery, facets, why) VALUES(1, 1, 'en', 0, 0, 0.5, 0.9, 0, 0, NULL, NULL),
      (2, 1, 'en', 1, 1, -0.5, 0.9, 0, 0,
        '{"themes":{"price":0,"quality":1},"service":{"staff":1},"durations":[[3600,"waiting",4,9]]}',
        '[[2,null,null,0.5],[1,4,9,1.5],[1,10,15,2.5]]');
    INSERT INTO mention(doc, id, post, brand, day, said_at, rules, tag, score)
      VALUES(1, 77, -5, 1, 1, 86400000, 1, 1, -0.5);
    PRAGMA user_version = 2)");
  REQUIRE(c.ok());
}

}  // namespace

TEST_CASE("before a migration the file is kept beside itself, and no row is lost", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  make_version_2(path);
  Store store = value_of(Store::open(path));
  CHECK(ask(store, "SELECT id, post, text, tag, score, evidence, collected_at FROM v_mentions") ==
        "000000000000004d|fffffffffffffffb|The hinge broke|complaint|-0.5|a.warc.gz:7|"
        "1970-01-02T00:00:00Z");
  CHECK(ask(store, "SELECT url FROM v_mentions") == "https://forum.example/1#p5");
  CHECK(ask(store, "SELECT url FROM post_page") == "https://forum.example/1");
  CHECK(ask(store,
            "SELECT value, mentions, score_sum, rating_sum, star1 + star2 + star3 + star4 + star5 "
            "FROM split_day WHERE split = 3") == "quality|4|-4900|20000|1");
  CHECK(ask(store,
            "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'hinge \":tag:complaint\"'") ==
        "1");
  CHECK(ask(store, "SELECT rule, \"begin\", \"end\", quote, contribution FROM v_why") ==
        "rating|~|~|~|0.5\nen.lex.broke|4|9|hinge|1.5\nen.lex.broke|10|15|broke|2.5");
  CHECK(ask(store, "SELECT name, polarity FROM v_themes") == "price|positive\nquality|negative");
  CHECK(ask(store, "SELECT name, polarity FROM v_service") == "staff|negative");
  const Verdict verdict = value_of(find_mention(store, 77)).verdict;
  CHECK(verdict.themes ==
        std::vector<Facet>{{"price", Polarity::positive}, {"quality", Polarity::negative}});
  CHECK(verdict.durations == std::vector<ClaimedDuration>{{3600, "waiting", {4, 9}}});
  REQUIRE(verdict.why.size() == 3);
  CHECK(verdict.why[2].span == TextSpan{10, 15});
  CHECK(value_of(find_mention(store, 77)).revisions.size() == 2);
  CHECK(value_of(daily(store, {})).at(0).stars == StarCounts{0, 1, 0, 0, 0});
  CHECK(ask(store, "SELECT count(*), count(DISTINCT hash) FROM firing WHERE hash <> 0") == "3|3");
  CHECK(ask(store, "SELECT value FROM setting WHERE name = 'has_former_ids'") == "1");
  CHECK(ask(store, "SELECT value FROM setting WHERE name = 'mentions_summed_to'") ==
        ask(store, "SELECT max(doc) FROM mention"));
  REQUIRE(rebuild(store));
  CHECK(faults(store).empty());
  CHECK(std::filesystem::exists(path + ".v2.bak"));
  CHECK_FALSE(std::filesystem::exists(path + ".v0.bak"));
}

TEST_CASE("a backup is a whole database and never overwrites", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("t.db")));
  put(store, {sighting("1", "The hinge broke")});
  REQUIRE(back_up(store, folder.file("copy.db")));
  CHECK_FALSE(back_up(store, folder.file("copy.db")));
  OpenOptions options;
  options.read_only = true;
  Store copy = value_of(Store::open(folder.file("copy.db"), options));
  CHECK(mentions_in(copy) == "1");
}

TEST_CASE("readers see the last commit while another writes", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  Store writer = value_of(Store::open(path));
  put(writer, {sighting("1", "The hinge broke")});
  OpenOptions options;
  options.read_only = true;
  Store reader = value_of(Store::open(path, options));
  writer.connection().run("BEGIN IMMEDIATE");
  writer.connection().run("DELETE FROM mention");
  CHECK(mentions_in(reader) == "1");
  writer.connection().run("ROLLBACK");
  CHECK_FALSE(ingest(reader, batch_of({sighting("2", "Fine")})));
}

TEST_CASE("writers wait for each other and nothing is lost", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  value_of(Store::open(path));
  const auto write = [&](const std::string& name) {
    auto store = Store::open(path);
    for (int i = 0; store && i < 40; ++i) {
      if (!ingest(*store, batch_of({sighting(name + std::to_string(i), "The hinge broke")})))
        return;
    }
  };
  std::thread other(write, "a");
  write("b");
  other.join();
  Store store = value_of(Store::open(path));
  CHECK(mentions_in(store) == "80");
  CHECK(faults(store).empty());
}

TEST_CASE("the views hold what is promised and open in the sqlite3 shell", "[store]") {
  Store store = open_memory();
  const auto columns = [&](const std::string& view) {
    return ask(store, "SELECT group_concat(name, ', ') FROM pragma_table_info('" + view + "')");
  };
  CHECK(columns("v_mentions") ==
        "id, post, brand, source, url, parent, author, item, location, app_version, posted_at, "
        "collected_at, gone_at, language, rating, rating_best, title, text, tag, polarity, score, "
        "confidence, act, stage, intent, degree, reach, owner_reply_at, copy_of, corrected, "
        "evidence");
  CHECK(columns("v_why") == "mention, axis, value, rule, field, begin, end, quote, contribution");
  CHECK(columns("v_themes") == "mention, name, polarity");
  CHECK(columns("v_service") == "mention, name, polarity");
  CHECK(columns("v_daily") ==
        "brand, day, dated, source, language, tag, polarity, stage, mentions, "
        "score_sum, rating_sum, rated");
  CHECK(columns("v_theme_daily") ==
        "brand, day, dated, source, language, theme, tag, polarity, "
        "stage, mentions, score_sum, rating_sum, rated");
  CHECK(columns("v_hourly") ==
        "brand, hour, dated, source, language, tag, polarity, stage, "
        "mentions, score_sum, rating_sum, rated");
  CHECK(columns("v_coverage") ==
        "run, brand, source, asked, allowed, blocked, refused_by_page, "
        "capped, failed, empty, unchanged, items, left_out");
  CHECK(columns("v_coverage_reasons") == "run, brand, source, reason, requests");
  CHECK(columns("v_corrections") == "mention, at, person, note, was, tag, undone");
  CHECK(columns("v_verdicts") ==
        "post, revision, rules, current, language, tag, polarity, score, confidence, act, stage");
  CHECK(columns("v_audits") == "audit, brand, drawn_at, mention, tag, label, person, labelled_at");
  CHECK(columns("v_erasures") ==
        "id, at, reason, posts, revisions, mentions, verdicts, corrections, requests, records, "
        "digest, finished_at");
  CHECK(
      columns("v_split_daily") ==
      "brand, day, split, value, mentions, advocacy, complaint, mixed, question, other, positive, "
      "negative, mixed_polarity, neutral, score_sum, rating_sum, rated, star1, star2, star3, "
      "star4, star5");
  CHECK(columns("v_looks") == "brand, source, looked_from, looked_to");
  CHECK(columns("v_runs") == "id, started, ended, exit, pages, posts, new_mentions, rules");
}

TEST_CASE("the views name every value of every axis as the program does", "[store]") {
  Store store = open_memory();
  const std::string view = ask(store,
                               "SELECT group_concat(sql, '') FROM sqlite_schema "
                               "WHERE name IN ('v_mentions', 'v_why')");
  for (const Axis axis : {Axis::tag, Axis::polarity, Axis::act, Axis::stage, Axis::intent}) {
    const auto names = value_names(axis);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string arm = "WHEN " + std::to_string(i) + " THEN '" + std::string(names[i]) + "'";
      CHECK(view.find(arm) != std::string::npos);
    }
  }
  for (std::size_t i = 0; i < axis_count; ++i) {
    const std::string arm = "WHEN " + std::to_string(i) + " THEN '" +
                            std::string(axis_name(static_cast<Axis>(i))) + "'";
    CHECK(view.find(arm) != std::string::npos);
  }
  for (int i = 0; i < 5; ++i) {
    const std::string arm = "WHEN " + std::to_string(i) + " THEN '" +
                            std::string(to_string(static_cast<Degree>(i))) + "'";
    CHECK(view.find(arm) != std::string::npos);
  }
  CHECK(static_cast<int>(Act::reply) == 8);  // the numbers in what rollups leave out
  CHECK(static_cast<int>(Act::promote) == 9);
}

TEST_CASE("questions asked for each request or post are answered by an index", "[store]") {
  Store store = open_memory();
  Connection& c = store.connection();
  for (const char* question :
       {"SELECT block, hosts FROM ready_hosts WHERE block >= 5 AND block <= 9 ORDER BY block",
        "SELECT key FROM queued WHERE id >= 5 ORDER BY id",
        "SELECT id FROM host_state WHERE due <= 5", "SELECT id FROM postponed WHERE due <= 5",
        "SELECT min(due) FROM host_state WHERE due IS NOT NULL",
        "SELECT id FROM post WHERE id IN " TESTIGO_POSTS_WITH_TEXT("= 5"),
        "SELECT id FROM post WHERE id IN (SELECT id FROM post WHERE identity = 5 AND identity <> "
        "key "
        "UNION ALL SELECT id FROM post WHERE identity = 5 "
        "AND id = " TESTIGO_POST_WITH_KEY("5") ")",
        "SELECT doc FROM mention WHERE post = 5",
        "SELECT id FROM mention WHERE brand = 1 ORDER BY day DESC, said_at DESC, doc DESC"}) {
    INFO(question);
    Rows rows = c.query_text(std::string("EXPLAIN QUERY PLAN ") + question);
    while (rows.step()) {
      CHECK(rows.text(3).find("SCAN") == std::string_view::npos);
      CHECK(rows.text(3).find("TEMP B-TREE") == std::string_view::npos);
    }
  }
}

namespace {

// How SQLite answers the statements that this connection has prepared so far, a line each step.
std::string plans_of(Store& store) {
  Connection& c = store.connection();
  std::vector<std::string> statements;
  {
    Rows rows = c.query("SELECT sql FROM sqlite_stmt WHERE sql LIKE '%WHERE%'");
    while (rows.step()) statements.emplace_back(rows.text(0));
  }
  std::string plans;
  for (const std::string& statement : statements) {
    Rows rows = c.query_text("EXPLAIN QUERY PLAN " + statement);
    while (rows.step()) plans.append(rows.text(3)).append(1, '\n');
  }
  return plans;
}

}  // namespace

TEST_CASE("an archived payload is looked up by its index", "[store]") {
  Store store = open_memory();
  CHECK_FALSE(value_of(find_payload(store, "sha256:feed")));
  CHECK(plans_of(store).find("SEARCH evidence USING INDEX evidence_payload") != std::string::npos);
}

TEST_CASE("no statement of a crawl reads through a table that grows with it", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke"), sighting("2", "The hinge holds")});
  put(store, {sighting("1", "The hinge was mended"), sighting("2", "The hinge holds")});
  CHECK_FALSE(value_of(find_payload(store, "sha256:feed")));
  const std::string plans = plans_of(store);
  CHECK(plans.find("SEARCH post USING") != std::string::npos);
  for (const char* table :
       {"post", "mention", "revision", "verdict", "evidence", "listing", "p", "m", "r", "v"}) {
    INFO(plans);
    CHECK(plans.find("SCAN " + std::string(table) + "\n") == std::string::npos);
  }
}

TEST_CASE("the index is cut by the tokenizer that queries are made for", "[store]") {
  const auto& parts = schema();
  CHECK(std::count_if(parts.begin(), parts.end(), [](std::string_view part) {
          return part.find("tokenize = " + query::fts_tokenizer()) != std::string_view::npos;
        }) == 1);
}
