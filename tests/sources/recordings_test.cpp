// Recorded answers of real services, with what one should get from each (the development folder
// beside the checkout; skipped where it is absent).

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "extract/extract.h"
#include "extract/plain.h"
#include "formats/canonical_url.h"
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

std::string without_space(std::string_view text) {
  std::string out = squeezed(text);
  std::erase(out, ' ');
  return out;
}

std::optional<std::string> seconds(const std::optional<UtcTime>& time) {
  if (!time) return std::nullopt;
  return to_iso8601(std::chrono::floor<std::chrono::seconds>(*time));
}

std::string canonical(std::string_view url) {
  const auto form = formats::canonical_url(url, formats::TrackingParameters());
  return form ? *form : std::string(url);
}

// A source leaves out what its service has deleted; the expectations have it.
bool is_deleted(const JsonValue& line) {
  const std::string author = text_of(line, "author").value_or("");
  const std::string text = text_of(line, "text").value_or("");
  return author == "[deleted]" || text == "[removed]";
}

// The post that a line is about: by its id; by its address where our id is another of the
// service's; by its place where it has none.
const Post* find_post(const std::vector<Post>& posts, const JsonValue& line,
                      std::string_view id_prefix, std::size_t place) {
  const auto id = text_of(line, "id");
  if (!id) return place < posts.size() ? &posts[place] : nullptr;
  const auto url = text_of(line, "url");
  for (const Post& post : posts)
    if (post.external_id == std::string(id_prefix) + *id) return &post;
  for (const Post& post : posts)
    if (url && post.url && canonical(*post.url) == canonical(*url)) return &post;
  return nullptr;
}

struct Score {
  std::size_t expected = 0;
  std::size_t found = 0;
  std::size_t passed_over = 0;  // by the source's terms: people who opt out
  std::size_t fields = 0;
  std::size_t equal = 0;
};

// The expectations keep Markdown as it was written: what is plain of it is the reader's word.
std::string wanted_text(const JsonValue& line, bool markdown) {
  if (!markdown) return text_of(line, "text_plain").value_or("");
  return extract::plain_text(text_of(line, "text").value_or(""), extract::Markup::markdown);
}

void compare(const Post& post, const JsonValue& line, bool markdown, Score& score) {
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
  // Where tags are taken out the expectations put no space between blocks.
  const bool html = text_of(line, "text").value_or("").find('<') != std::string::npos;
  const auto comparable = html ? without_space : squeezed;
  check("text", comparable(post.text), comparable(wanted_text(line, markdown)));
  check("created_at", seconds(post.posted_at), text_of(line, "created_at"));
  if (const auto url = text_of(line, "url"))
    check("url", canonical(post.url.value_or("")), canonical(*url));
  if (post.rating)
    check("rating", JsonValue(post.rating->value).to_text(), text_of(line, "rating"));
}

extract::Extraction posts_of(const std::string& source_name, const std::string& step,
                             const std::map<std::string, std::vector<std::string>>& parameters,
                             const fs::path& file) {
  const fs::path rules = fs::path(TESTIGO_SOURCE_DIR) / "rules/sources" / (source_name + ".toml");
  const auto source = load_source(rules.string(), slurp(rules));
  REQUIRE(source);
  Watch watch{"acme/" + source_name, parameters, "Acme", {"acme"}, std::nullopt};
  const auto entries = plan(*source, watch, now);
  REQUIRE(entries);
  PageRequest request = entries->back();
  if (!step.empty()) request.step = step;
  Page page;
  page.url = request.url;
  page.body = slurp(file);
  const auto spec = extractor_for(*source, watch, request);
  REQUIRE(spec);
  const auto extraction = extract::extract_page(page, *spec, now);
  INFO(file);
  REQUIRE(extraction);
  return *extraction;
}

// All recordings of a source that have an expectation, read as the answer to `step`.
Score score_of(const std::string& source_name, const std::string& folder, const std::string& step,
               const std::map<std::string, std::vector<std::string>>& parameters,
               const std::vector<std::string>& files, std::string_view id_prefix = "") {
  Score score;
  for (const std::string& file : files) {
    const extract::Extraction extraction =
        posts_of(source_name, step, parameters, shared / folder / file);
    score.passed_over += extraction.skipped;
    std::size_t place = 0;
    for (const JsonValue& line : expected_of(shared / folder / "expected" / (file + ".jsonl"))) {
      if (is_deleted(line)) continue;
      ++score.expected;
      const Post* post = find_post(extraction.posts, line, id_prefix, place++);
      if (post == nullptr) continue;
      ++score.found;
      compare(*post, line, source_name == "reddit" || source_name == "github", score);
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
  const Score score =
      score_of("steam", "steam", "", {{"app_id", {"1"}}},
               {"review_10180.json", "review_224260.json", "review_300.json", "review_320.json",
                "review_340.json", "review_363970.json", "review_40.json", "review_439700.json",
                "review_506540.json", "review_620.json", "review_630.json", "review_80.json",
                "review_8870.json"});
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

TEST_CASE("recorded Reddit listings, comments and feeds are read", "[sources][recordings]") {
  if (is_absent()) return;
  const Score posts = score_of("reddit", "reddit", "", {},
                               {"r-all-search-1-TestSubreddit.test_search.json",
                                "user-spladug-submitted-1-est_submissions__controversial.json",
                                "user-spez-submitted-2-Listings.test_submissions__hot.json",
                                "r-askreddit-new-1-TestSubredditListings.test_new.json",
                                "r-askreddit-top-1-TestSubredditListings.test_top.json",
                                "client-listings-posts.json", "client-subreddit-posts.json"});
  CHECK(posts.found == posts.expected);
  CHECK(posts.equal == posts.fields);
  const std::vector<std::string> trees = {
      "comments-6otocc-_-dkk4qjd-2-TestComment.test_parent__chain.json",
      "comments-6otocc-_-dkk4qin-3-TestComment.test_parent__chain.json",
      "comments-6otocc-_-dkk4pzk-5-TestComment.test_parent__chain.json",
      "comments-2gmzqe-_-cklfmye-7-stComment.test_parent__comment.json",
      "sample-reddit_comments.json"};
  const Score comments = score_of("reddit", "reddit", "comments?post=x&title=y", {}, trees);
  CHECK(comments.found + trees.size() == comments.expected);  // each tree's post is the search's
  CHECK(comments.equal == comments.fields);
  const Score feeds = score_of("reddit_feeds", "reddit", "", {},
                               {"search-rss.xml", "live-search.rss"}, "https://www.reddit.com/");
  CHECK(feeds.found == feeds.expected);
  CHECK(feeds.equal == feeds.fields);
}

TEST_CASE("recorded Bluesky and Mastodon searches are read", "[sources][recordings]") {
  if (is_absent()) return;
  for (const Score& score :
       {score_of("bluesky", "bluesky", "", {},
                 {"app.bsky.feed.searchPosts-1.json", "search-posts-sample.json"}),
        score_of("mastodon", "mastodon", "", {{"tag", {"x"}}},
                 {"client-tag_timeline.json", "live-get_timeline_hashtag_default-1.json"}),
        score_of("mastodon_search", "mastodon", "", {}, {"v2-search-3.json"})}) {
    CHECK(score.found + score.passed_over == score.expected);
    CHECK(score.found > score.passed_over);
    CHECK(score.equal == score.fields);
  }
}

TEST_CASE("recorded replies name the posts that they answer", "[sources][recordings]") {
  if (is_absent()) return;
  const auto parents = [](const std::string& source, const std::string& step,
                          const std::map<std::string, std::vector<std::string>>& parameters,
                          const std::string& file) {
    std::map<std::string, std::string> found;
    for (const Post& post : posts_of(source, step, parameters, shared / file).posts)
      if (post.parent) found[post.external_id.value_or("")] = *post.parent;
    return found;
  };
  const std::string forum = "forum.example/";
  CHECK(parents("discourse", "topic?forum=forum.example&topic=57", {{"forum", {"forum.example"}}},
                "discourse/topic.json") ==
        std::map<std::string, std::string>{{forum + "226", forum + "83"}});
  const auto threads = parents("mastodon", "", {{"tag", {"x"}}},
                               "mastodon/live-get_account_statuses_default-1.json");
  CHECK(threads.size() == 2);
  for (const auto& [reply, parent] : threads) {
    CHECK(reply.starts_with("https://"));
    CHECK(parent.starts_with("https://"));
  }
}

// All but those that were asked for as HTML, which the source does not do.
TEST_CASE("recorded YouTube comments and replies are read", "[sources][recordings]") {
  if (is_absent()) return;
  for (const Score& score :
       {score_of("youtube", "youtube", "comments?video=x&title=y", {},
                 {"comment_threads-comment_threads_by_channel.json",
                  "comment_threads-comment_threads_with_search.json", "youtube_comments.json"}),
        score_of("youtube_channel", "youtube", "", {{"channel", {"x"}}},
                 {"comment_threads-comment_threads_by_channel.json"}),
        score_of("youtube", "youtube", "replies?video=x&title=y&thread=z", {},
                 {"comments-comments_by_parent_paged_1.json",
                  "comments-comments_by_parent_paged_2.json"})}) {
    CHECK(score.found == score.expected);
    CHECK(score.equal == score.fields);
  }
}

TEST_CASE("recorded news, blog and place answers are read", "[sources][recordings]") {
  if (is_absent()) return;
  for (const Score& score :
       {score_of("google_news_rss", "google_news_rss", "", {},
                 {"search-a.xml", "search-small-sample.xml"}),
        score_of("medium", "medium", "", {{"feed", {"tag/x"}}}, {"rssparser-content-encoded.rss"}),
        score_of("google_places", "google_places", "", {{"place", {"x"}}},
                 {"PlaceDetailsResponse.json", "single_spot-1.json"}),
        score_of("yelp", "yelp", "", {{"business", {"x"}}}, {"fusion-reviews_response.json"})}) {
    CHECK(score.found == score.expected);
    CHECK(score.equal == score.fields);
  }
}

}  // namespace testigo::sources
