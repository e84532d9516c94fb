#include "store/erasure.h"

#include "store/corrections.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

constexpr const char* hers =
    "The zyxomorphic kettle broke after two days and nobody answers my letters";

Sighting by(std::string_view author, std::string_view id, std::string_view text) {
  Sighting s = sighting(id, text);
  s.post.author = author;
  return s;
}

Answer page_of(std::uint64_t offset, std::vector<Sighting> posts) {
  Answer answer;
  answer.evidence = EvidenceRef{"a.warc.gz", offset, 100, "sha256:00"};
  answer.evidence_url = "https://forum.example/thread/1";
  answer.fetched_at = noon(5);
  answer.posts = std::move(posts);
  return answer;
}

IngestCounts put_page(Store& store, std::uint64_t offset, std::vector<Sighting> posts) {
  Batch batch = batch_of({});
  batch.answers = {page_of(offset, std::move(posts))};
  return value_of(ingest(store, std::move(batch)));
}

ErasureReceipt erase(Store& store, std::string_view author, bool dry_run = false) {
  const AuthorPosts found = value_of(posts_of_author(store, author));
  return value_of(begin_erasure(
      store,
      {"author", noon(8), found.posts, {}, found.pseudonyms, Afterwards::unwanted, {}, dry_run}));
}

std::string counts(const ErasureReceipt& receipt) {
  std::string text;
  for (const std::int64_t n : {receipt.rows.posts, receipt.rows.revisions, receipt.rows.mentions,
                               receipt.rows.verdicts, receipt.rows.corrections})
    text += std::to_string(n) + " ";
  return text + std::to_string(receipt.records.size()) + " " + std::to_string(receipt.digest_only);
}

}  // namespace

TEST_CASE("an author goes with revisions, verdicts, corrections, sums and full text", "[store]") {
  Store store = open_memory();
  put_page(store, 0, {by("Ana", "1", hers), by("Bogdan", "2", "It broke")});
  put_page(store, 100, {by("Ana", "1", std::string(hers) + ", still")});
  const MentionId one = value_of(mentions(store, {})).at(0).id;
  REQUIRE(correct(store, one, Tag::other, {"eva", noon(7), std::nullopt}));
  const ErasureReceipt receipt = erase(store, "Ana");
  CHECK(receipt.id == 1);
  CHECK(receipt.records == std::vector<ArchiveRecord>{{"a.warc.gz", 0}, {"a.warc.gz", 100}});
  CHECK(receipt.digest_only == 1);
  CHECK(receipt.rows.posts == 1);
  CHECK(receipt.rows.revisions == 2);
  CHECK(ask(store, "SELECT text FROM v_mentions") == "It broke");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  MentionFilter filter;
  filter.query = "zyxomorphic";
  CHECK(value_of(mentions(store, filter)).empty());
  CHECK(faults(store).empty());
}

TEST_CASE("a dry run counts the same and changes nothing", "[store]") {
  Store store = open_memory();
  put_page(store, 0, {by("Ana", "1", hers), by("Bogdan", "2", "It broke")});
  const ErasureReceipt tried = erase(store, "Ana", true);
  CHECK(tried.id == 0);
  CHECK(ask(store, "SELECT count(*) FROM v_mentions") == "2");
  CHECK(ask(store, "SELECT (SELECT count(*) FROM erasing) + (SELECT count(*) FROM unwanted)") ==
        "0");
  CHECK(faults(store).empty());
  const ErasureReceipt done = erase(store, "Ana");
  CHECK(counts(tried) == counts(done));
  CHECK(tried.digest == done.digest);
}

TEST_CASE("authors are found by name in any case, and by pseudonym", "[store]") {
  Store store = open_memory();
  put(store, {by("Ána", "1", hers), by("Bogdan", "2", "It broke")});
  const AuthorPosts by_name = value_of(posts_of_author(store, "ANA"));
  REQUIRE(by_name.pseudonyms.size() == 1);
  CHECK(value_of(posts_of_author(store, by_name.pseudonyms[0])).posts == by_name.posts);
  CHECK(value_of(posts_of_author(store, "An")).posts.empty());
  CHECK(value_of(posts_of_author(store, "")).posts.empty());
}

TEST_CASE("whoever was erased is not stored again, and the record that brings them is noted",
          "[store]") {
  Store store = open_memory();
  put_page(store, 0, {by("Ana", "1", hers)});
  erase(store, "Ana");
  REQUIRE(records_erased(store, "a.warc.gz", std::vector<std::uint64_t>{0}, noon(8)));
  CHECK(ask(store, "SELECT count(*) FROM evidence") == "0");
  put_page(store, 300,
           {by("Ana", "1", hers), by("Ana", "9", "Another one"), by("Eva", "3", "Fine")});
  CHECK(ask(store, "SELECT text FROM v_mentions") == "Fine");
  CHECK(value_of(records_to_erase(store)) == std::vector<ArchiveRecord>{{"a.warc.gz", 300}});
  CHECK(faults(store).empty());
}

TEST_CASE("what retention erased is not stored again, and the record that shows it stays",
          "[store]") {
  Store store = open_memory();
  const auto nameless = [](std::string_view text) {
    Sighting s = sighting("", text);
    s.post.external_id.reset();
    s.post.posted_at.reset();
    return s;
  };
  put_page(store, 0, {by("Ana", "1", hers), nameless("It broke")});
  const auto old = value_of(posts_collected_before(store, SourceId("forum"), noon(6)));
  REQUIRE(old.size() == 2);
  REQUIRE(
      begin_erasure(store, {"retention", noon(8), old, {}, {}, Afterwards::expired, {}, false}));
  REQUIRE(records_erased(store, "a.warc.gz", std::vector<std::uint64_t>{0}, noon(8)));
  const IngestCounts counts =
      put_page(store, 300,
               {by("Ana", "1", hers), by("Ana", "9", "Another one"), nameless("It broke"),
                nameless("It works"), nameless("It hums")});
  CHECK(counts.withheld == 2);
  CHECK(ask(store, "SELECT text FROM v_mentions ORDER BY text") ==
        "Another one\nIt hums\nIt works");
  CHECK(value_of(records_to_erase(store)).empty());
  CHECK(value_of(is_withheld(store, by("Bogdan", "1", hers).post)));
  CHECK_FALSE(value_of(is_withheld(store, by("Bogdan", "2", hers).post)));
  CHECK(faults(store).empty());
}

TEST_CASE("a post goes alone, its author may write another", "[store]") {
  Store store = open_memory();
  put(store, {by("Ana", "1", hers), by("Ana", "2", "It broke")});
  const auto posts = value_of(posts_at(store, "https://forum.example/post/1"));
  REQUIRE(posts.size() == 1);
  CHECK(value_of(post_of_id(store, posts[0].value)) == posts[0]);
  CHECK_FALSE(value_of(post_of_id(store, 5)));
  REQUIRE(begin_erasure(store, {"post", noon(8), posts, {}, {}, Afterwards::unwanted, {}, false}));
  put(store, {by("Ana", "1", hers), by("Ana", "3", "Once more")});
  CHECK(ask(store, "SELECT text FROM v_mentions ORDER BY text") == "It broke\nOnce more");
}

TEST_CASE("copies elsewhere are told, and are nobody's copies afterwards", "[store]") {
  Store store = open_memory();
  Sighting copy = by("Eva", "7", hers);
  copy.post.source = SourceId("news");
  copy.post.page_url = "https://news.example/";
  copy.post.posted_at = noon(1);
  put(store, {by("Ana", "1", hers)});
  put(store, {copy});
  const AuthorPosts found = value_of(posts_of_author(store, "Ana"));
  CHECK(value_of(copies_of(store, found.posts)).size() == 1);
  erase(store, "Ana");
  CHECK(ask(store, "SELECT copy_of FROM v_mentions") == "~");
  CHECK(faults(store).empty());
}

TEST_CASE("what a text resembled is forgotten with it", "[store]") {
  std::string text(hers);
  for (const char* more : {" and the lid", " fell off", " while the handle", " melted on the stove",
                           " in front of all my guests"})
    text += more;
  Store store = open_memory();
  put(store, {by("Ana", "1", text)});
  CHECK(ask(store, "SELECT (SELECT sum(length(keys)) FROM known_lately) > 0") == "1");
  erase(store, "Ana");
  CHECK(ask(store,
            "SELECT (SELECT count(*) FROM known_lately) + "
            "(SELECT coalesce(sum(length(keys)), 0) FROM known WHERE space = -1)") == "0");
}

TEST_CASE("an erasure is finished once its records and the file are clean", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("a.db")));
  put_page(store, 0, {by("Ana", "1", hers), by("Bogdan", "2", "It broke")});
  erase(store, "Ana");
  CHECK(value_of(erasure_state(store)).unfinished == 1);
  REQUIRE(finish_erasures(store, noon(9)));
  CHECK(value_of(erasure_state(store)).unfinished == 1);  // a record is left
  REQUIRE(records_erased(store, "a.warc.gz", std::vector<std::uint64_t>{0}, noon(9)));
  REQUIRE(finish_erasures(store, noon(9)));
  const ErasureState state = value_of(erasure_state(store));
  CHECK(state.unfinished == 0);
  CHECK(state.records == 0);
  CHECK(ask(store, "SELECT erased_at IS NOT NULL FROM evidence") == "1");
  CHECK(std::filesystem::file_size(folder.file("a.db-wal")) < 20'000);  // the mark that it is done
  CHECK(faults(store).empty());
}

TEST_CASE("requests that name who is erased are forgotten", "[store]") {
  Store store = open_memory();
  put(store, {by("Ana", "1", hers)});
  REQUIRE(begin_pass(store, "watch", noon(), UtcTime::max()));
  PageRequest named;
  named.watch = "watch";
  named.url = named.archive_url = "https://forum.example/user/ana";
  PageRequest other = named;
  other.url = other.archive_url = "https://forum.example/user/eva";
  REQUIRE(enqueue(store, std::vector{named, other}, noon()));
  const AuthorPosts found = value_of(posts_of_author(store, "Ana"));
  const auto receipt =
      value_of(begin_erasure(store, {"author",
                                     noon(8),
                                     found.posts,
                                     {},
                                     {},
                                     Afterwards::may_return,
                                     [](std::string_view url) { return url.ends_with("/ana"); },
                                     false}));
  CHECK(receipt.requests == 1);
  CHECK(ask(store, "SELECT url FROM queued") == "https://forum.example/user/eva");
  CHECK(ask(store, "SELECT waiting, done FROM watch") == "1|1");
}

TEST_CASE("a record of which only rows go is still what others stand on", "[store]") {
  Store store = open_memory();
  put_page(store, 0, {by("Ana", "1", hers), by("Bogdan", "2", "It broke")});
  put_page(store, 100, {by("Ana", "3", std::string(hers) + ", still"), by("Carla", "4", "Fine")});
  const AuthorPosts ana = value_of(posts_of_author(store, "Ana"));
  const ArchiveRecord part{"a.warc.gz", 0, {{0, 40}, {90, 5}}};
  const auto traces = value_of(traces_of(store, ana.posts));
  REQUIRE(traces.revisions.size() == 2);
  CHECK(traces.revisions[0].external_id.has_value());
  CHECK(traces.revisions[0].record.has_value());
  const Erasure erasure{"author", noon(8), ana.posts, {part}, ana.pseudonyms, Afterwards::unwanted,
                        {},       false};
  const ErasureReceipt receipt = value_of(begin_erasure(store, erasure));
  CHECK(receipt.records == std::vector<ArchiveRecord>{part, {"a.warc.gz", 100, {}}});
  CHECK(receipt.digest_only == 1);
  CHECK(value_of(records_to_erase(store)) == receipt.records);
  const std::vector<BlankedRecord> blanked = {{0, "sha256:11"}};
  REQUIRE(rows_erased(store, "a.warc.gz", blanked));
  const std::vector<std::uint64_t> whole = {100};
  REQUIRE(records_erased(store, "a.warc.gz", whole, noon(9)));
  CHECK(value_of(records_to_erase(store)).empty());
  CHECK(
      ask(store, "SELECT offset, payload_digest, erased_at IS NOT NULL FROM evidence ORDER BY 1") ==
      "0|sha256:11|0\n100|sha256:00|1");
  // Rows of a record that is noted already are added; a record that goes whole stays so.
  Connection& c = store.connection();
  c.run("INSERT INTO erasing VALUES('b.warc.gz', 1, '0 9'), ('b.warc.gz', 2, NULL)");
  const Erasure more{"author", noon(9),
                     {},       {{"b.warc.gz", 1, {{20, 5}}}, {"b.warc.gz", 2, {{0, 1}}}},
                     {},       Afterwards::may_return,
                     {},       false};
  CHECK(value_of(begin_erasure(store, more)).records.size() == 1);
  CHECK(ask(store, "SELECT offset, rows FROM erasing") == "1|20 5 0 9\n2|~");
}
