#include "store/frontier.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "store/connection.h"
#include "store/migrations.h"
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

PageRequest standing(std::string_view url) {
  PageRequest r = request(url, 1);
  r.standing = true;
  return r;
}

// Ends a lease with an answer: a page seen at `at` and worth asking again after so many hours.
void answer(Store& store, const Lease& lease, UtcTime at, int hours, bool gone = false) {
  Batch batch;
  batch.run = RunId(1);
  batch.now = at;
  Answer& answer = batch.answers.emplace_back();
  answer.request = lease.key;
  answer.fetched_at = at;
  answer.gone = gone;
  answer.page = PageState{};
  answer.page->payload_digest = "sha256:00";
  answer.page->seen_at = at;
  answer.page->revisit_after = std::chrono::hours(hours);
  value_of(ingest(store, batch));
}

// Begins a pass, gives every request that it asks an answer as above, and ends it; their URLs.
Urls whole_pass(Store& store, UtcTime at, int hours, bool gone = false) {
  value_of(begin_pass(store, "acme/forum", at));
  const auto leases = take(store, 99, 99, at);
  for (const Lease& lease : leases) answer(store, lease, at, hours, gone);
  CHECK(value_of(finish_pass(store, "acme/forum", at)));
  return urls(leases);
}

// What the frontier should hold, kept as simply as can be.
struct Model {
  enum class State { queued, leased, done, dead };
  std::map<std::string, State> requests;  // by URL
  std::map<std::string, UtcTime> due;     // of those postponed

  [[nodiscard]] std::size_t count(State state) const {
    return static_cast<std::size_t>(std::count_if(
        requests.begin(), requests.end(), [&](const auto& one) { return one.second == state; }));
  }
};

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
  CHECK(ask(store,
            "SELECT count(*) FROM queued q JOIN profile p ON p.id = q.profile "
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

TEST_CASE("no host is held for longer than a day, whatever the clock said before", "[store]") {
  Store store = queued({request("https://a.example/1")});
  REQUIRE(hold_host(store, "a.example", noon(24 * 900)));
  CHECK(take(store, 5, 5).empty());
  CHECK(value_of(next_due(store)) == noon(24));
  CHECK(urls(take(store, 5, 5, noon(24))) == Urls{"https://a.example/1"});
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

TEST_CASE("a standing page is asked again in the pass in which it is due", "[store]") {
  Store store = queued({standing("https://a.example/1"), request("https://a.example/passing", 1)});
  for (const Lease& lease : take(store, 9, 9)) answer(store, lease, noon(), 48);
  REQUIRE(value_of(finish_pass(store, "acme/forum", noon())));

  const PassState second = value_of(begin_pass(store, "acme/forum", noon(24)));
  CHECK(second.waiting == 0);
  CHECK(second.not_due == 1);
  const std::vector again{standing("https://a.example/1")};
  CHECK(value_of(enqueue(store, again, noon(24))) == 0);
  CHECK(take(store, 9, 9, noon(24)).empty());
  CHECK(value_of(finish_pass(store, "acme/forum", noon(24))));
  CHECK(value_of(watches(store))[0].not_due == 1);

  const PassState third = value_of(begin_pass(store, "acme/forum", noon(48)));
  CHECK(third.waiting == 1);
  CHECK(third.not_due == 0);
  CHECK(value_of(enqueue(store, again, noon(48))) == 0);
  const auto leases = take(store, 9, 9, noon(48));
  CHECK(urls(leases) == Urls{"https://a.example/1"});
  REQUIRE(leases[0].page);
  CHECK(leases[0].page->seen_at == noon());
  CHECK(leases[0].request.standing);
}

TEST_CASE("an entry is asked in each pass, due or not", "[store]") {
  Store store = queued({standing("https://a.example/")});
  answer(store, take(store, 1, 1)[0], noon(), 48);
  REQUIRE(value_of(finish_pass(store, "acme/forum", noon())));
  value_of(begin_pass(store, "acme/forum", noon(1)));
  PageRequest entry = standing("https://a.example/");
  entry.entry = true;
  CHECK(value_of(enqueue(store, std::vector{entry}, noon(1))) == 1);
  CHECK(value_of(enqueue(store, std::vector{entry}, noon(1))) == 0);
  CHECK(urls(take(store, 9, 9, noon(1))) == Urls{"https://a.example/"});
}

TEST_CASE("a standing page that is gone twice in a row is forgotten", "[store]") {
  Store store = queued({standing("https://a.example/1")});
  answer(store, take(store, 1, 1)[0], noon(), 1);
  REQUIRE(value_of(finish_pass(store, "acme/forum", noon())));
  const Urls one{"https://a.example/1"};
  CHECK(whole_pass(store, noon(2), 1, true) == one);
  CHECK(whole_pass(store, noon(4), 1) == one);  // back again
  CHECK(whole_pass(store, noon(6), 1, true) == one);
  CHECK(whole_pass(store, noon(8), 1, true) == one);
  CHECK(whole_pass(store, noon(10), 1).empty());
  value_of(begin_pass(store, "acme/forum", noon(12)));
  CHECK(value_of(enqueue(store, std::vector{standing("https://a.example/1")}, noon(12))) == 1);
}

TEST_CASE("standing pages that died or were left over are tried again in the next pass",
          "[store]") {
  Store store = queued({standing("https://a.example/died"), standing("https://a.example/left"),
                        standing("https://a.example/later")});
  const auto leases = take(store, 2, 2);
  REQUIRE(bury(store, leases[0].key, "HTTP 500"));
  REQUIRE(postpone(store, leases[1].key, noon(1), "HTTP 503"));
  CHECK(value_of(abandon_pass(store, "acme/forum", "capped: max_pages")) == 2);
  REQUIRE(value_of(finish_pass(store, "acme/forum", noon())));
  CHECK(whole_pass(store, noon(2), 24).size() == 3);
}

TEST_CASE("a host at its day's budget is asked again on the next day", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2"),
                        request("https://a.example/3"), request("https://b.example/1")});
  LeaseLimits limits;
  limits.per_host = 9;
  limits.per_host_daily = 2;
  const auto leases = value_of(lease(store, RunId(1), noon(), limits));
  CHECK(urls(leases) == Urls{"https://a.example/1", "https://b.example/1", "https://a.example/2"});
  for (const Lease& one : leases) REQUIRE(complete(store, one.key));
  CHECK(value_of(lease(store, RunId(1), noon(), limits)).empty());
  CHECK(value_of(over_budget(store, noon())) == 1);
  CHECK(value_of(next_due(store)) == noon(12));  // midnight
  CHECK(value_of(lease(store, RunId(1), noon(11), limits)).empty());
  CHECK(urls(value_of(lease(store, RunId(1), noon(12), limits))) == Urls{"https://a.example/3"});
  CHECK(value_of(over_budget(store, noon(12))) == 0);
}

TEST_CASE("answers to what is no request of the frontier count against the day's budget",
          "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2"),
                        request("https://a.example/3"), request("https://b.example/1")});
  Batch batch;
  batch.run = RunId(1);
  batch.now = noon();
  batch.answered = {"a.example", "new.example", "a.example"};  // robots.txt and a redirect
  batch.wanted.emplace();
  batch.wanted->per_host = 9;
  batch.wanted->per_host_daily = 3;
  const Advanced advanced = value_of(advance(store, std::move(batch)));
  CHECK(urls(advanced.leases) == Urls{"https://a.example/1", "https://b.example/1"});
}

TEST_CASE("a greater budget counts at once", "[store]") {
  Store store = queued({request("https://a.example/1"), request("https://a.example/2")});
  LeaseLimits limits;
  limits.per_host_daily = 1;
  REQUIRE(complete(store, value_of(lease(store, RunId(1), noon(), limits))[0].key));
  CHECK(value_of(lease(store, RunId(1), noon(), limits)).empty());
  limits.per_host_daily = 5;
  CHECK(value_of(lease(store, RunId(1), noon(), limits)).size() == 1);
}

TEST_CASE("a thousand held hosts stand in nobody's way", "[store]") {
  std::vector<PageRequest> requests;
  for (int i = 0; i < 1000; ++i)
    requests.push_back(request("https://held" + std::to_string(i) + ".example/", 1));
  requests.push_back(request("https://free.example/", 1));
  Store store = queued(requests);
  for (int i = 0; i < 1000; ++i)
    REQUIRE(hold_host(store, "held" + std::to_string(i) + ".example", noon(1)));
  CHECK(ask(store, "SELECT count(*) FROM ready_hosts") == "1");
  CHECK(urls(take(store, 9, 9)) == Urls{"https://free.example/"});
  CHECK(take(store, 5000, 9, noon(1)).size() == 1000);
}

TEST_CASE("requests that end together leave those that lie between them", "[store]") {
  std::vector<PageRequest> requests;
  for (int i = 0; i < 100; ++i)
    requests.push_back(request("https://a.example/" + std::to_string(i), 1));
  Store store = queued(requests);
  const auto leases = take(store, 100, 100);
  REQUIRE(leases.size() == 100);
  Batch batch;
  Urls left;
  for (std::size_t i = 0; i < leases.size(); ++i) {
    if (i < 50 ? i % 17 == 5 : i >= 70 && i < 80) {
      left.push_back(leases[i].request.url);
    } else {
      batch.answers.emplace_back().request = leases[i].key;
    }
  }
  value_of(ingest(store, batch));
  for (const Lease& lease : leases) static_cast<void>(give_back(store, lease.key));
  CHECK(urls(take(store, 100, 100)) == left);
}

TEST_CASE("no two connections lease the same request, and either may end it", "[store]") {
  const TempFolder folder;
  Store one = value_of(Store::open(folder.file("t.db")));
  Store two = value_of(Store::open(folder.file("t.db")));
  value_of(begin_pass(one, "acme/forum", noon()));
  value_of(enqueue(one, std::vector{request("https://a.example/1"), request("https://a.example/2")},
                   noon()));
  const auto first = take(one, 1, 5);
  const auto second = take(two, 5, 5);
  CHECK(urls(first) == Urls{"https://a.example/1"});
  CHECK(urls(second) == Urls{"https://a.example/2"});
  REQUIRE(complete(two, first[0].key));
  CHECK(value_of(enqueue(one, std::vector{request("https://a.example/1")}, noon())) == 0);
  REQUIRE(give_back(one, second[0].key));
  CHECK(urls(take(two, 5, 5)) == Urls{"https://a.example/2"});
  CHECK(value_of(watches(one))[0].done == 1);
}

TEST_CASE("more keys than memory holds are all known", "[store]") {
  Store store = open_memory();
  value_of(begin_pass(store, "acme/forum", noon()));
  std::vector<PageRequest> requests;
  for (int i = 0; i < 140'000; ++i)  // and as many hosts: more than are kept unsorted
    requests.push_back(request("https://h" + std::to_string(i) + ".example/", 1));
  CHECK(value_of(enqueue(store, requests, noon())) == requests.size());
  CHECK(ask(store, "SELECT count(*) > 0 FROM known") == "1");
  for (PageRequest& one : requests) one.url = one.archive_url += "second";
  CHECK(value_of(enqueue(store, requests, noon())) == requests.size());
  CHECK(value_of(enqueue(store, requests, noon())) == 0);
  CHECK(ask(store, "SELECT count(DISTINCT id >> 35) FROM queued") == "140000");
}

TEST_CASE("how one came to a page makes it no other request", "[store]") {
  PageRequest page = request("https://a.example/r?page=3");
  page.step = "pages?url=x";
  const RequestKey key = request_key(page);
  page.step = "pages?.n=2&url=x";
  CHECK(request_key(page) == key);
  page.step = "pages?url=x&.n=12";
  CHECK(request_key(page) == key);
  page.step = "pages?n=2&url=x";
  CHECK(request_key(page) != key);
}

TEST_CASE("the frontier does as a simple model of it, whatever is done and killed", "[store]") {
  const TempFolder folder;
  const std::string path = folder.file("t.db");
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  auto store = std::make_unique<Store>(value_of(Store::open(path)));
  value_of(begin_pass(*store, "acme/forum", noon()));
  Model model;
  std::vector<Lease> held;
  using State = Model::State;
  UtcTime now = noon();
  for (int step = 0; step < 3000; ++step) {
    now += std::chrono::seconds(1);
    const std::size_t action = below(100);
    if (action < 40) {
      const std::string url =
          "https://h" + std::to_string(below(12)) + ".example/" + std::to_string(below(60));
      const bool fresh = model.requests.emplace(url, State::queued).second;
      REQUIRE(value_of(enqueue(*store, std::vector{request(url, static_cast<int>(below(3)))},
                               now)) == (fresh ? 1 : 0));
    } else if (action < 60) {
      for (Lease& lease : take(*store, 1 + below(6), 1 + below(3), now)) {
        const std::string& url = lease.request.url;
        REQUIRE(model.requests.at(url) == State::queued);
        if (const auto due = model.due.find(url); due != model.due.end()) {
          REQUIRE(due->second <= now);
          model.due.erase(due);
        }
        model.requests[url] = State::leased;
        held.push_back(std::move(lease));
      }
    } else if (action < 96 && !held.empty()) {
      const std::size_t which = below(held.size());
      const Lease lease = held[which];
      held.erase(held.begin() + static_cast<std::ptrdiff_t>(which));
      State& state = model.requests[lease.request.url];
      if (action < 80) {
        REQUIRE(complete(*store, lease.key));
        state = State::done;
      } else if (action < 86) {
        model.due[lease.request.url] = now + std::chrono::seconds(20);
        REQUIRE(postpone(*store, lease.key, now + std::chrono::seconds(20), "503"));
        state = State::queued;
      } else if (action < 90) {
        REQUIRE(bury(*store, lease.key, "500"));
        state = State::dead;
      } else {
        REQUIRE(give_back(*store, lease.key));
        state = State::queued;
      }
    } else if (action >= 96) {  // killed, and begun anew
      store.reset();
      store = std::make_unique<Store>(value_of(Store::open(path)));
      if (action >= 98) {
        REQUIRE(value_of(reclaim_killed_runs(*store, now)) == held.size());
        for (const Lease& lease : held) model.requests[lease.request.url] = State::queued;
        held.clear();
      }
    }
    const WatchState watch = value_of(watches(*store))[0];
    REQUIRE(watch.waiting == model.count(State::queued) + model.count(State::leased));
    REQUIRE(watch.done == model.count(State::done));
    REQUIRE(watch.dead == model.count(State::dead));
  }
  now += std::chrono::hours(1);
  value_of(reclaim_killed_runs(*store, now));
  CHECK(take(*store, 5000, 5000, now).size() ==
        model.count(State::queued) + model.count(State::leased));
}

TEST_CASE("a crawl waits for another that writes, and its log stays short", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("t.db")));
  Store other = value_of(Store::open(folder.file("t.db")));
  value_of(begin_pass(store, "acme/forum", noon()));
  CHECK(OpenOptions{}.busy_timeout >= std::chrono::seconds(60));
  other.connection().script("BEGIN IMMEDIATE");
  std::thread slow([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    other.connection().script("COMMIT");
  });
  Batch batch;
  batch.now = noon();
  batch.answers.emplace_back().discovered = {request("https://a.example/1")};
  const auto waited = advance(store, batch);
  slow.join();
  REQUIRE(waited);

  for (int i = 0; i < 60; ++i) {
    std::vector<PageRequest> requests;
    for (int j = 0; j < 1000; ++j) {
      requests.push_back(
          request("https://a.example/" + std::string(2000, 'x') + std::to_string(1000 * i + j), 1));
    }
    value_of(enqueue(store, requests, noon()));
  }
  CHECK(std::filesystem::file_size(folder.file("t.db")) > 40'000'000);
  CHECK(std::filesystem::file_size(folder.file("t.db-wal")) < 96'000'000);
}

TEST_CASE("the log stays short where each commit is long", "[store]") {
  const TempFolder folder;
  Store store = value_of(Store::open(folder.file("t.db")));
  Connection& c = store.connection();
  c.script("CREATE TABLE long_row (bytes BLOB NOT NULL)");
  for (int i = 0; i < 6; ++i) c.script("INSERT INTO long_row VALUES(randomblob(20000000))");
  REQUIRE(c.ok());
  CHECK(std::filesystem::file_size(folder.file("t.db-wal")) < 96'000'000);
}

TEST_CASE("requests of a frontier before it was laid out by host are carried over", "[store]") {
  const TempFolder folder;
  {
    Store store = value_of(Store::open(folder.file("t.db")));
    Connection& c = store.connection();
    c.script(
        "DROP VIEW v_mentions; DROP VIEW v_why; DROP VIEW v_themes; DROP VIEW v_service;"
        "DROP VIEW v_daily; DROP VIEW v_theme_daily; DROP VIEW v_hourly; DROP VIEW v_coverage;"
        "DROP VIEW v_runs; DROP VIEW IF EXISTS v_coverage_reasons;"
        "DROP VIEW IF EXISTS v_corrections; DROP VIEW IF EXISTS v_erasures;"
        "DROP VIEW IF EXISTS v_verdicts; DROP VIEW IF EXISTS v_audits;"
        "DROP VIEW IF EXISTS v_split_daily; DROP VIEW IF EXISTS v_looks");
    std::string drop = ask(store,
                           "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema "
                           "WHERE type = 'table' AND name NOT LIKE 'mention_fts_%' "
                           "AND name NOT LIKE 'sqlite_%'");
    c.script("PRAGMA foreign_keys = OFF; " + drop);
    for (const Migration& step : migrations().first(2)) c.script(std::string(step.sql));
    PageRequest done = request("https://a.example/done?x=1", 1);
    done.step = "list?page=2";
    const PageRequest left = request("https://a.example/left", 1);
    c.script(
        "INSERT INTO watch VALUES(7, 'acme/forum', 3, 1, 1773144000000, NULL);"
        "INSERT INTO host VALUES(5, 'a.example', 0)");
    Sql add =
        "INSERT INTO request VALUES(?1, ?2, 7, 'forum', ?3, 'GET', ?4, '', '', 5, 1, 0, ?5, 0, "
        "0, NULL, NULL, NULL)";
    c.run(add, 1, request_key(done), done.step, done.url, 2);
    c.run(add, 2, request_key(left), left.step, left.url, 1);
    c.script("PRAGMA user_version = 2");
    REQUIRE(c.ok());
  }
  Store store = value_of(Store::open(folder.file("t.db")));
  const PassState pass = value_of(begin_pass(store, "acme/forum", noon(1)));
  CHECK(pass.resumed);
  CHECK(pass.waiting == 1);
  CHECK(pass.done == 1);
  PageRequest done = request("https://a.example/done?x=1", 1);
  done.step = "list?page=2";
  const std::vector known{done, request("https://a.example/left", 1)};
  CHECK(value_of(enqueue(store, known, noon(1))) == 0);
  const auto leases = take(store, 9, 9, noon(1));
  CHECK(urls(leases) == Urls{"https://a.example/left"});
  CHECK(leases[0].key == request_key(known[1]));
}
