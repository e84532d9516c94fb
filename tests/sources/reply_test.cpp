// Each source is tried on replies in its service's shape: tests/fixtures/sources/<source>/ holds
// watch.json (the watch's parameters) and pairs of <case>.<any> and <case>.expected.json, which has
// any of "posts", "gone", "next" (URLs that follow), "sent" (headers of the last of these),
// "body_holds" (part of the first one's body), "drift", "error" (part of the message), "address"
// (that the answer is a copy of), "wait" (seconds that the service asks for), "nothing" and
// "slow_down" (with their "status": an answer that says that there is nothing, or that one is to
// slow down).

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "extract/extract.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "sources/plan.h"
#include "sources/source.h"

namespace testigo::sources {
namespace {

namespace fs = std::filesystem;
using formats::JsonValue;

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

JsonValue read_json(const fs::path& path) {
  const auto value = formats::parse_json(slurp(path));
  INFO(path.string());
  REQUIRE(value);
  return *value;
}

Watch watch_of(const fs::path& folder) {
  Watch watch;
  watch.key = "acme/" + folder.filename().string();
  watch.brand_name = "Acme Cloud";
  watch.terms = {"acme cloud"};
  if (!fs::exists(folder / "watch.json")) return watch;
  const JsonValue parameters = read_json(folder / "watch.json");
  for (const auto& member : parameters.members()) {
    watch.parameters[member.key] = {member.value.to_text().value_or("")};
  }
  return watch;
}

std::optional<std::string> iso(const std::optional<UtcTime>& time) {
  return time ? std::optional(to_iso8601(*time)) : std::nullopt;
}

// The post as the expected files write it: absent fields are null.
JsonValue shown(const Post& post) {
  formats::JsonWriter json;
  json.begin_object();
  json.field("id", post.external_id).field("url", post.url).field("parent", post.parent);
  json.field("author", post.author).field("item", post.item).field("location", post.location);
  json.field("app_version", post.app_version).field("posted_at", iso(post.posted_at));
  json.field("edited_at", iso(post.edited_at)).field("language", post.language);
  json.key("rating");
  if (post.rating) {
    json.begin_array().number(post.rating->value).number(post.rating->worst);
    json.number(post.rating->best).end_array();
  } else {
    json.null();
  }
  json.field("title", post.title).field("text", post.text).field("reach", post.reach);
  json.field("reply", post.owner_reply).field("replied_at", iso(post.owner_reply_at));
  json.field("by_brand", post.by_brand).end_object();
  return *formats::parse_json(json.text());
}

// Every field that the expected post names must be so.
void check_post(const JsonValue& expected, const Post& post) {
  const JsonValue actual = shown(post);
  for (const auto& member : expected.members()) {
    INFO("field " << member.key << " of post " << post.external_id.value_or("?"));
    const JsonValue* value = actual.find(member.key);
    REQUIRE(value != nullptr);
    CHECK(formats::to_json(*value) == formats::to_json(member.value));
  }
}

void check_texts(const JsonValue* expected, const std::vector<std::string>& actual) {
  if (expected == nullptr) return;
  std::vector<std::string> wanted;
  for (const JsonValue& text : expected->items()) wanted.push_back(*text.as_string());
  CHECK(actual == wanted);
}

void check_reply(const Source& source, const Watch& watch, const fs::path& reply,
                 const JsonValue& expected) {
  INFO(reply.string());
  const auto entries = plan(source, watch, now);
  REQUIRE(entries);
  PageRequest request = entries->back();
  if (const JsonValue* step = expected.find("step")) request.step = *step->as_string();
  Page page;
  page.url = request.url;
  page.status = 200;
  page.body = slurp(reply);
  if (const JsonValue* headers = expected.find("headers")) {
    for (const auto& header : headers->members()) {
      page.headers.push_back({header.key, *header.value.as_string()});
    }
  }
  if (expected.find("slow_down") != nullptr) {
    const auto status = static_cast<int>(*expected.find("status")->as_int());
    CHECK(says_slow_down(source, status, page.body));
    CHECK_FALSE(says_slow_down(source, status, "something else"));
    CHECK_FALSE(says_slow_down(source, 404, page.body));
    return;
  }
  if (expected.find("nothing") != nullptr) {
    const auto status = static_cast<int>(*expected.find("status")->as_int());
    CHECK(says_nothing(source, request, status, page.body));
    CHECK_FALSE(says_nothing(source, request, 500, page.body));
    return;
  }
  const auto spec = extractor_for(source, watch, request);
  REQUIRE(spec);
  if (const JsonValue* address = expected.find("address"))
    CHECK(spec->address == *address->as_string());
  const auto extraction = extract::extract_page(page, *spec, now);
  if (const JsonValue* error = expected.find("error")) {
    CHECK(!extraction);
    if (extraction) return;
    INFO(describe(extraction.error()));
    CHECK(extraction.error().what.find(*error->as_string()) != std::string::npos);
    return;
  }
  INFO((extraction ? "" : describe(extraction.error())));
  CHECK(extraction);
  if (!extraction) return;
  check_texts(expected.find("drift"), extraction->drift);
  if (expected.find("drift") == nullptr) CHECK(extraction->drift.empty());
  const JsonValue* wait = expected.find("wait");
  if (wait != nullptr) CHECK(extraction->wait == std::chrono::seconds(*wait->as_int()));
  if (wait == nullptr) CHECK(!extraction->wait);
  if (const JsonValue* posts = expected.find("posts")) {
    CHECK(extraction->posts.size() == posts->items().size());
    const std::size_t both = std::min(extraction->posts.size(), posts->items().size());
    for (std::size_t i = 0; i < both; ++i) {
      check_post(posts->items()[i], extraction->posts[i]);
    }
  }
  if (const JsonValue* gone = expected.find("gone")) {  // ids that the answer says are no more
    std::vector<std::string> departed;
    for (const auto& post : extraction->departed) departed.push_back(post.external_id);
    check_texts(gone, departed);
  }
  const std::vector<PageRequest> following = follow(source, watch, request, *extraction).requests;
  std::vector<std::string> next;
  for (const PageRequest& one : following) next.push_back(one.url);
  check_texts(expected.find("next"), next);
  const JsonValue* sent = expected.find("sent");
  if (sent != nullptr && !following.empty()) {
    for (const auto& header : sent->members())
      CHECK(find_header(following.back().headers, header.key) == *header.value.as_string());
  }
  const JsonValue* part = expected.find("body_holds");
  if (part != nullptr && !following.empty())
    CHECK(following.front().body.find(*part->as_string()) != std::string::npos);
}

}  // namespace

TEST_CASE("each source yields what its example replies hold", "[sources]") {
  const fs::path root(TESTIGO_SOURCE_DIR);
  std::size_t cases = 0;
  for (const auto& folder : fs::directory_iterator(root / "tests/fixtures/sources")) {
    if (!folder.is_directory()) continue;
    const std::string name = folder.path().filename().string();
    const auto source = load_source("rules/sources/" + name + ".toml",
                                    slurp(root / "rules/sources" / (name + ".toml")));
    INFO(name << ": " << (source ? "" : describe(source.error())));
    REQUIRE(source);
    const Watch watch = watch_of(folder.path());
    for (const auto& file : fs::directory_iterator(folder.path())) {
      const std::string expected = file.path().string();
      if (!expected.ends_with(".expected.json")) continue;
      const std::string stem = expected.substr(0, expected.size() - 14);
      for (const auto& reply : fs::directory_iterator(folder.path())) {
        const std::string path = reply.path().string();
        if (path == expected || !path.starts_with(stem + ".")) continue;
        check_reply(*source, watch, reply.path(), read_json(file.path()));
        ++cases;
      }
    }
  }
  CHECK(cases >= 20);
}

// What each source must be tried on beside its ordinary answer. One whose entry has no pages has no
// last one; its examples show that nothing of the same list is asked after it.
TEST_CASE("every source has a reply that is empty, last, broken, limited or drifted", "[sources]") {
  const fs::path root(TESTIGO_SOURCE_DIR);
  for (const auto& file : fs::directory_iterator(root / "rules/sources")) {
    if (file.path().extension() != ".toml") continue;
    const std::string name = file.path().stem().string();
    const auto source = load_source(file.path().string(), slurp(file.path()));
    REQUIRE(source);
    const bool has_pages = source->steps.front().paging.kind != PagingKind::none;
    for (const std::string_view reply : {"empty", "last", "error", "limited", "drifted"}) {
      if (reply == "last" && !has_pages) continue;
      INFO(name << ": " << reply);
      CHECK(fs::exists(root / "tests/fixtures/sources" / name /
                       (std::string(reply) + ".expected.json")));
    }
  }
}

// The steps that a source's own file names: those that discovery adds are tried with the pages.
TEST_CASE("every step of a source has a reply", "[sources]") {
  const fs::path root(TESTIGO_SOURCE_DIR);
  for (const auto& folder : fs::directory_iterator(root / "tests/fixtures/sources")) {
    const std::string name = folder.path().filename().string();
    std::set<std::string> tried = {""};
    for (const auto& file : fs::directory_iterator(folder.path())) {
      if (!file.path().string().ends_with(".expected.json")) continue;
      const JsonValue expected = read_json(file.path());
      if (const JsonValue* step = expected.find("step")) {
        const std::string written(*step->as_string());
        tried.insert(written.substr(0, written.find('?')));
      }
    }
    const auto source =
        load_source(name + ".toml", slurp(root / "rules/sources" / (name + ".toml")));
    REQUIRE(source);
    for (const Step& step : source->steps) {
      const bool added =
          step.name == sitemap_step || step.name == feed_step || step.name == comment_feed_step;
      // A record's bytes are gzip; the crawl's own tests read some.
      if (added || step.extractor.format == extract::Format::warc) continue;
      INFO(name << ": " << step.name);
      CHECK(tried.contains(step.name));
    }
  }
}

// In JSON and on pages: feeds have no field that must be there, and show that they are read anyhow.
TEST_CASE("every drifted reply lacks a field, and has another of another type", "[sources]") {
  const fs::path root(TESTIGO_SOURCE_DIR);
  for (const auto& folder : fs::directory_iterator(root / "tests/fixtures/sources")) {
    const std::string name = folder.path().filename().string();
    const auto source =
        load_source(name + ".toml", slurp(root / "rules/sources" / (name + ".toml")));
    REQUIRE(source);
    const bool has_fields =
        std::any_of(source->steps.begin(), source->steps.end(),
                    [](const Step& step) { return !step.extractor.items.empty(); });
    if (!has_fields) continue;
    INFO(name);
    std::size_t missing = 0;
    std::size_t other = 0;
    const JsonValue expected = read_json(folder.path() / "drifted.expected.json");
    for (const JsonValue& what : expected.find("drift")->items())
      (what.as_string()->ends_with(" is missing") ? missing : other) += 1;
    CHECK(missing > 0);
    CHECK(other > 0);
  }
}

TEST_CASE("every source in the rules loads, says what it gives and on what terms", "[sources]") {
  const fs::path folder = fs::path(TESTIGO_SOURCE_DIR) / "rules/sources";
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() != ".toml") continue;
    const auto source =
        load_source("rules/sources/" + file.path().filename().string(), slurp(file.path()));
    INFO((source ? file.path().string() : describe(source.error())));
    REQUIRE(source);
    CHECK(source->id.value == file.path().stem().string());
    CHECK(!source->title.empty());
    CHECK(!source->about.empty());
    CHECK(!source->gives.empty());
    CHECK(!source->terms.note.empty());
  }
}

}  // namespace testigo::sources
