// Recorded answers of real services, with what one should get from each (the development folder
// beside the checkout; skipped where it is absent).

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "extract/extract.h"
#include "formats/json.h"
#include "sources/plan.h"
#include "sources/source.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

namespace fs = std::filesystem;
using formats::JsonValue;

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");
const fs::path shared = fs::path(TESTIGO_SHARED_DIR) / "fixtures";

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

bool is_absent() {
  if (fs::exists(shared)) return false;
  std::cout << "skipped: there are no recordings at " << shared << "\n";
  return true;
}

std::vector<JsonValue> expected_of(const fs::path& path) {
  std::vector<JsonValue> lines;
  std::istringstream text(slurp(path));
  for (std::string line; std::getline(text, line);) {
    if (line.empty()) continue;
    const auto value = formats::parse_json(line);
    REQUIRE(value);
    lines.push_back(*value);
  }
  return lines;
}

std::optional<std::string> text_of(const JsonValue& line, std::string_view key) {
  const JsonValue* value = line.find(key);
  return value == nullptr ? std::nullopt : value->to_text();
}

std::string squeezed(std::string_view text) { return text::collapse_space(text); }

std::optional<std::string> seconds(const std::optional<UtcTime>& time) {
  if (!time) return std::nullopt;
  return to_iso8601(std::chrono::floor<std::chrono::seconds>(*time));
}

struct Score {
  std::size_t expected = 0;
  std::size_t found = 0;
  std::size_t fields = 0;
  std::size_t equal = 0;
};

void compare(const Post& post, const JsonValue& line, Score& score) {
  const auto check = [&](std::string_view name, const std::optional<std::string>& actual,
                         const std::optional<std::string>& wanted) {
    ++score.fields;
    if (actual.value_or("") == wanted.value_or("")) {
      ++score.equal;
    } else {
      UNSCOPED_INFO(name << ": " << actual.value_or("null").substr(0, 90) << " is not "
                         << wanted.value_or("null").substr(0, 90));
    }
  };
  check("author", post.author, text_of(line, "author"));
  check("text", squeezed(post.text), squeezed(text_of(line, "text_plain").value_or("")));
  check("created_at", seconds(post.posted_at), text_of(line, "created_at"));
  if (post.rating)
    check("rating", JsonValue(post.rating->value).to_text(), text_of(line, "rating"));
}

// All recordings of a source that have an expectation, read as the answer to `step`.
Score score_of(const std::string& source_name, const std::string& folder, const std::string& step,
               const std::map<std::string, std::vector<std::string>>& parameters,
               const std::vector<std::string>& files, std::string_view id_prefix = "") {
  const fs::path rules = fs::path(TESTIGO_SOURCE_DIR) / "rules/sources" / (source_name + ".toml");
  const auto source = load_source(rules.string(), slurp(rules));
  REQUIRE(source);
  Watch watch{"acme/" + source_name, parameters, "Acme", {"acme"}, std::nullopt};
  const auto entries = plan(*source, watch, now);
  REQUIRE(entries);
  Score score;
  for (const std::string& file : files) {
    PageRequest request = entries->back();
    if (!step.empty()) request.step = step;
    Page page;
    page.url = request.url;
    page.body = slurp(shared / folder / file);
    const auto spec = extractor_for(*source, watch, request);
    REQUIRE(spec);
    const auto extraction = extract::extract_page(page, *spec, now);
    INFO(file);
    REQUIRE(extraction);
    std::map<std::string, const Post*> by_id;
    for (const Post& post : extraction->posts) by_id[post.external_id.value_or("")] = &post;
    for (const JsonValue& line : expected_of(shared / folder / "expected" / (file + ".jsonl"))) {
      ++score.expected;
      const auto post = by_id.find(std::string(id_prefix) + text_of(line, "id").value_or(""));
      if (post == by_id.end()) continue;
      ++score.found;
      compare(*post->second, line, score);
    }
  }
  std::cout << source_name << ": " << score.found << " of " << score.expected << " recorded items, "
            << score.equal << " of " << score.fields << " fields\n";
  return score;
}

}  // namespace

TEST_CASE("recorded Hacker News searches give their hits", "[sources][recordings]") {
  if (is_absent()) return;
  const Score score = score_of("hackernews", "hackernews", "", {},
                               {"search-a.json", "search-c.json", "search-f.json", "search-g.json",
                                "search-hn_keyword_mcp.json"});
  CHECK(score.found == score.expected);
  CHECK(score.equal == score.fields);
}

TEST_CASE("recorded App Store pages give their reviews", "[sources][recordings]") {
  if (is_absent()) return;
  const Score score = score_of(
      "appstore", "appstore", "", {{"app_id", {"1"}}},
      {"497799835_cn_10.json", "497799835_cn_5.json", "invalid_feed_author_uri.json",
       "invalid_rating.json", "page-389801252.json", "page-595068606.json", "page-640437525.json"});
  CHECK(score.found == score.expected);
  CHECK(score.equal == score.fields);
}

TEST_CASE("recorded Steam reviews are read, BBCode removed", "[sources][recordings]") {
  if (is_absent()) return;
  const Score score = score_of("steam", "steam", "", {{"app_id", {"1"}}},
                               {"review_10180.json", "review_300.json", "review_620.json"});
  CHECK(score.found == score.expected);
  CHECK(score.equal >= score.fields * 97 / 100);  // the recordings keep the BBCode
}

TEST_CASE("recorded shop, blog, forum and issue answers are read", "[sources][recordings]") {
  if (is_absent()) return;
  const std::string site = "https://shop.example";
  for (const Score& score :
       {score_of("woocommerce", "woocommerce", "", {{"site", {site}}},
                 {"product-reviews.json", "reviews-all-without-data.json",
                  "reviews-missing-avatar-urls.json"},
                 site + "/"),
        score_of("wordpress_comments", "wordpress", "", {{"site", {site}}},
                 {"comments-v2-view-context-success.json"}, site + "/"),
        score_of("stackexchange", "stackexchange", "", {}, {"questions-wrapper.json"},
                 "stackoverflow/"),
        score_of("github", "github", "", {}, {"paginate-issues-1.json", "paginate-issues-2.json"}),
        score_of("github", "github", "comments?issue=1&title=x", {}, {"issue-comments-sample.json"},
                 "comment-"),
        score_of("discourse", "discourse", "topic?forum=forum.example",
                 {{"forum", {"forum.example"}}}, {"topic.json"}, "forum.example/")}) {
    CHECK(score.found == score.expected);
    CHECK(score.equal == score.fields);
  }
}

}  // namespace testigo::sources
