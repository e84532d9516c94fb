#include <catch2/catch.hpp>

#include "extract/extract.h"

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

Extraction read(Format format, const std::string& url, std::string body) {
  Page page;
  page.url = url;
  page.status = 200;
  page.body = std::move(body);
  ExtractorSpec spec;
  spec.source = SourceId("any");
  spec.format = format;
  auto extraction = extract_page(page, spec, now);
  REQUIRE(extraction);
  return *std::move(extraction);
}

std::vector<Post> posts_of(const std::string& url, std::string body) {
  return read(Format::page, url, std::move(body)).posts;
}

// A post of a thread; `attributes` of its element, `link` to itself.
std::string shown(const std::string& attributes, const std::string& link, int i) {
  const std::string n = std::to_string(i);
  return "<div class=post " + attributes + "><span class=author>user" + n +
         "</span> <a class=date href=\"" + link + "\">2026-03-1" + n +
         "</a><div class=text>Answer " + n +
         " about the kettle, by a person who knows it.</div></div>";
}

std::string thread(const std::vector<std::string>& posts) {
  std::string page = "<html lang=en><title>Kettles</title><h1>Kettles</h1><div class=posts>";
  for (const std::string& post : posts) page += post;
  return page + "</div>";
}

std::string rss(const std::string& items) {
  return "<rss version='2.0'><channel><link>/</link>" + items + "</channel></rss>";
}

}  // namespace

TEST_CASE("an element's small id that no link leads to is no post's id", "[extract]") {
  const auto posts = posts_of("https://a.example/t/1",
                              thread({shown("id=post-1", "/u", 1), shown("id=post-2", "/u", 2)}));
  REQUIRE(posts.size() == 2);
  CHECK_FALSE(posts[0].external_id);
  CHECK_FALSE(posts[1].external_id);
}

TEST_CASE("an element's id is its page's, where a link leads to it or it is large", "[extract]") {
  const auto posts =
      posts_of("https://a.example/t/1",
               thread({shown("id=post-1", "#post-1", 1), shown("id=post-3002", "/u", 2)}));
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].external_id == "#post-1");
  CHECK(posts[1].external_id == "#post-3002");
}

TEST_CASE("a link to itself on another address names a post wherever it is shown", "[extract]") {
  const auto posts =
      posts_of("https://a.example/showthread.php?page=2&t=1",
               thread({shown("id=post300", "showthread.php?p=300#post300", 1),
                       shown("id=post301",
                             "showthread.php?p=301&amp;sid=0123456789abcdef0123456789abcdef"
                             "#post301",
                             2),
                       shown("id=post3302", "showthread.php?t=1#post3302", 3)}));
  REQUIRE(posts.size() == 3);
  CHECK(posts[0].external_id == "https://a.example/showthread.php?p=300#post300");
  CHECK(posts[1].external_id == "https://a.example/showthread.php?p=301#post301");
  CHECK(posts[2].external_id == "#post3302");
}

TEST_CASE("the site's number of a post comes before its element's id", "[extract]") {
  const auto posts =
      posts_of("https://a.example/t/1", thread({shown("id=p1 data-post-id=300", "#p1", 1),
                                                shown("id=p2 data-post-id=301", "#p2", 2)}));
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].external_id == "300");
}

TEST_CASE("a link to another post whose number ends alike is no link to itself", "[extract]") {
  const auto posts = posts_of(
      "https://a.example/t/1",
      thread({shown("id=post-1", "/t/9#post-11", 1), shown("id=post-2", "/t/9#post-12", 2)}));
  REQUIRE(posts.size() == 2);
  CHECK_FALSE(posts[0].external_id);
  CHECK_FALSE(posts[1].external_id);
}

TEST_CASE("the page's own address is the id of none of its comments", "[extract]") {
  const std::string comment = R"({"@type":"Comment","url":"https://a.example/t/1","author":"A)";
  const auto posts = posts_of(
      "https://a.example/t/1",
      R"(<script type="application/ld+json">{"@type":"DiscussionForumPosting","headline":"K",)"
      R"("comment":[)" +
          comment + R"(","text":"The first text about it."},)" + comment +
          R"(","text":"Another text, different."}]}</script>)");
  REQUIRE(posts.size() == 2);
  CHECK_FALSE(posts[0].external_id);
  CHECK_FALSE(posts[1].external_id);
}

TEST_CASE("a date that is told from now on does not tell nameless posts apart", "[extract]") {
  const auto post = [](int i) {
    return "<li class=comment><b class=author>user" + std::to_string(i) +
           "</b><span class=date>3 days ago</span><p>Words on the kettle that boils fast.</p>";
  };
  const auto posts = posts_of("https://a.example/k", "<h2>2 comments</h2><ul>" + post(1) + post(2));
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].posted_at);
  CHECK_FALSE(posts[0].posted_at_written);
}

TEST_CASE("a bare number as guid is its feed's", "[extract]") {
  const std::string items =
      "<item><guid isPermaLink='false'>1</guid><title>One</title></item>"
      "<item><guid isPermaLink='false'>12 at https://a.example</guid><title>Two</title></item>";
  const auto posts = read(Format::feed, "https://a.example/blog.xml?page=2", rss(items)).posts;
  REQUIRE(posts.size() == 2);
  CHECK(posts[0].external_id == "https://a.example/blog.xml#1");
  CHECK(posts[1].external_id == "12 at https://a.example");
}

TEST_CASE("where a guid stands on entries with several links, the links name them", "[extract]") {
  const auto item = [](const std::string& guid, const std::string& link) {
    return "<item><guid isPermaLink='false'>" + guid + "</guid><title>T</title><link>" + link +
           "</link></item>";
  };
  const auto posts = read(Format::feed, "https://a.example/feed",
                          rss(item("same", "/i0") + item("same", "/i1") + item("other", "/i2") +
                              item("other", "/i2")))
                         .posts;
  REQUIRE(posts.size() == 4);
  CHECK(posts[0].external_id == "https://a.example/i0");
  CHECK(posts[1].external_id == "https://a.example/i1");
  CHECK(posts[2].external_id == "other");
}

TEST_CASE("a feed says which of its entries are deleted", "[extract]") {
  const std::string feed =
      "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>"
      "<at:deleted-entry ref='urn:d1' when='2026-11-20T00:00:00Z'/><at:deleted-entry/>"
      "<at:deleted-entry ref='urn:d2' when='then'/><at:deleted-entry ref='urn:d3'/>"
      "<entry><id>urn:d3</id><title>Back again</title></entry></feed>";
  const Extraction extraction = read(Format::feed, "https://a.example/feed", feed);
  CHECK(extraction.posts.size() == 1);
  CHECK(extraction.departed ==
        std::vector<DepartedPost>{{"urn:d1", *parse_iso8601("2026-11-20T00:00:00Z")},
                                  {"urn:d2", std::nullopt}});
}

}  // namespace testigo::extract
