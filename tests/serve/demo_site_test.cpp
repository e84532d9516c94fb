#include "serve/demo_site.h"

#include <catch2/catch.hpp>

#include "core/verdict.h"
#include "formats/inflate.h"
#include "formats/json.h"
#include "serve/demo_posts.h"
#include "text/charset.h"

using namespace testigo;
using namespace testigo::serve;

namespace {

const UtcTime now = *parse_iso8601("2026-03-20T12:00:30Z");

DemoSite load() {
  auto site = DemoSite::load(embedded_files(), now);
  REQUIRE(site);
  return std::move(*site);
}

Response visit(const DemoSite& site, std::string_view target, std::vector<Header> headers = {},
               std::string_view method = "GET") {
  Request request = request_of_target(method, target);
  request.headers = std::move(headers);
  request.headers.push_back({"Host", "127.0.0.1:8080"});
  return site.answer(request);
}

std::string header(const Response& response, std::string_view name) {
  return std::string(find_header(response.headers, name).value_or(""));
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view file(std::string_view path) {
  for (const EmbeddedFile& each : embedded_files())
    if (each.path == path) return each.bytes;
  return {};
}

std::vector<formats::JsonValue> rows_of(std::string_view jsonl) {
  std::vector<formats::JsonValue> rows;
  while (!jsonl.empty()) {
    const std::string_view row = jsonl.substr(0, jsonl.find('\n'));
    jsonl.remove_prefix(std::min(jsonl.size(), row.size() + 1));
    const auto value = formats::parse_json(row);
    REQUIRE(value);
    rows.push_back(*value);
  }
  return rows;
}

std::string text_at(const formats::JsonValue& row, std::string_view key) {
  const formats::JsonValue* value = row.find(key);
  return value ? value->to_text().value_or("null") : "absent";
}

bool valid(const formats::JsonValue& row, Axis axis, std::string_view key) {
  return parse_value(axis, text_at(row, key)).has_value();
}

void check_truth(const formats::JsonValue& row) {
  INFO(formats::to_json(row));
  CHECK(valid(row, Axis::tag, "tag"));
  CHECK(valid(row, Axis::polarity, "polarity"));
  CHECK(valid(row, Axis::act, "act"));
  CHECK(valid(row, Axis::recovery, "recovery"));
  CHECK((text_at(row, "stage") == "null" || valid(row, Axis::stage, "stage")));
  const formats::JsonValue* themes = row.find("themes");
  REQUIRE(themes);
  for (const formats::JsonValue& theme : themes->items())
    CHECK(parse_value(Axis::theme, *theme.as_string()));
}

}  // namespace

TEST_CASE("every demo post has one row of truth, in the contract's words", "[serve][demo]") {
  const auto posts = rows_of(file("data/demo/posts.jsonl"));
  const auto truths = rows_of(file("data/demo/truth.jsonl"));
  CHECK(posts.size() >= 300);
  REQUIRE(posts.size() == truths.size());
  for (std::size_t i = 0; i < posts.size(); ++i) {
    CHECK(text_at(posts[i], "id") == text_at(truths[i], "id"));
    check_truth(truths[i]);
    const formats::JsonValue* edited = truths[i].find("edited");
    CHECK((edited != nullptr) == (posts[i].find("edited") != nullptr));
    if (edited) check_truth(*edited);
  }
}

TEST_CASE("a posts file that is missing or broken is said with its line", "[serve][demo]") {
  const auto missing = DemoSite::load({}, now);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Errc::not_found);
  const auto broken = read_demo_posts(
      "{\"id\":\"a\",\"place\":\"p\",\"lang\":\"en\",\"author\":\"x\",\"text\":\"t\"}\n{oops\n",
      now);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().where == "data/demo/posts.jsonl:2");
  const auto bare = read_demo_posts("{\"id\":\"a\"}", now);
  REQUIRE_FALSE(bare);
  CHECK(bare.error().code == Errc::malformed);
}

TEST_CASE("dates count back from now in whole minutes", "[serve][demo]") {
  const auto places = read_demo_posts(
      R"({"id":"a","place":"p","lang":"en","author":"x","text":"t","days_ago":1.5})", now);
  REQUIRE(places);
  CHECK(to_iso8601(places->at("p").front().posted_at) == "2026-03-19T00:00:00Z");
}

TEST_CASE("the busy page is busy once", "[serve][demo]") {
  const DemoSite site = load();
  const Response first = visit(site, "/shop/ro/brumiva-lumo");
  CHECK(first.status == 503);
  CHECK(header(first, "Retry-After") == "1");
  CHECK(visit(site, "/shop/ro/brumiva-lumo").status == 200);
  CHECK(visit(site, "/shop/ro/brumiva-lumo?page=2").status == 200);
}

TEST_CASE("the gzip page decodes to the plain one", "[serve][demo]") {
  const DemoSite site = load();
  const Response coded = visit(site, "/shop/es/brumiva-aero-2", {{"Accept-Encoding", "br, gzip"}});
  const Response plain = visit(site, "/shop/es/brumiva-aero-2", {{"Accept-Encoding", "identity"}});
  REQUIRE(header(coded, "Content-Encoding") == "gzip");
  CHECK(header(plain, "Content-Encoding").empty());
  const auto decoded = formats::decode_content("gzip", coded.body, 1 << 20);
  REQUIRE(decoded);
  CHECK(*decoded == plain.body);
}

TEST_CASE("the mislabelled page is windows-1252 under the name of ISO-8859-1", "[serve][demo]") {
  const DemoSite site = load();
  const Response page = visit(site, "/shop/es/kestrona-purebox");
  CHECK(header(page, "Content-Type") == "text/html");
  CHECK(contains(page.body, "<meta charset=\"iso-8859-1\">"));
  const auto text = text::decode_to_utf8(page.body, "windows-1252");
  REQUIRE(text);
  CHECK(contains(*text, "“Silencioso”, dicen"));
  CHECK(contains(*text, "Por 99 € está bien"));
  CHECK_FALSE(contains(page.body, "?dicen"));
}

TEST_CASE("a page that is known by its tag or its date is not sent again", "[serve][demo]") {
  const DemoSite site = load();
  const Response page = visit(site, "/forum/en/brumiva-owners");
  REQUIRE(page.status == 200);
  const Response by_tag =
      visit(site, "/forum/en/brumiva-owners", {{"If-None-Match", header(page, "ETag")}});
  CHECK(by_tag.status == 304);
  CHECK(by_tag.body.empty());
  CHECK(header(by_tag, "ETag") == header(page, "ETag"));
  const std::string modified = header(page, "Last-Modified");
  CHECK(visit(site, "/forum/en/brumiva-owners", {{"If-Modified-Since", modified}}).status == 304);
  CHECK(visit(site, "/forum/en/brumiva-owners",
              {{"If-Modified-Since", modified}, {"If-None-Match", "\"other\""}})
            .status == 200);
}

TEST_CASE("an edited review changes from the second pass on, and its page's tag with it",
          "[serve][demo]") {
  DemoSite site = load();
  const Response before = visit(site, "/shop/en/brumiva-aero-2");
  CHECK(contains(before.body, "Filter light stuck on"));
  CHECK(visit(site, "/shop/en/brumiva-aero-2").body == before.body);
  site.advance();
  const Response after =
      visit(site, "/shop/en/brumiva-aero-2", {{"If-None-Match", header(before, "ETag")}});
  REQUIRE(after.status == 200);
  CHECK(contains(after.body, "Filter light: solved"));
  CHECK(contains(after.body, "\"dateModified\":\"2026-03-17T"));
  CHECK_FALSE(contains(after.body, "Filter light stuck on"));
}

TEST_CASE("the second pass can be called for over HTTP", "[serve][demo]") {
  const DemoSite site = load();
  CHECK(visit(site, "/demo/advance").status == 404);
  CHECK(visit(site, "/demo/advance", {}, "POST").status == 200);
  CHECK(contains(visit(site, "/shop/ro/brumiva-aero-2").body, "Zgomot noaptea, rezolvat"));
}

TEST_CASE("robots.txt closes a part, asks for a pause and names the sitemap", "[serve][demo]") {
  const Response robots = visit(load(), "/robots.txt");
  CHECK(contains(robots.body, "Disallow: /private/\n"));
  CHECK(contains(robots.body, "Crawl-delay: 0.05\n"));
  CHECK(contains(robots.body, "Sitemap: http://127.0.0.1:8080/sitemap.xml\n"));
}

TEST_CASE("pages that must not be kept say so, each in its own way", "[serve][demo]") {
  const DemoSite site = load();
  CHECK(contains(visit(site, "/shop/preview/aero-3").body,
                 "<meta name=\"robots\" content=\"noindex\">"));
  CHECK(header(visit(site, "/shop/preview/lumo-2"), "X-Robots-Tag") == "noindex, noarchive");
  CHECK(visit(site, "/private/staff-reviews").status == 200);
}

TEST_CASE("one redirect ends and one does not", "[serve][demo]") {
  const DemoSite site = load();
  CHECK(visit(site, "/shop/go/aero").status == 301);
  CHECK(header(visit(site, "/shop/go/aero"), "Location") == "/shop/en/brumiva-aero-2");
  CHECK(header(visit(site, "/shop/go/outlet"), "Location") == "/shop/go/outlet-2");
  CHECK(header(visit(site, "/shop/go/outlet-2"), "Location") == "/shop/go/outlet");
}

TEST_CASE("the review API is walked by its cursor and ends with null", "[serve][demo]") {
  const DemoSite site = load();
  std::size_t reviews = 0;
  std::string cursor;
  for (int answers = 1;; ++answers) {
    const Response answer = visit(site, "/api/reviews?product=brumiva-home&cursor=" + cursor);
    REQUIRE(answer.status == 200);
    const auto json = formats::parse_json(answer.body);
    REQUIRE(json);
    reviews += json->find("reviews")->items().size();
    if (json->find("next_cursor")->is_null()) {
      CHECK(answers > 1);
      break;
    }
    cursor = *json->find("next_cursor")->as_string();
  }
  const auto places = read_demo_posts(file("data/demo/posts.jsonl"), now);
  CHECK(reviews == places->at("api/brumiva-home").size());
}

TEST_CASE("what the review API was not made for is refused in JSON", "[serve][demo]") {
  const DemoSite site = load();
  CHECK(visit(site, "/api/reviews").status == 400);
  CHECK(visit(site, "/api/reviews?product=nothing").status == 404);
  const Response wrong = visit(site, "/api/reviews?product=brumiva-home&cursor=%22%3E");
  CHECK(wrong.status == 400);
  CHECK(formats::parse_json(wrong.body));
}

TEST_CASE("a page number that is none finds nothing", "[serve][demo]") {
  const DemoSite site = load();
  for (const char* page : {"0", "-1", "99", "x", "1x", "99999999999999999999", ""}) {
    INFO(page);
    CHECK(visit(site, "/forum/en/brumiva-owners?page=" + std::string(page)).status == 404);
  }
}

TEST_CASE("only what the web has is found, and it is read only", "[serve][demo]") {
  const DemoSite site = load();
  for (const char* path : {"/nowhere", "/shop/de", "/shop/en/../../etc/passwd", "/api",
                           "/api/brumiva-home", "/forum", "/blog/en-news-01", "/%00"})
    CHECK(visit(site, path).status == 404);
  const Response refused = visit(site, "/", {}, "DELETE");
  CHECK(refused.status == 405);
  CHECK(header(refused, "Allow") == "GET, HEAD");
}

TEST_CASE("a host header that is no host never reaches a page", "[serve][demo]") {
  Request request = request_of_target("GET", "/shop/en/brumiva-lumo");
  request.headers.push_back({"Host", "x\"><script>alert(1)</script>"});
  const Response page = load().answer(request);
  CHECK_FALSE(contains(page.body, "<script>alert"));
  CHECK(contains(page.body, "http://127.0.0.1/shop/en/brumiva-lumo"));
}
