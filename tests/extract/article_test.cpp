#include <catch2/catch.hpp>

#include "extract/article_title.h"
#include "extract/extract.h"
#include "extract/page_reading.h"

using namespace testigo;
using namespace testigo::extract;

namespace {

PageReading read(std::string_view html) {
  PageWants wants;
  wants.text = true;
  auto page = read_page(html, "https://news.example/a/1", {{"Content-Type", "text/html"}}, wants);
  REQUIRE(page);
  return *std::move(page);
}

const std::string words =
    "<p>The new kettle of Acme boils a litre in two minutes, which is a minute less than the one "
    "before it. We have measured it ten times, in two kitchens, and it was never slower.</p>"
    "<p>It is louder, though, and its lid is stiff. Who pours with one hand will miss the old "
    "one.</p>";

}  // namespace

TEST_CASE("an article says who wrote it when, by schema.org", "[extract]") {
  const PageReading page = read(R"(<title>Acme's kettle is quick | The Kettle Post</title>
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"Acme's kettle is quick",
    "author":{"@type":"Person","name":"Ana Pop"},"datePublished":"2026-03-04T10:00:00+02:00",
    "dateModified":"2026-03-05"}</script><body><h1>Acme's kettle is quick</h1>)" +
                                words);
  CHECK(page.article.stated);
  CHECK(page.article.title == "Acme's kettle is quick");
  CHECK(page.article.author == "Ana Pop");
  CHECK(page.article.date == "2026-03-04T10:00:00+02:00");
  CHECK(page.article.edited == "2026-03-05");
}

TEST_CASE("else by OpenGraph, a byline and a time", "[extract]") {
  const PageReading page = read(R"(<title>Kettle Post: Quick kettle</title>
    <meta property="og:site_name" content="Kettle Post"><meta property="og:type" content="article">
    <body><h1>Kettle Post</h1><h2 class="entry-title">Quick kettle</h2>
    <span class="byline">By <a rel="author" href="/ana">Ana Pop</a></span>
    <time datetime="2026-03-04">4 March</time>)" +
                                words +
                                R"(<ol class="comment-list"><li class="comment" id="comment-1">
    <cite class="fn">Ion</cite><time datetime="2026-03-09">later</time><p>I have one.</p></li></ol>)");
  CHECK(page.article.stated);
  CHECK(page.article.title == "Quick kettle");
  CHECK(page.article.author == "Ana Pop");
  CHECK(page.article.date == "2026-03-04");
}

TEST_CASE("a page that lists articles is none", "[extract]") {
  const PageReading page = read(R"(<title>Kettle Post</title><script type="application/ld+json">
    [{"@type":"BlogPosting","headline":"One"},{"@type":"BlogPosting","headline":"Two"}]</script>
    <meta property="og:type" content="website"><body><h1>Kettle Post</h1>)" +
                                words);
  CHECK(!page.article.stated);
}

TEST_CASE("a title is the heading that agrees with what the page states", "[extract]") {
  const std::vector<ShownHeading> shown = {
      {"The Kettle Post", true}, {"Related", false}, {"Acme's kettle: quick and loud", true}};
  const std::vector<std::string> stated = {"Acme's kettle: quick and loud - The Kettle Post"};
  CHECK(title_among(shown, stated, "The Kettle Post") == "Acme's kettle: quick and loud");
  CHECK(title_among({}, stated, "The Kettle Post") == "Acme's kettle: quick and loud");
  CHECK(title_among({}, std::vector<std::string>{"Lemons - a guide"}, "Post") ==
        "Lemons - a guide");
  // A heading for readers beside a title for search engines.
  const std::vector<ShownHeading> one = {{"Sunday thoughts", true}};
  CHECK(title_among(one, std::vector<std::string>{"Column 12 | Post"}, "Post") ==
        "Sunday thoughts");
  CHECK(!title_among({}, {}, ""));
}

TEST_CASE("a page that is an article is a post where the source asks for articles", "[extract]") {
  Page page;
  page.url = "https://news.example/a/1?utm_source=x";
  page.headers = {{"Content-Type", "text/html"}};
  page.body = R"(<html lang="en"><head><title>Quick kettle</title>
    <link rel="canonical" href="https://news.example/a/1">
    <meta property="article:published_time" content="2026-03-04T10:00:00Z">
    <meta name="author" content="Ana Pop"></head><body><nav><a href="/">Home</a></nav>
    <h1>Quick kettle</h1>)" +
              words + "</body></html>";
  ExtractorSpec spec;
  spec.format = Format::page;
  spec.source = SourceId("pages");
  CHECK(extract_page(page, spec, UtcTime{})->posts.empty());
  spec.articles = true;
  const auto read = extract_page(page, spec, UtcTime{});
  REQUIRE(read);
  REQUIRE(read->posts.size() == 1);
  const Post& post = read->posts[0];
  CHECK(post.external_id == "https://news.example/a/1");
  CHECK(post.url == "https://news.example/a/1");
  CHECK(post.title == "Quick kettle");
  CHECK(post.author == "Ana Pop");
  CHECK(to_iso8601(*post.posted_at) == "2026-03-04T10:00:00Z");
  CHECK(post.text.starts_with("The new kettle of Acme"));
  CHECK(post.text.find("Home") == std::string::npos);
  // A page of reviews is what it reviews, whatever it says of itself.
  page.body += R"(<script type="application/ld+json">{"@type":"Review","author":"Ion",
    "reviewBody":"Quick."}</script>)";
  const auto reviewed = extract_page(page, spec, UtcTime{});
  REQUIRE(reviewed->posts.size() == 1);
  CHECK(reviewed->posts[0].text == "Quick.");
}
