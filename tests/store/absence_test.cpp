#include <string>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "store/evidence.h"
#include "store/frontier.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

const RequestKey list_request{11};
const RequestKey other_request{12};

Sighting posted(std::string_view external_id, int hours) {
  Sighting s = sighting(external_id, "The hinge of " + std::string(external_id) + " broke");
  s.post.posted_at = noon(hours);
  s.day = day_at(noon(hours));
  return s;
}

// What a list showed at an hour; nothing said of what it did not show.
Answer answer_of(RequestKey request, std::vector<Sighting> posts, int hours = 10) {
  Answer answer;
  answer.request = request;
  answer.fetched_at = noon(hours);
  answer.posts = std::move(posts);
  return answer;
}

Answer whole(Answer answer) {
  answer.shown.emplace().whole = true;
  return answer;
}

IngestCounts take_in(Store& store, std::vector<Answer> answers) {
  Batch batch = batch_of({});
  batch.answers = std::move(answers);
  const IngestCounts counts = value_of(ingest(store, std::move(batch)));
  CHECK(faults(store).empty());
  return counts;
}

// Permalink's last part and gone_at of each post.
std::string gone(Store& store) {
  return ask(store, "SELECT substr(url, -1), gone_at FROM v_mentions ORDER BY url");
}

}  // namespace

TEST_CASE("a whole list without a post says that it is gone, and with it that it is back",
          "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0), posted("2", 1)}))});
  CHECK(take_in(store, {whole(answer_of(list_request, {posted("2", 1)}, 20))}).departed == 1);
  CHECK(gone(store) == "1|2026-03-11T08:00:00Z\n2|~");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "2");
  CHECK(take_in(store, {whole(answer_of(list_request, {posted("2", 1)}, 30))}).departed == 0);
  CHECK(gone(store) == "1|2026-03-11T08:00:00Z\n2|~");
  take_in(store, {whole(answer_of(list_request, {posted("1", 0), posted("2", 1)}, 40))});
  CHECK(gone(store) == "1|~\n2|~");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "2");
}

TEST_CASE("a list that says nothing of what it leaves out makes nothing gone", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0)}))});
  take_in(store, {answer_of(list_request, {})});
  Answer part = answer_of(list_request, {posted("2", 3)});
  part.shown = ShownList{};
  take_in(store, {part});
  CHECK(gone(store) == "1|~\n2|~");
}

TEST_CASE("the pages of a list show together what is gone from it", "[store]") {
  Store store = open_memory();
  const auto id = [](std::string_view external) { return post_id(posted(external, 0).post); };
  take_in(store, {answer_of(list_request, {posted("1", 0), posted("2", 1), posted("3", 2)})});
  Answer end = answer_of(list_request, {posted("4", 3)}, 20);
  end.shown = ShownList{true, std::nullopt, {}, {id("1")}, {{noon(2), noon(4)}}};
  CHECK(take_in(store, {end}).departed == 1);  // 3 may have moved between two pages
  CHECK(gone(store) == "1|~\n2|2026-03-11T08:00:00Z\n3|~\n4|~");
}

TEST_CASE("a last page that is as it was tells with those before it", "[store]") {
  Store store = open_memory();
  const auto id = [](std::string_view external) { return post_id(posted(external, 0).post); };
  take_in(store, {answer_of(list_request, {posted("1", 0), posted("2", 1)})});
  Answer end = answer_of(list_request, {}, 20);
  end.coverage.unchanged = 1;
  end.shown.emplace().whole = true;
  CHECK(take_in(store, {end}).departed == 0);
  end.shown->before = {id("1")};
  CHECK(take_in(store, {end}).departed == 1);
}

TEST_CASE("a list by date tells of posts newer than its oldest one only", "[store]") {
  Store store = open_memory();
  Sighting undated = posted("0", 0);
  undated.post.posted_at.reset();
  undated.dated = false;
  take_in(store, {answer_of(list_request, {undated, posted("1", 1), posted("2", 2), posted("3", 3),
                                           posted("4", 4)})});
  Answer later = answer_of(list_request, {posted("5", 5), posted("4", 4), posted("2", 2)}, 20);
  later.shown.emplace().window = TimeWindow{noon(2), {}};
  CHECK(take_in(store, {later}).departed == 1);
  CHECK(gone(store) == "0|~\n1|~\n2|~\n3|2026-03-11T08:00:00Z\n4|~\n5|~");
}

TEST_CASE("a post as old as the oldest one shown is not missed", "[store]") {
  Store store = open_memory();
  take_in(store, {answer_of(list_request, {posted("1", 2), posted("2", 2)})});
  Answer later = answer_of(list_request, {posted("2", 2)}, 20);
  later.shown.emplace().window = TimeWindow{noon(2), {}};
  CHECK(take_in(store, {later}).departed == 0);
}

TEST_CASE("the pages of one list miss what any of them showed", "[store]") {
  Store store = open_memory();
  const auto page = [](RequestKey request, std::vector<Sighting> posts, TimeWindow shown,
                       int hours) {
    Answer answer = answer_of(request, std::move(posts), hours);
    answer.list = "w reviews";
    answer.shown.emplace().window = shown;
    return answer;
  };
  take_in(store, {page(list_request, {posted("6", 6), posted("5", 5), posted("4", 4)},
                       {noon(4), {}}, 10)});
  take_in(store, {page(other_request, {posted("3", 3), posted("2", 2), posted("1", 1)},
                       {noon(1), noon(3)}, 10)});
  // Two new ones push 5 and 4 to the second page, where 4 is missing; 6 is missing on the first.
  CHECK(take_in(store, {page(list_request, {posted("8", 8), posted("7", 7), posted("5", 5)},
                             {noon(5), {}}, 20)})
            .departed == 1);
  CHECK(take_in(store, {page(other_request, {posted("3", 3), posted("2", 2), posted("1", 1)},
                             {noon(1), noon(3)}, 20)})
            .departed == 0);  // between the two pages nothing is sure
  CHECK(take_in(store, {page(other_request, {posted("5", 5), posted("3", 3), posted("1", 1)},
                             {noon(1), noon(5)}, 30)})
            .departed == 2);
  CHECK(gone(store) ==
        "1|~\n2|2026-03-11T18:00:00Z\n3|~\n4|2026-03-11T18:00:00Z\n5|~\n"
        "6|2026-03-11T08:00:00Z\n7|~\n8|~");
}

TEST_CASE("what moved on to another list is not gone from the first", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0), posted("2", 0)}))});
  // In one batch, whichever comes first, and in a later one.
  CHECK(take_in(store, {whole(answer_of(list_request, {posted("2", 0)}, 20)),
                        whole(answer_of(other_request, {posted("1", 0)}, 20))})
            .departed == 0);
  CHECK(take_in(store, {whole(answer_of(list_request, {posted("2", 0)}, 30))}).departed == 0);
  CHECK(take_in(store, {whole(answer_of(other_request, {}, 40))}).departed == 1);
  CHECK(gone(store) == "1|2026-03-12T04:00:00Z\n2|~");
}

TEST_CASE("the list of another request does not miss a post", "[store]") {
  Store store = open_memory();
  put(store, {posted("1", 0)});  // an import
  take_in(store, {whole(answer_of(list_request, {posted("2", 0)}))});
  take_in(store, {whole(answer_of(other_request, {}))});
  CHECK(gone(store) == "1|~\n2|~");
  put(store, {posted("2", 0)});  // an import does not make the list forget it
  CHECK(take_in(store, {whole(answer_of(list_request, {}))}).departed == 1);
}

TEST_CASE("a page confirmed unchanged leaves its posts as they are", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0)}))});
  Answer not_modified = whole(answer_of(list_request, {}, 20));
  not_modified.page.emplace();
  not_modified.coverage.unchanged = 1;
  CHECK(take_in(store, {not_modified}).departed == 0);
  CHECK(gone(store) == "1|~");
}

TEST_CASE("a page that is no more takes the posts last seen on it with it", "[store]") {
  Store store = open_memory();
  take_in(store, {answer_of(list_request, {posted("1", 0), posted("2", 0)}),
                  answer_of(other_request, {posted("3", 0)})});
  Answer missing = answer_of(list_request, {}, 20);
  missing.gone = true;
  CHECK(take_in(store, {missing}).departed == 2);
  CHECK(gone(store) == "1|2026-03-11T08:00:00Z\n2|2026-03-11T08:00:00Z\n3|~");
}

TEST_CASE("a permalink that is no more takes its own post with it, seen elsewhere or not",
          "[store]") {
  Store store = open_memory();
  take_in(store, {answer_of(list_request, {posted("1", 0), posted("2", 0)})});
  REQUIRE(begin_pass(store, "w", noon()));
  PageRequest permalink;
  permalink.watch = "w";
  permalink.source = SourceId("forum");
  permalink.url = permalink.archive_url = "https://forum.example/post/2";
  REQUIRE(enqueue(store, std::vector{permalink}, noon()));
  Answer missing = answer_of(request_key(permalink), {}, 20);
  missing.gone = true;
  CHECK(take_in(store, {missing}).departed == 1);
  CHECK(gone(store) == "1|~\n2|2026-03-11T08:00:00Z");
  CHECK(ask(store,
            "EXPLAIN QUERY PLAN SELECT id FROM post WHERE (url = 'x' OR (url > 'x' || '#' AND "
            "url < 'x' || '$')) AND url <> '' AND substr(url, 1, 1) <> '#'")
            .find("post_permalink") != std::string::npos);
}

TEST_CASE("a permalink that is no more takes nothing that a list has just shown", "[store]") {
  const auto [hours, departed] = GENERATE(std::pair{11, 0u}, std::pair{40, 1u});
  Store store = open_memory();
  Answer list = answer_of(list_request, {posted("1", 0), posted("2", 0)});
  list.page.emplace();
  list.page->status = 200;
  list.page->seen_at = noon(10);
  take_in(store, {list});
  REQUIRE(begin_pass(store, "w", noon()));
  PageRequest permalink;
  permalink.watch = "w";
  permalink.source = SourceId("forum");
  permalink.url = permalink.archive_url = "https://forum.example/post/2";
  REQUIRE(enqueue(store, std::vector{permalink}, noon()));
  Answer missing = answer_of(request_key(permalink), {}, hours);
  missing.gone = true;
  CHECK(take_in(store, {missing}).departed == departed);
  CHECK(ask(store, "SELECT count(*) FROM post WHERE gone_at IS NOT NULL") ==
        std::to_string(departed));
}

TEST_CASE("a page that is no more takes the posts whose permalinks lead to places on it",
          "[store]") {
  Store store = open_memory();
  std::vector<Sighting> posts = {posted("1", 0), posted("2", 0), posted("3", 0)};
  posts[0].post.url = "https://forum.example/t/1#post-1";
  posts[1].post.url = "https://forum.example/t/12#post-2";
  posts[2].post.url = "https://forum.example/t/1";
  take_in(store, {answer_of(list_request, posts)});
  REQUIRE(begin_pass(store, "w", noon()));
  PageRequest thread;
  thread.watch = "w";
  thread.source = SourceId("forum");
  thread.url = thread.archive_url = "https://forum.example/t/1";
  REQUIRE(enqueue(store, std::vector{thread}, noon()));
  Answer missing = answer_of(request_key(thread), {}, 20);
  missing.gone = true;
  CHECK(take_in(store, {missing}).departed == 2);
  CHECK(ask(store, "SELECT external_id FROM post WHERE gone_at IS NULL") == "2");
}

TEST_CASE("where the terms ask for it, a post that is gone is erased with its history", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0), posted("2", 0)}))});
  Sighting edited = posted("1", 0);
  edited.post.text = "Mended by now";
  take_in(store, {whole(answer_of(list_request, {edited, posted("2", 0)}))});
  Answer later = whole(answer_of(list_request, {posted("2", 0)}, 20));
  later.erase_departed = true;
  CHECK(take_in(store, {later}).departed == 1);
  CHECK(gone(store) == "2|~");
  CHECK(ask(store, "SELECT count(*) FROM revision") == "1");
  CHECK(ask(store, "SELECT sum(mentions) FROM v_daily") == "1");
  CHECK(ask(store, "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'mended'").empty());
}

TEST_CASE("what was gone before the terms asked for it is erased as well", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0)}))});
  take_in(store, {whole(answer_of(list_request, {}, 20))});
  Answer later = whole(answer_of(list_request, {}, 30));
  later.erase_departed = true;
  CHECK(take_in(store, {later}).departed == 1);
  CHECK(gone(store).empty());
}

TEST_CASE("a post whose edit names no brand any more is still there", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0)}))});
  Answer later = whole(answer_of(list_request, {}, 20));
  later.shown->others = {post_id(posted("1", 0).post), post_id(posted("2", 0).post)};
  const IngestCounts counts = take_in(store, {later});
  CHECK(counts.departed == 0);
  CHECK(counts.new_posts == 0);
  CHECK(ask(store, "SELECT text, gone_at FROM v_mentions") == "The hinge of 1 broke|~");
  CHECK(ask(store, "SELECT count(*) FROM post") == "1");
}

TEST_CASE("a post that was gone is back though no brand is found in it", "[store]") {
  Store store = open_memory();
  take_in(store, {whole(answer_of(list_request, {posted("1", 0)}))});
  take_in(store, {whole(answer_of(list_request, {}, 20))});
  Answer later = answer_of(other_request, {}, 30);
  later.shown.emplace().others = {post_id(posted("1", 0).post)};
  take_in(store, {later});
  CHECK(gone(store) == "1|~");
  // It stands in the other list now.
  CHECK(take_in(store, {whole(answer_of(list_request, {}, 40))}).departed == 0);
}

TEST_CASE("a payload that is archived is found by its digest, the oldest record first", "[store]") {
  Store store = open_memory();
  const std::string digest = labelled_digest("the same bytes");
  CHECK_FALSE(value_of(find_payload(store, digest)).has_value());
  Answer first = answer_of(list_request, {posted("1", 0)});
  first.evidence = EvidenceRef{"a.warc.gz", 17, 10, digest};
  first.evidence_url = "https://forum.example/a";
  Answer second = answer_of(other_request, {posted("2", 0)});
  second.evidence = EvidenceRef{"a.warc.gz", 99, 10, digest};
  take_in(store, {first, second});
  const auto found = value_of(find_payload(store, digest));
  REQUIRE(found.has_value());
  CHECK(found->where == *first.evidence);
  CHECK(found->url == "https://forum.example/a");
  CHECK(found->fetched_at == noon(10));
  CHECK_FALSE(value_of(find_payload(store, labelled_digest("other"))).has_value());
  CHECK_FALSE(value_of(find_payload(store, "")).has_value());
}
