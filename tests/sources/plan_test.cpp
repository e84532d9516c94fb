#include "sources/plan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "sources/falling_list.h"
#include "sources/recheck.h"
#include "sources/template.h"

namespace testigo::sources {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

Source source_of(const std::string& toml) {
  auto source = load_source("rules/sources/acme.toml", toml);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  return *source;
}

const std::string items = R"([items]
list = "/items"
[items.fields]
id = "/id"
text = "/text"
)";

Source searching() {
  return source_of(R"(title = "Acme talk"
format = "json"
[parameters.country]
default = ["us"]
[request]
url = "https://talk.example/{country}/search"
query = { q = '"{term}"', since = "{since_unix}", page = "{page}" }
[paging]
kind = "page"
first = 0
total = "/pages"
max_pages = 3
)" + items);
}

Watch watch_of(std::vector<std::string> terms) {
  Watch watch;
  watch.key = "acme/talk";
  watch.brand_name = "Acme Cloud";
  watch.terms = std::move(terms);
  return watch;
}

extract::Extraction answer(std::size_t count) {
  extract::Extraction extraction;
  extraction.items = count;
  return extraction;
}

std::vector<std::string> urls(const std::vector<PageRequest>& requests) {
  std::vector<std::string> urls;
  for (const PageRequest& request : requests) urls.push_back(request.url);
  return urls;
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("values are percent-encoded and parameters without a value left out", "[sources]") {
  const auto requests = plan(searching(), watch_of({"acme & söhne"}), now);
  REQUIRE(requests);
  CHECK(urls(*requests) ==
        Urls{"https://talk.example/us/search?q=%22acme%20%26%20s%C3%B6hne%22&page=0"});
  CHECK(requests->front().entry);
  CHECK(requests->front().watch == "acme/talk");
  CHECK(requests->front().archive_url == requests->front().url);
}

TEST_CASE("several values make a request for each combination", "[sources]") {
  Watch watch = watch_of({"acme", "acmecloud"});
  watch.parameters["country"] = {"es", "ro"};
  const auto requests = plan(searching(), watch, now);
  REQUIRE(requests);
  CHECK(requests->size() == 4);
}

TEST_CASE("without search terms the brand's name is searched for", "[sources]") {
  const auto requests = plan(searching(), watch_of({}), now);
  REQUIRE(requests);
  CHECK(requests->front().url.find("Acme%20Cloud") != std::string::npos);
}

TEST_CASE("a watch with an unknown parameter hears which one was meant", "[sources]") {
  Watch watch = watch_of({"acme"});
  watch.parameters["contry"] = {"es"};
  const auto requests = plan(searching(), watch, now);
  REQUIRE(!requests);
  CHECK(requests.error().what.find("did you mean \"country\"?") != std::string::npos);
  CHECK(requests.error().where == "acme/talk");
}

TEST_CASE("a missing parameter says what it is", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "feed"
[parameters.url]
about = "the feed's address"
required = true
[request]
url = "{+url}"
)");
  const auto requests = plan(source, watch_of({}), now);
  REQUIRE(!requests);
  CHECK(requests.error().what.find("url = \"…\" (the feed's address)") != std::string::npos);
  Watch watch = watch_of({});
  watch.parameters["url"] = {"javascript:alert(1)"};
  CHECK(!plan(source, watch, now));
  watch.parameters["url"] = {"https://acme.example/feed?a=1&b=2"};
  const auto good = plan(source, watch, now);
  REQUIRE(good);
  CHECK(urls(*good) == Urls{"https://acme.example/feed?a=1&b=2"});
}

TEST_CASE("too many combinations are refused", "[sources]") {
  Watch watch = watch_of({});
  for (int i = 0; i < 40; ++i) {
    watch.terms.push_back("term" + std::to_string(i));
    watch.parameters["country"].push_back("c" + std::to_string(i));
  }
  const auto requests = plan(searching(), watch, now);
  REQUIRE(!requests);
  CHECK(requests.error().code == Errc::limit_exceeded);
}

TEST_CASE("paging by page ends at the total, at an empty list and at the cap", "[sources]") {
  const Source source = searching();
  const Watch watch = watch_of({"acme"});
  PageRequest request = plan(source, watch, now)->front();

  CHECK(follow(source, watch, request, answer(0)).requests.empty());
  extract::Extraction last = answer(20);
  last.total = 1;
  CHECK(follow(source, watch, request, last).requests.empty());

  last.total = 9;
  Following second = follow(source, watch, request, last);
  REQUIRE(second.requests.size() == 1);
  CHECK(second.requests[0].url.find("page=1") != std::string::npos);
  CHECK(!second.requests[0].entry);
  Following third = follow(source, watch, second.requests[0], last);
  REQUIRE(third.requests.size() == 1);
  const Following beyond = follow(source, watch, third.requests[0], last);
  CHECK(beyond.requests.empty());
  CHECK(beyond.capped == 1);
}

TEST_CASE("a cursor is passed on encoded, and a repeated or missing one ends the chain",
          "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "json"
[request]
url = "https://shop.example/reviews"
query = { cursor = "{cursor}" }
[paging]
kind = "cursor"
start = "*"
cursor = "/cursor"
)" + items);
  const Watch watch = watch_of({});
  const PageRequest first = plan(source, watch, now)->front();
  CHECK(first.url == "https://shop.example/reviews?cursor=%2A");
  extract::Extraction extraction = answer(5);
  extraction.cursor = "a+b/c=";
  const Following second = follow(source, watch, first, extraction);
  REQUIRE(second.requests.size() == 1);
  CHECK(second.requests[0].url == "https://shop.example/reviews?cursor=a%2Bb%2Fc%3D");
  CHECK(follow(source, watch, second.requests[0], extraction).requests.empty());
  extraction.cursor.reset();
  CHECK(follow(source, watch, first, extraction).requests.empty());
}

TEST_CASE("a list that shows the same pages under new addresses is left", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/search"
[paging]
kind = "next_url"
next = "/next"
[[step]]
name = "topic"
for_each = "/topics"
variables = { topic = "/id" }
format = "json"
[step.request]
url = "https://talk.example/t/{topic}"
[step.items]
list = "/items"
[step.items.fields]
id = "/id"
text = "/text"
)" + items);
  const Watch watch = watch_of({});
  // How many pages are asked of a list whose pages show what `shown` says of each.
  const auto pages_of = [&](const std::function<extract::Extraction(int)>& shown) {
    std::vector<PageRequest> asked = *plan(source, watch, now);
    for (int page = 0; page < 20; ++page) {
      extract::Extraction extraction = shown(page);
      extraction.next = {"https://talk.example/search?after=" + std::to_string(page)};
      const Following next = follow(source, watch, asked.back(), extraction);
      if (next.repeats) return page + 1;
      const auto further = std::find_if(next.requests.begin(), next.requests.end(),
                                        [](const PageRequest& r) { return r.step[0] != 't'; });
      if (further == next.requests.end()) return -1;
      asked.push_back(*further);
    }
    return 20;
  };
  const auto posts = [](std::vector<std::string> ids) {
    extract::Extraction extraction = answer(ids.size());
    for (std::string& id : ids) extraction.posts.emplace_back().external_id = std::move(id);
    return extraction;
  };
  CHECK(pages_of([&](int page) { return posts({std::to_string(page)}); }) == 20);
  CHECK(pages_of([&](int) { return posts({"a", "b"}); }) == 3);
  CHECK(pages_of([&](int page) {
          return page % 2 == 0 ? posts({"a", "b"}) : posts({"b", "a"});
        }) == 3);
  CHECK(pages_of([&](int page) { return posts({std::to_string(page % 3)}); }) == 5);
  CHECK(pages_of([&](int page) { return posts({std::to_string(std::min(page, 4))}); }) == 7);
  // One page twice: new posts came while it was read.
  CHECK(pages_of([&](int page) { return posts({std::to_string(page / 2)}); }) == 20);
  // Nothing but what is passed over says nothing of what it was.
  CHECK(pages_of([&](int) {
          extract::Extraction extraction = posts({});
          extraction.skipped = 3;
          return extraction;
        }) == 20);
  const auto topics = [](std::vector<std::string> ids) {
    extract::Extraction extraction = answer(0);
    for (const std::string& id : ids) extraction.each["topic"].push_back({{"topic", id}});
    return extraction;
  };
  CHECK(pages_of([&](int) { return topics({"1", "2"}); }) == 3);
  CHECK(pages_of([&](int page) { return topics({"1", std::to_string(page)}); }) == 20);
}

TEST_CASE("a next link never leaves its host", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "json"
[request]
url = "https://api.example/issues"
[paging]
kind = "link"
)" + items);
  const Watch watch = watch_of({});
  const PageRequest first = plan(source, watch, now)->front();
  extract::Extraction extraction = answer(5);
  extraction.next = {"http://169.254.169.254/latest", "https://api.example/issues?page=2"};
  CHECK(urls(follow(source, watch, first, extraction).requests) ==
        Urls{"https://api.example/issues?page=2"});
}

TEST_CASE("a step asks once for each item, with the entry's own variables", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "json"
[parameters.site]
required = true
[request]
url = "https://{site}/newest"
[[step]]
name = "story"
for_each = "/stories"
variables = { id = "/id" }
max_requests = 2
format = "json"
[step.request]
url = "https://{site}/s/{id}"
[step.items]
list = "/comments"
[step.items.fields]
id = "/id"
text = "/text"
)");
  Watch watch = watch_of({});
  watch.parameters["site"] = {"forum.example"};
  const PageRequest entry = plan(source, watch, now)->front();
  extract::Extraction extraction = answer(3);
  extraction.each["story"] = {{{"id", "a"}}, {{"id", "b"}}, {{"id", "c"}}};
  const Following following = follow(source, watch, entry, extraction);
  CHECK(urls(following.requests) == Urls{"https://forum.example/s/a", "https://forum.example/s/b"});
  CHECK(following.capped == 1);
  CHECK(following.requests[0].depth == 1);
  const auto spec = extractor_for(source, watch, following.requests[0]);
  REQUIRE(spec);
  CHECK(spec->items.at(0).list == extract::Selector{"/comments"});
  CHECK(spec->variables.at("id") == "a");
}

namespace {

// A list of questions; their answers are asked for by three at a time.
Source asking_together() {
  return source_of(R"(title = "x"
format = "json"
[request]
url = "https://ask.example/questions"
query = { page = "{page}" }
[paging]
kind = "page"
newest_first = true
[[step]]
name = "answers"
for_each = "/questions"
variables = { id = "/id", title = "/title", site = "/site" }
changed = "/active"
together = 3
joint = ";"
format = "json"
[step.request]
url = "https://ask.example/{site}/{+id}/answers"
[step.items]
list = "/answers"
[step.items.fields]
id = "/id"
text = "/text"
item = "of:title,id=/question"
)");
}

extract::Variables question(std::string id, std::string title) {
  return {{"id", std::move(id)}, {"title", std::move(title)}, {"site", "en"}};
}

}  // namespace

TEST_CASE("several elements make one request, each with its own words", "[sources]") {
  const Source source = asking_together();
  const Watch watch = watch_of({});
  const PageRequest entry = plan(source, watch, now)->front();
  extract::Extraction extraction = answer(5);
  extraction.more = false;
  extraction.each["answers"] = {question("1", "A; b"), question("2", "C"), question("1", "A; b"),
                                question("3", "D\x1f"), question("4", "E")};
  const auto next = follow(source, watch, entry, extraction).requests;
  CHECK(urls(next) ==
        Urls{"https://ask.example/en/1;2;3/answers", "https://ask.example/en/4/answers"});
  Page page;
  page.url = next[0].url;
  page.body = R"({"answers":[{"id":9,"question":3,"text":"x"},{"id":8,"question":"1","text":"y"},)"
              R"({"id":7,"question":5,"text":"z"},{"id":6,"text":"w"}]})";
  const auto posts = extract::extract_page(page, *extractor_for(source, watch, next[0]), now);
  REQUIRE(posts);
  REQUIRE(posts->posts.size() == 4);
  CHECK(posts->posts[0].item == "D");
  CHECK(posts->posts[1].item == "A; b");
  CHECK(!posts->posts[2].item);
  CHECK(!posts->posts[3].item);
}

TEST_CASE("what has not changed since the last pass is not asked for again", "[sources]") {
  const Source source = asking_together();
  Watch watch = watch_of({});
  watch.since = parse_iso8601("2026-11-20T00:00:00Z");
  const PageRequest entry = plan(source, watch, now)->front();
  extract::Extraction extraction = answer(2);
  auto& elements = extraction.each["answers"];
  elements = {question("1", "A"), question("2", "B"), question("3", "C")};
  elements[0]["changed_at"] = "1795600100";  // 2026-11-25
  elements[1]["changed_at"] = "2026-11-19T23:59:59Z";
  elements[2]["changed_at"] = "no time at all";
  CHECK(urls(follow(source, watch, entry, extraction).requests) ==
        Urls{"https://ask.example/questions?page=2", "https://ask.example/en/1;3/answers"});
  elements = {question("2", "B")};
  elements[0]["changed_at"] = "2026-11-19";
  CHECK(follow(source, watch, entry, extraction).requests.empty());  // the list ends there, too
  watch.since.reset();
  CHECK(follow(source, watch, entry, extraction).requests.size() == 2);
}

TEST_CASE("what an earlier pass asked for is not asked again within the time that lists look back",
          "[sources]") {
  const Source source = asking_together();
  Watch watch = watch_of({});
  watch.since = parse_iso8601("2026-11-13T00:00:00Z");
  watch.asked = parse_iso8601("2026-11-20T00:00:00Z");
  const PageRequest entry = plan(source, watch, now)->front();
  extract::Extraction extraction = answer(2);
  auto& elements = extraction.each["answers"];
  elements = {question("1", "A"), question("2", "B")};
  elements[0]["changed_at"] = "2026-11-20T00:00:01Z";
  elements[1]["changed_at"] = "2026-11-19T23:59:59Z";
  CHECK(urls(follow(source, watch, entry, extraction).requests) ==
        Urls{"https://ask.example/questions?page=2", "https://ask.example/en/1/answers"});
  elements.erase(elements.begin());  // the list goes on all the same
  CHECK(urls(follow(source, watch, entry, extraction).requests) ==
        Urls{"https://ask.example/questions?page=2"});
}

TEST_CASE("an error in place of a later page hides more of the list", "[sources]") {
  const Source source = asking_together();
  const Watch watch = watch_of({});
  const PageRequest entry = plan(source, watch, now)->front();
  CHECK_FALSE(is_within_list(source, entry));
  extract::Extraction extraction = answer(2);
  extraction.each["answers"] = {question("1", "A")};
  const auto next = follow(source, watch, entry, extraction).requests;
  REQUIRE(next.size() == 2);
  CHECK(is_within_list(source, next[0]));
  CHECK_FALSE(is_within_list(source, next[1]));
}

namespace {

Source of_tag_or_blog() {
  return source_of(R"(title = "x"
format = "json"
[parameters.tag]
[parameters.blog]
[request]
url = "https://api.example/tagged"
query = { tag = "{tag}" }
needs = "tag"
unless = "blog"
[[step]]
name = "blog"
entry = true
like = ""
[step.request]
url = "https://api.example/blog/{blog}"
query = { tag = "{tag}" }
needs = "blog"
)" + items);
}

Urls entries(std::map<std::string, std::vector<std::string>> parameters) {
  Watch watch = watch_of({});
  watch.parameters = std::move(parameters);
  const auto requests = plan(of_tag_or_blog(), watch, now);
  INFO((requests ? "" : describe(requests.error())));
  REQUIRE(requests);
  for (const PageRequest& request : *requests) CHECK(request.entry);
  return urls(*requests);
}

}  // namespace

TEST_CASE("what a watch gives decides which lists are asked", "[sources]") {
  CHECK(entries({{"tag", {"a", "b"}}}) ==
        Urls{"https://api.example/tagged?tag=a", "https://api.example/tagged?tag=b"});
  CHECK(entries({{"blog", {"acme"}}}) == Urls{"https://api.example/blog/acme"});
  CHECK(entries({{"blog", {"acme"}}, {"tag", {"a"}}}) ==
        Urls{"https://api.example/blog/acme?tag=a"});
  const auto none = plan(of_tag_or_blog(), watch_of({}), now);
  REQUIRE(!none);
  CHECK(none.error().what == "the source \"acme\" needs tag or blog. Add it to this watch.");
}

TEST_CASE("a second list is asked once, whatever else has several values", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "json"
[parameters.repository]
required = true
[request]
url = "https://api.example/search"
query = { q = "{term}" }
[[step]]
name = "issues"
entry = true
like = ""
[step.request]
url = "https://api.example/{+repository}/issues"
query = {}
)" + items);
  Watch watch = watch_of({"a", "b"});
  watch.parameters["repository"] = {"acme/cloud"};
  const auto requests = plan(source, watch, now);
  REQUIRE(requests);
  CHECK(urls(*requests) == Urls{"https://api.example/acme/cloud/issues",
                                "https://api.example/search?q=a",
                                "https://api.example/search?q=b"});
}

TEST_CASE("a request of a step that is no longer there is an answer of its own", "[sources]") {
  PageRequest request;
  request.step = "gone?id=1";
  const auto spec = extractor_for(searching(), watch_of({}), request);
  REQUIRE(!spec);
  CHECK(spec.error().code == Errc::not_found);
}

TEST_CASE("links are followed within the host, the path and the depth", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "page"
[parameters.url]
required = true
[parameters.path]
[parameters.depth]
[request]
url = "{+url}"
[discover]
links = true
sitemap = true
max_depth = 2
)");
  Watch watch = watch_of({});
  watch.parameters["url"] = {"https://shop.example/r/"};
  watch.parameters["path"] = {"/r/"};
  const auto entries = plan(source, watch, now);
  REQUIRE(entries);
  CHECK(urls(*entries) == Urls{"https://shop.example/sitemap.xml", "https://shop.example/r/"});
  CHECK(!entries->at(0).entry);

  extract::Extraction extraction;
  extraction.links = {"https://shop.example/r/a", "https://other.example/r/b",
                      "https://shop.example/about", "https://shop.example/r/photo.JPG",
                      "http://shop.example/r/c"};
  const Following first = follow(source, watch, entries->at(1), extraction);
  CHECK(urls(first.requests) == Urls{"https://shop.example/r/a"});
  CHECK(first.requests[0].depth == 1);
  const Following second = follow(source, watch, first.requests[0], extraction);
  CHECK(second.requests.empty());  // the only link in scope is the page itself
  extraction.links = {"https://shop.example/r/d"};
  const Following third = follow(source, watch, first.requests[0], extraction);
  REQUIRE(third.requests.size() == 1);
  CHECK(follow(source, watch, third.requests[0], extraction).requests.empty());
}

TEST_CASE("a sitemap leads to its pages and to further sitemaps of the same host", "[sources]") {
  const Source source = source_of(R"(title = "x"
format = "page"
[parameters.url]
required = true
[request]
url = "{+url}"
[discover]
sitemap = true
)");
  Watch watch = watch_of({});
  watch.parameters["url"] = {"https://shop.example/"};
  const PageRequest sitemap = plan(source, watch, now)->front();
  extract::Extraction extraction;
  extraction.links = {"https://shop.example/p/1"};
  extraction.sitemaps = {"https://shop.example/sitemap-2.xml", "https://evil.example/s.xml"};
  const Following following = follow(source, watch, sitemap, extraction);
  CHECK(urls(following.requests) ==
        Urls{"https://shop.example/sitemap-2.xml", "https://shop.example/p/1"});
  CHECK(extractor_for(source, watch, following.requests[0])->format == extract::Format::sitemap);
  CHECK(extractor_for(source, watch, following.requests[1])->format == extract::Format::page);
}

TEST_CASE("a list that is newest first ends where the last pass has seen everything", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/search"
query = { page = "{page}" }
[paging]
kind = "page"
newest_first = true
)" + items);
  Watch watch = watch_of({});
  const PageRequest request = plan(source, watch, now)->front();
  const auto answer_at = [](std::initializer_list<const char*> times) {
    extract::Extraction extraction = answer(times.size());
    for (const char* time : times) extraction.posts.emplace_back().posted_at = parse_iso8601(time);
    return extraction;
  };
  const auto old = answer_at({"2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"});
  CHECK(follow(source, watch, request, old).requests.size() == 1);
  watch.since = parse_iso8601("2026-11-01T00:00:00Z");
  CHECK(plan(source, watch, now)->front() == request);  // asked as ever: it is the same request
  CHECK(follow(source, watch, request, old).requests.empty());
  const auto pinned = answer_at({"2020-01-01T00:00:00Z", "2026-11-20T00:00:00Z"});
  CHECK(follow(source, watch, request, pinned).requests.size() == 1);
  CHECK(follow(source, watch, request, answer_at({"", ""})).requests.size() == 1);
}

namespace {

// A service that finds at most three pages of two, as some do with any number of hits: here eleven,
// newest first, which were written in the given seconds.
struct Shallow {
  std::vector<std::int64_t> seconds;
  std::size_t asked = 0;
  std::vector<std::size_t> seen;  // how often each was

  extract::Extraction answer_to(const PageRequest& request) {
    ++asked;
    const StepState state = read_step(request.step);
    const auto number = [&](const char* name, std::int64_t otherwise) {
      const auto value = state.variables.find(name);
      return value == state.variables.end() ? otherwise : std::stoll(value->second);
    };
    std::vector<std::size_t> hits;
    for (std::size_t i = 0; i < seconds.size(); ++i)
      if (seconds[i] <= number("cursor", 1'000'000)) hits.push_back(i);
    const auto page = static_cast<std::size_t>(number("page", 0));
    extract::Extraction extraction;
    extraction.total = std::min<std::int64_t>(3, static_cast<std::int64_t>((hits.size() + 1) / 2));
    for (std::size_t i = page * 2; i < std::min({hits.size(), page * 2 + 2, std::size_t{6}}); ++i) {
      ++extraction.items;
      ++seen[hits[i]];
      extraction.cursor = std::to_string(seconds[hits[i]]);
    }
    return extraction;
  }
};

Source falling(std::string_view most = "100") {
  return source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/search"
query = { before = "{cursor}", page = "{page}" }
[paging]
kind = "before"
cursor = "/items/-/at"
total = "/pages"
max_pages = )" + std::string(most) +
                   "\n" + items);
}

// All answers from the first to the last.
Shallow read_all(const Source& source, std::vector<std::int64_t> seconds) {
  Shallow service{std::move(seconds), 0, {}};
  service.seen.resize(service.seconds.size());
  const Watch watch = watch_of({});
  std::vector<PageRequest> next = {plan(source, watch, now)->front()};
  while (!next.empty() && service.asked < 1000)
    next = follow(source, watch, next.front(), service.answer_to(next.front())).requests;
  return service;
}

}  // namespace

TEST_CASE("a list that falls by time is read past what pages can reach", "[sources]") {
  const Shallow all = read_all(falling(), {90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 1});
  for (const std::size_t times : all.seen) CHECK(times >= 1);
  CHECK(all.asked <= 11);
}

TEST_CASE("hits of one second are all read, and end", "[sources]") {
  // Six of one second fill what pages can reach; one more cannot be seen by anybody.
  const Shallow six = read_all(falling(), {90, 50, 50, 50, 50, 50, 50, 40, 30, 20, 10});
  for (const std::size_t times : six.seen) CHECK(times >= 1);
  CHECK(six.asked < 20);
  const Shallow seven = read_all(falling(), {50, 50, 50, 50, 50, 50, 50, 40, 40, 40, 10});
  CHECK(std::count(seven.seen.begin(), seven.seen.end(), 0U) == 1);
  CHECK(seven.seen.back() >= 1);
  CHECK(read_all(falling(), {50, 50, 50, 50}).asked < 8);
  CHECK(read_all(falling(), {}).asked == 1);
  CHECK(read_all(falling(), {50}).asked == 1);
}

TEST_CASE("a list that does not fall has no end, and is left", "[sources]") {
  const Source source = falling();
  const Watch watch = watch_of({});
  PageRequest request = plan(source, watch, now)->front();
  CHECK(request.url == "https://talk.example/search");
  extract::Extraction same = answer(2);
  same.total = 3;
  same.cursor = "50";
  std::size_t asked = 1;
  for (auto next = follow(source, watch, request, same).requests; !next.empty() && asked < 50;
       next = follow(source, watch, next.front(), same).requests)
    ++asked;
  CHECK(asked < 8);
  for (const char* no_number :
       {"", "soon", "1.5", "99999999999999999999", "-9223372036854775808"}) {
    same.cursor = no_number;
    CHECK(follow(source, watch, request, same).requests.empty());
  }
}

TEST_CASE("a list that falls by time ends at known time, and at the cap", "[sources]") {
  CHECK(read_all(falling("3"), {90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 1}).asked == 3);
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/search"
query = { before = "{cursor}" }
[paging]
kind = "before"
cursor = "/items/-/at"
newest_first = true
)" + items);
  Watch watch = watch_of({});
  const PageRequest request = plan(source, watch, now)->front();
  watch.since = parse_iso8601("2026-11-01T00:00:00Z");
  extract::Extraction old = answer(1);
  old.cursor = "50";
  old.posts.emplace_back().posted_at = parse_iso8601("2026-10-01T00:00:00Z");
  CHECK(follow(source, watch, request, old).requests.empty());
  old.posts[0].edited_at = parse_iso8601("2026-11-05T00:00:00Z");
  CHECK(follow(source, watch, request, old).requests.size() == 1);
  old.oldest = parse_iso8601("2026-10-31T00:00:00Z");
  CHECK(follow(source, watch, request, old).requests.empty());
}

TEST_CASE("a list that falls by time is asked from one time to another", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[parameters.back]
default = ["1week"]
[request]
url = "https://talk.example/search"
query = { back = "{back}", from = "{from_stamp}", to = "{until_stamp}" }
[paging]
kind = "before"
cursor = "/items/-/at"
more = "/items/249"
span = "back"
)" + items);
  Watch watch = watch_of({});
  PageRequest request = plan(source, watch, now)->front();
  CHECK(request.url == "https://talk.example/search?back=1week");
  extract::Extraction full = answer(2);
  full.more = true;
  full.cursor = "20261120T095000Z";
  full.posts.emplace_back().posted_at = parse_iso8601("2026-11-21T00:00:00Z");
  full.posts.emplace_back().posted_at = parse_iso8601("2026-11-20T09:50:00Z");
  auto next = follow(source, watch, request, full);
  REQUIRE(next.requests.size() == 1);
  CHECK(next.requests[0].url ==
        "https://talk.example/search?from=20261114000000&to=20261120095001");
  CHECK(next.capped == 0);
  next = follow(source, watch, next.requests[0], full);
  REQUIRE(next.requests.size() == 1);
  CHECK(next.requests[0].url ==
        "https://talk.example/search?from=20261114000000&to=20261120095000");
  CHECK(next.capped_by == "posts of one moment");
  full.cursor = "20261120T100000Z";
  CHECK(follow(source, watch, next.requests[0], full).requests.empty());
  full.cursor = "soon";
  CHECK(follow(source, watch, request, full).requests.empty());
  full.cursor = "20261120T095000Z";
  full.more = false;
  CHECK(follow(source, watch, request, full).requests.empty());
}

TEST_CASE("nothing at all is no page that was promised", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/reviews"
query = { token = "{cursor}" }
[paging]
kind = "cursor"
cursor = "/next"
[items]
list = "/items"
list_optional = "{}"
[items.fields]
id = "/id"
text = "/text"
)");
  const Watch watch = watch_of({});
  const PageRequest first = plan(source, watch, now)->front();
  extract::Extraction full = answer(2);
  full.cursor = "t2";
  const auto next = follow(source, watch, first, full).requests;
  REQUIRE(next.size() == 1);
  CHECK_FALSE(extractor_for(source, watch, first)->items[0].list_required);
  CHECK(extractor_for(source, watch, next[0])->items[0].list_required);
}

TEST_CASE("lengths of time are read in the words of services", "[sources]") {
  CHECK(seconds_of_span("15min") == 900);
  CHECK(seconds_of_span("12h") == 43'200);
  CHECK(seconds_of_span("1d") == 86'400);
  CHECK(seconds_of_span("1week") == 604'800);
  CHECK(seconds_of_span("3months") == 3 * 31 * 86'400);
  for (const char* other : {"", "week", "1", "0d", "-1d", "1eon", "9999999999d", "1 d", "1months!"})
    CHECK_FALSE(seconds_of_span(other));
}

TEST_CASE("a body's cursor makes a page another one", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
method = "POST"
url = "https://talk.example/graphql"
body = '{"after":"{cursor}"}'
[paging]
kind = "cursor"
cursor = "/next"
)" + items);
  const Watch watch = watch_of({});
  const PageRequest request = plan(source, watch, now)->front();
  CHECK(request.body == R"({"after":""})");
  extract::Extraction extraction = answer(2);
  extraction.cursor = "x\"y";
  const Following following = follow(source, watch, request, extraction);
  REQUIRE(following.requests.size() == 1);
  CHECK(following.requests[0].body == R"({"after":"x\"y"})");
  CHECK(follow(source, watch, following.requests[0], extraction).requests.empty());
}

TEST_CASE("a body is sent as what it is written in, with its parameters or without", "[sources]") {
  const auto sent = [](const std::string& request) {
    const Source source = source_of(
        "title = \"Acme talk\"\nformat = \"json\"\n[parameters.tag]\n"
        "[request]\nmethod = \"POST\"\nurl = \"https://talk.example/q\"\n" +
        request + items);
    return plan(source, watch_of({"a kettle"}), now)->front();
  };
  const auto type_of = [](const PageRequest& request) {
    return std::string(find_header(request.headers, "Content-Type").value_or("none"));
  };
  const PageRequest json = sent("body = '{\"q\":\"{term}\",\"tag\":{+tag}}'\n");
  CHECK(json.body == R"({"q":"a kettle","tag":null})");
  CHECK(type_of(json) == "application/json");
  const PageRequest form = sent("body = 'q={term}&tag={tag}'\n");
  CHECK(form.body == "q=a%20kettle&tag=");
  CHECK(type_of(form) == "application/x-www-form-urlencoded");
  CHECK(type_of(sent("body = 'q=1'\nheaders = { content-type = \"text/plain\" }\n")) ==
        "text/plain");
  CHECK(type_of(sent("")) == "none");
}

TEST_CASE("posts that are kept are asked for by their ids, so many together", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/q"
[[step]]
name = "recheck"
like = ""
recheck = true
together = 2
joint = "&id="
max_requests = 3
[step.request]
url = "https://talk.example/posts?id={+ids}"
)" + items);
  CHECK(most_rechecked(source) == 6);
  CHECK(plan(source, watch_of({}), now)->size() == 1);
  const std::vector<std::string> ids = {"at://a/1", "b 2", "c&3"};
  const auto requests = recheck_requests(source, watch_of({}), ids);
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].url == "https://talk.example/posts?id=at://a/1&id=b%202");
  CHECK_FALSE(requests[0].entry);
  CHECK(rechecked_ids(source, requests[0]) == std::vector<std::string>{"at://a/1", "b 2"});
  CHECK(rechecked_ids(source, requests[1]) == std::vector<std::string>{"c&3"});
  CHECK(rechecked_ids(source, plan(source, watch_of({}), now)->front()).empty());
  CHECK(most_rechecked(searching()) == 0);
}

TEST_CASE("ids of several forms are asked for in several ways", "[sources]") {
  const Source source = source_of(R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/search"
)" + items + R"([[step]]
name = "comments"
recheck = true
ids = "c???*"
together = 2
max_requests = 5
format = "json"
[step.request]
url = "https://talk.example/comments?id={ids}"
[step.items]
list = "/items"
[step.items.fields]
id = "/id"
[[step]]
name = "videos"
like = "comments"
recheck = true
ids = "????"
max_requests = 3
[step.request]
url = "https://talk.example/videos?id={ids}"
)");
  CHECK(most_rechecked(source) == 13);
  const std::vector<std::string> ids{"c123", "c12", "abcd", "c1234", "other", "c5678"};
  const auto requests = recheck_requests(source, watch_of({}), ids);
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].url == "https://talk.example/comments?id=c123%2Cc1234");
  CHECK(requests[1].url == "https://talk.example/comments?id=c5678");
  CHECK(requests[2].url == "https://talk.example/videos?id=abcd");
  CHECK(rechecked_ids(source, requests[2]) == std::vector<std::string>{"abcd"});
}

TEST_CASE("a list without paging ends in its answer where the source says that it is whole",
          "[sources]") {
  const auto ends = [](const std::string& whole) {
    const Source source =
        source_of(
            "title = \"t\"\nformat = \"json\"\n[request]\n"
            "url = \"https://talk.example/\"\n" +
            items + R"([[step]]
name = "story"
for_each = "/items"
variables = { story = "/id" }
)" + whole + R"(
[step.request]
url = "https://talk.example/s/{story}"
[step.items]
list = "/comments"
[step.items.fields]
id = "/id"
text = "/text"
)");
    extract::Extraction stories = answer(1);
    stories.each["story"] = {{{"story", "s1"}}};
    const Watch watch = watch_of({});
    const PageRequest entry = plan(source, watch, now)->front();
    CHECK_FALSE(ends_list(source, watch, entry, stories));
    const auto led = follow(source, watch, entry, stories).requests;
    REQUIRE(led.size() == 1);
    return ends_list(source, watch, led.front(), answer(2));
  };
  CHECK(ends("whole = true"));
  CHECK_FALSE(ends(""));
}

TEST_CASE("a list that is whole ends with its last page, also where the watch names it",
          "[sources]") {
  const Source source = source_of(
      "title = \"t\"\nformat = \"json\"\nwhole = true\n[request]\n"
      "url = \"https://talk.example/?page={page}\"\n[paging]\nkind = \"page\"\n" +
      items);
  const Watch watch = watch_of({});
  const PageRequest first = plan(source, watch, now)->front();
  CHECK_FALSE(ends_list(source, watch, first, answer(2)));
  CHECK(ends_list(source, watch, first, answer(0)));
  auto cut = answer(0);
  cut.more = true;
  CHECK_FALSE(ends_list(source, watch, first, cut));
}

TEST_CASE("a good status says something else only by its whole body", "[sources]") {
  Source source = searching();
  source.limited = {{200, "null"}, {403, "rate limit"}};
  CHECK(says_slow_down(source, 200, " null\n"));
  CHECK_FALSE(says_slow_down(source, 200, R"({"text":null})"));
  CHECK_FALSE(says_slow_down(source, 200, ""));
  CHECK(says_slow_down(source, 403, R"({"message":"a rate limit"})"));
  source.limited = {{200, ""}};
  CHECK(says_slow_down(source, 200, ""));
  CHECK_FALSE(says_slow_down(source, 200, "[]"));
  source.limited = {{200, "*\"type\":\"SLOW\""}};
  CHECK(says_slow_down(source, 200, R"({"errors":[{"type":"SLOW"}]})"));
  CHECK_FALSE(says_slow_down(source, 200, R"({"text":"\"type\":\"SLOW\""})"));
}

TEST_CASE("a step's variables come back from the frontier as they went in", "[sources]") {
  const std::map<std::string, std::string> variables = {
      {"term", "a&b=c?d %41"}, {"cursor", "x+/="}, {"page", "3"}};
  const std::string step = write_step("comments", variables);
  CHECK(step.starts_with("comments?"));
  const StepState state = read_step(step);
  CHECK(state.name == "comments");
  CHECK(state.variables == variables);
  CHECK(write_step("", {}).empty());
  CHECK(read_step("").variables.empty());
}

TEST_CASE("braces around anything but a name stand for themselves", "[sources]") {
  CHECK(*expand(R"({"q":"{term}"})", {{"term", "say \"hi\"\n"}}, Escape::json) ==
        R"({"q":"say \"hi\"\u000A"})");
  CHECK(*expand("{+url}?x={x}", {{"url", "https://a.example/b?c=ü"}, {"x", "1/2"}},
                Escape::percent) == "https://a.example/b?c=%C3%BC?x=1%2F2");
  CHECK(!expand("{missing}", {}, Escape::percent));
}

}  // namespace testigo::sources
