#include "store/frontier.h"

#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

PageRequest request(std::string_view url, int depth = 0) {
  PageRequest r;
  r.source = SourceId("forum");
  r.watch = "acme/forum";
  r.url = r.archive_url = url;
  r.depth = depth;
  r.entry = depth == 0;
  return r;
}

// A store with a begun pass of acme/forum and these requests queued.
Store queued(std::vector<PageRequest> requests) {
  Store store = open_memory();
  value_of(begin_pass(store, "acme/forum", noon()));
  value_of(enqueue(store, requests, noon()));
  return store;
}

std::vector<std::string> urls(const std::vector<Lease>& leases) {
  std::vector<std::string> found;
  for (const Lease& lease : leases) found.push_back(lease.request.url);
  return found;
}

std::vector<Lease> take(Store& store, std::size_t n, std::size_t per_host, UtcTime now = noon()) {
  LeaseLimits limits;
  limits.requests = n;
  limits.per_host = per_host;
  return value_of(lease(store, RunId(1), now, limits));
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("a request comes back as it was enqueued, without its secrets", "[store]") {
  PageRequest asked = request("https://api.example:8443/v1?key=REDACTED", 2);
  asked.url = "https://api.example:8443/v1?key=hunter2";
  asked.step = "comments?id=42";
  asked.method = "POST";
  asked.headers = {{"Accept", "application/json"}, {"authorization", "Bearer hunter2"}};
  asked.body = std::string("{\"q\":\"\0\"}", 9);
  Store store = queued({asked});
  const auto leases = take(store, 1, 1);
  REQUIRE(leases.size() == 1);
  PageRequest expected = asked;
  expected.url = expected.archive_url;
  expected.headers.pop_back();
  CHECK(leases[0].request == expected);
  CHECK(leases[0].host == "api.example:8443");
  CHECK(ask(store, "SELECT count(*) FROM queued q JOIN profile p ON p.id = q.profile "
                   "WHERE url || headers || body LIKE '%hunter2%'") == "0");
}

TEST_CASE("enqueuing twice within a pass asks once, whatever became of the request", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/1")});
  const std::vector same{request("https://a.example/1")};
  auto leases = take(store, 5, 5);
  REQUIRE(leases.size() == 1);
  CHECK(value_of(enqueue(store, same, noon())) == 0);
  REQUIRE(complete(store, leases[0].key));
  CHECK(value_of(enqueue(store, same, noon())) == 0);
  CHECK(take(store, 5, 5).empty());
}

TEST_CASE("hosts take turns and none has more under way than allowed", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2"),
                        request("https://a.example/3"), request("https://b.example/1"),
                        request("https://c.example/1")});
  CHECK(urls(take(store, 4, 2)) == Urls{"https://a.example/1", "https://b.example/1",
                                        "https://c.example/1", "https://a.example/2"});
  CHECK(take(store, 4, 2).empty());  // two of a.example are under way
  CHECK(urls(take(store, 4, 3)) == Urls{"https://a.example/3"});
}

TEST_CASE("the next turn begins after the host that was served last", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2"),
                        request("https://b.example/1"), request("https://b.example/2")});
  CHECK(urls(take(store, 1, 9)) == Urls{"https://a.example/1"});
  CHECK(urls(take(store, 1, 9)) == Urls{"https://b.example/1"});
  CHECK(urls(take(store, 1, 9)) == Urls{"https://a.example/2"});
}

TEST_CASE("requests nearest to the entry are asked first", "[store]") {
  Store store = queued({request("https://a.example/deep", 3), request("https://a.example/", 0),
                        request("https://a.example/near", 1)});
  CHECK(urls(take(store, 3, 3)) ==
        Urls{"https://a.example/", "https://a.example/near", "https://a.example/deep"});
}

TEST_CASE("a postponed request waits its time and counts an attempt", "[store]") {
  Store store = queued({request("https://a.example/1")});
  const auto first = take(store, 1, 1);
  REQUIRE(postpone(store, first[0].key, noon(2), "503"));
  CHECK(take(store, 1, 1, noon(1)).empty());
  CHECK(value_of(next_due(store)) == noon(2));
  const auto second = take(store, 1, 1, noon(2));
  REQUIRE(second.size() == 1);
  CHECK(second[0].attempts == 1);
  REQUIRE(give_back(store, second[0].key));
  CHECK(take(store, 1, 1, noon(2))[0].attempts == 1);
}

TEST_CASE("a held host gives nothing before its time", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://b.example/1")});
  REQUIRE(hold_host(store, "a.example", noon(3)));
  REQUIRE(hold_host(store, "a.example", noon(1)));  // never earlier than was asked before
  CHECK(urls(take(store, 5, 5)) == Urls{"https://b.example/1"});
  CHECK(value_of(next_due(store)) == noon(3));
  CHECK(urls(take(store, 5, 5, noon(3))) == Urls{"https://a.example/1"});
}

TEST_CASE("a request that is given up says why and is not asked again", "[store]") {
  Store store = queued({request("https://a.example/1")});
  const auto leases = take(store, 1, 1);
  REQUIRE(bury(store, leases[0].key, "HTTP 500 five times"));
  CHECK(take(store, 1, 1, noon(99)).empty());
  const auto dead = value_of(dead_requests(store, "acme/forum"));
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].reason == "HTTP 500 five times");
  CHECK(dead[0].entry);
}

TEST_CASE("ends of an unknown lease are refused", "[store]") {
  Store store = open_memory();
  const auto done = complete(store, RequestKey(42));
  REQUIRE_FALSE(done);
  CHECK(done.error().code == Errc::not_found);
  const std::vector one{request("https://a.example/1")};
  const auto added = enqueue(store, one, noon());
  REQUIRE_FALSE(added);
  CHECK(added.error().code == Errc::not_found);
}

TEST_CASE("a lease past its time, or of an ended run, goes back to the queue", "[store]") {
  Store store = open_memory();
  const RunId run = value_of(begin_run(store, noon(), "r"));
  value_of(begin_pass(store, "acme/forum", noon()));
  const std::vector all{request("https://a.example/1"), request("https://b.example/1")};
  value_of(enqueue(store, all, noon()));
  LeaseLimits limits;
  limits.duration = std::chrono::hours(2);
  CHECK(value_of(lease(store, run, noon(), limits)).size() == 2);
  CHECK(value_of(reclaim_leases(store, noon(1))) == 0);
  CHECK(value_of(reclaim_leases(store, noon(2))) == 2);
  CHECK(value_of(lease(store, run, noon(2), limits)).size() == 2);
  REQUIRE(end_run(store, run, noon(2), 0));
  CHECK(value_of(lease(store, RunId(2), noon(2), limits)).size() == 2);
}

TEST_CASE("what a killed run held is returned to the next crawl", "[store]") {
  Store store = open_memory();
  const RunId run = value_of(begin_run(store, noon(), "r"));
  value_of(begin_pass(store, "acme/forum", noon()));
  const std::vector all{request("https://a.example/1"), request("https://b.example/1")};
  value_of(enqueue(store, all, noon()));
  CHECK(value_of(lease(store, run, noon(), {})).size() == 2);
  CHECK(value_of(reclaim_killed_runs(store, noon(1))) == 2);
  CHECK(ask(store, "SELECT ended, exit FROM v_runs") == "2026-03-10T13:00:00Z|1");
  const PassState pass = value_of(begin_pass(store, "acme/forum", noon(1)));
  CHECK(pass.resumed);
  CHECK(pass.waiting == 2);
}

TEST_CASE("a pass ends when nothing in it waits, and a new one asks again", "[store]") {
  Store store = queued({request("https://a.example/1")});
  CHECK_FALSE(value_of(finish_pass(store, "acme/forum", noon(1))));
  const auto leases = take(store, 1, 1);
  Batch batch = batch_of({});
  batch.answers[0].request = leases[0].key;
  PageState page;
  page.etag = "\"v1\"";
  page.payload_digest = "sha256:00";
  page.status = 200;
  page.seen_at = noon();
  batch.answers[0].page = page;
  batch.answers[0].discovered = {request("https://a.example/2", 1)};
  CHECK(value_of(ingest(store, batch)).discovered == 1);
  CHECK_FALSE(value_of(finish_pass(store, "acme/forum", noon(1))));
  REQUIRE(complete(store, take(store, 1, 1, noon(6))[0].key));
  CHECK(value_of(finish_pass(store, "acme/forum", noon(1))));
  CHECK(value_of(watches(store))[0].last_finished == noon(1));

  const PassState second = value_of(begin_pass(store, "acme/forum", noon(24)));
  CHECK(second.pass == 2);
  CHECK_FALSE(second.resumed);
  const std::vector entry{request("https://a.example/1")};
  CHECK(value_of(enqueue(store, entry, noon(24))) == 1);
  const auto again = take(store, 1, 1, noon(24));
  REQUIRE(again.size() == 1);
  REQUIRE(again[0].page);
  CHECK(again[0].page->etag == "\"v1\"");
  CHECK(value_of(watches(store))[0].last_finished == noon(1));
}

TEST_CASE("where a page's bytes lie is remembered through answers without any", "[store]") {
  Store store = queued({request("https://a.example/1")});
  Batch batch = batch_of({});
  Answer& answer = batch.answers[0];
  answer.request = request_key(request("https://a.example/1"));
  answer.page = PageState{};
  answer.page->payload_digest = "sha256:00";
  answer.evidence = EvidenceRef{"a.warc.gz", 10, 20, "sha256:00"};
  REQUIRE(ingest(store, batch));
  answer.evidence.reset();
  answer.page->seen_at = noon(24);
  REQUIRE(ingest(store, batch));
  const auto known = value_of(find_page(store, *answer.request));
  REQUIRE(known);
  CHECK(known->seen_at == noon(24));
  CHECK(known->evidence == EvidenceRef{"a.warc.gz", 10, 20, "sha256:00"});
}

TEST_CASE("a pass that was left for more than a week is begun anew", "[store]") {
  Store store = queued({request("https://a.example/cursor=expired", 1)});
  const UtcTime later = noon(24 * 8);
  CHECK(value_of(begin_pass(store, "acme/forum", later)).pass == 2);
  CHECK(take(store, 5, 5, later).empty());
}

TEST_CASE("what a cap leaves over is given up with a reason", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2")});
  CHECK(value_of(abandon_pass(store, "acme/forum", "capped: max_pages")) == 2);
  CHECK(value_of(finish_pass(store, "acme/forum", noon())));
  CHECK(value_of(watches(store))[0].dead == 2);
}

TEST_CASE("only the requests of the named watches are leased", "[store]") {
  Store store = open_memory();
  for (const char* watch : {"acme/forum", "globex/forum"}) {
    value_of(begin_pass(store, watch, noon()));
    std::vector one{request(std::string("https://a.example/") + watch)};
    one[0].watch = watch;
    value_of(enqueue(store, one, noon()));
  }
  LeaseLimits limits;
  limits.per_host = 5;
  limits.watches = {"globex/forum", "unknown"};
  CHECK(urls(value_of(lease(store, RunId(1), noon(), limits))) ==
        Urls{"https://a.example/globex/forum"});
  CHECK_FALSE(value_of(next_due(store, limits.watches)));
  CHECK(value_of(next_due(store)));
}
