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

TEST_CASE("an address of its own that ends in its number names a post", "[extract]") {
  const auto posts = posts_of(
      "https://a.example/threads/kettles.12/",
      thread({shown("id=js-post-300", "/threads/kettles.12/post-300", 1),
              shown("id=post_3", "/t/kettles/12/3", 2), shown("id=post_4", "/t/kettles/12/14", 3),
              shown("id=js-post-3001", "/threads/kettles.12/post-3001", 4),
              shown("id=c12", "/threads/kettles.12/?page=2", 5)}));
  REQUIRE(posts.size() == 5);
  CHECK(posts[0].external_id == "https://a.example/threads/kettles.12/post-300");
  CHECK(posts[1].external_id == "https://a.example/t/kettles/12/3");
  CHECK_FALSE(posts[2].external_id);
  CHECK(posts[3].external_id == "#js-post-3001");
  CHECK_FALSE(posts[4].external_id);
}

TEST_CASE("an address that several comments share names none of them", "[extract]") {
  const auto comment = [](const std::string& author) {
    return R"({"@type":"DiscussionForumPosting","mainEntityOfPage":"https://a.example/t/9","author":")" +
           author + R"(","text":"Same here."})";
  };
  const auto posts =
      posts_of("https://a.example/t/1", "<script type=\"application/ld+json\">[" + comment("Ana") +
                                            "," + comment("Ion") + "]</script>");
  REQUIRE(posts.size() == 2);
  CHECK_FALSE(posts[0].external_id);
  CHECK_FALSE(posts[1].external_id);
  CHECK(post_id(posts[0]) != post_id(posts[1]));
}

namespace {

std::string nested(const std::string& id, const std::string& author, const std::string& words,
                   const std::string& replies) {
  return "<li class=comment" + id + "><b class=author>" + author +
         "</b> <span class=date>2026-03-11</span><div class=text>" + words + "</div><ul>" +
         replies + "</ul></li>";
}

}  // namespace

TEST_CASE("who answers a comment that has no id of its own is known to answer it", "[extract]") {
  for (const std::string id : {" id=comment-", " id=", ""}) {
    const auto numbered = [&](const char* n) { return id.empty() ? id : id + n; };
    const auto posts = posts_of(
        "https://a.example/k",
        "<html lang=en><title>Kettles</title><ul class=comment-list>" +
            nested(
                numbered("1"), "Ana", "Mine leaks since the second week of using it.",
                nested(numbered("2"), "Ion", "Send it back then, they mend it for free.",
                       nested(numbered("3"), "Eva", "They did not mend mine, by the way.", ""))) +
            nested(numbered("4"), "Dan", "Ours has boiled for ten years without a fault.", "") +
            "</ul>");
    INFO(id);
    REQUIRE(posts.size() == 4);
    CHECK_FALSE(posts[0].external_id);
    CHECK_FALSE(parent_id(posts[0]));
    CHECK(parent_id(posts[1]) == post_id(posts[0]));
    CHECK(parent_id(posts[2]) == post_id(posts[1]));
    CHECK_FALSE(parent_id(posts[3]));
  }
}

TEST_CASE("who answers a comment that markup states without an id is known to answer it",
          "[extract]") {
  const auto comment = [](const std::string& author, const std::string& more) {
    return R"({"@type":"Comment","author":")" + author + R"(","text":"Words of )" + author + "\"" +
           more + "}";
  };
  const auto posts =
      posts_of("https://a.example/k",
               R"(<script type="application/ld+json">{"@type":"Article","comment":[)" +
                   comment("Ana", R"(,"comment":[)" + comment("Ion", "") + "]") + "," +
                   comment("Eva", R"(,"parentItem":{"@id":"#dan"})") + "," +
                   comment("Dan", R"(,"@id":"#dan")") + "]}</script>");
  REQUIRE(posts.size() == 4);
  CHECK_FALSE(parent_id(posts[0]));
  CHECK(posts[1].author == "Ion");
  CHECK(parent_id(posts[1]) == post_id(posts[0]));
  CHECK(posts[2].author == "Eva");
  CHECK(parent_id(posts[2]) == post_id(posts[3]));
  CHECK_FALSE(parent_id(posts[3]));
}

TEST_CASE("what answers one of several that nothing tells apart answers none", "[extract]") {
  const auto posts =
      posts_of("https://a.example/k",
               "<html lang=en><title>Kettles</title><ul class=comment-list>" +
                   nested("", "Ana", "Mine leaks since the second week of using it.",
                          nested("", "Ion", "Send it back then, they mend it for free.", "")) +
                   nested("", "Ana", "And it has rusted since, I see this morning.", "") + "</ul>");
  REQUIRE(posts.size() == 3);
  CHECK_FALSE(parent_id(posts[1]));
}

TEST_CASE("an answer is known to answer the question that its page is about", "[extract]") {
  const auto posts = posts_of(
      "https://a.example/q/1",
      R"(<script type="application/ld+json">{"@type":"QAPage","mainEntity":{"@type":"Question",)"
      R"("url":"https://a.example/q/1","name":"Does it leak?","text":"Does the kettle leak?",)"
      R"("author":"Ana","suggestedAnswer":{"@type":"Answer","url":"https://a.example/q/1#a7",)"
      R"("author":"Ion","text":"Mine does not leak at all."}}}</script>)");
  REQUIRE(posts.size() == 2);
  CHECK(parent_id(posts[1]) == post_id(posts[0]));
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

TEST_CASE("posts without an id stand on the page's stated address, where it is the same page",
          "[extract]") {
  const auto address_at = [](const std::string& url, const std::string& stated) {
    const auto posts = posts_of(
        url, "<link rel=canonical href='" + stated + "'><script type='application/ld+json'>" +
                 R"({"@type":"Review","author":"Al","reviewBody":"Leaks."})" + "</script>");
    REQUIRE(posts.size() == 1);
    return posts[0].page_url;
  };
  const std::string stated = "https://a.example/p/1";
  for (const char* url : {"http://a.example/p/1", "https://a.example/p/1/", "https://a.example/P/1",
                          "https://a.example/p/1?color=red"})
    CHECK(address_at(url, stated) == stated);
  for (const char* url : {"https://m.a.example/p/1", "https://a.example/p/2"})
    CHECK(address_at(url, stated) == url);
  CHECK(address_at("https://a.example/p/1", "https://a.example/") == "https://a.example/p/1");
}

TEST_CASE("a part of an address as an Atom id is its feed's, but the entry's link where it is that",
          "[extract]") {
  const auto ids = [](const std::string& url, const std::string& base) {
    std::vector<std::string> found;
    const std::string feed = "<feed xmlns='http://www.w3.org/2005/Atom'" + base +
                             "><entry><id>entries/1</id><title>One</title>"
                             "</entry><entry><id>e/2</id><link href='e/2'/><title>Two</title>"
                             "</entry><entry><id>/e/3</id><title>Three</title></entry>"
                             "<entry><id>4</id><title>Four</title></entry>"
                             "<entry><id>t3_abc1</id><title>Five</title></entry></feed>";
    for (const Post& post : read(Format::feed, url, feed).posts)
      found.push_back(post.external_id.value_or(""));
    return found;
  };
  CHECK(ids("https://a.example/one.xml", "") ==
        std::vector<std::string>{"https://a.example/one.xml#https://a.example/entries/1",
                                 "https://a.example/e/2", "https://a.example/e/3",
                                 "https://a.example/one.xml#https://a.example/4",
                                 "https://a.example/t3_abc1"});
  CHECK(ids("https://a.example/two.xml", " xml:base='https://b.example/x/'") ==
        std::vector<std::string>{"https://a.example/two.xml#https://b.example/x/entries/1",
                                 "https://b.example/x/e/2", "https://b.example/e/3",
                                 "https://a.example/two.xml#https://b.example/x/4",
                                 "https://b.example/x/t3_abc1"});
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

TEST_CASE("words and numbers as guid are their feed's, what names one post anywhere is not",
          "[extract]") {
  const auto id_of = [](const std::string& guid) {
    return read(Format::feed, "https://a.example/blog.xml",
                rss("<item><guid isPermaLink='false'>" + guid + "</guid><title>One</title></item>"))
        .posts.at(0)
        .external_id;
  };
  for (const std::string guid : {"hello-world", "Hello World 2", "3.5", "about_us", "POST-17"})
    CHECK(id_of(guid) == "https://a.example/blog.xml#" + guid);
  for (const std::string guid :
       {"t3_1abc2d", "yt:video:dQwaewWgXcQ", "5d420f3abfe6c20008d5eaad", "tag:a.example,2026:hello",
        "urn:hello", "/2026/hello", "b.example-topic-12", "4ccf19b4-fb83-4dd6-bb0e-e0b65a1f1a0b",
        "CBMiAbcDefGhi"})
    CHECK(id_of(guid) == guid);
}

TEST_CASE("an answer to a comment has its id as parent, and not its head in the text",
          "[extract]") {
  const auto item = [](const std::string& n, const std::string& words) {
    return "<item><link>https://b.example/k/comment-page-1/#comment-" + n +
           "</link><guid isPermaLink='false'>https://b.example/?p=5#comment-" + n +
           "</guid><description>short</description>"
           "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[" +
           words + "]]></content:encoded></item>";
  };
  const auto to = [](const std::string& n) {
    return "<a href=\"https://b.example/k/comment-page-1/#comment-" + n + "\">Ana</a>.";
  };
  const auto posts =
      read(Format::feed, "https://b.example/k/feed",
           rss(item("1", "<p>Mine leaks.</p>") +
               item("2", "<p>In reply to " + to("1") + "</p>\n<p>Send it back.</p>") +
               item("3", "En respuesta a " + to("900") + " A mi no.") +
               item("4",
                    "<p>I said so in <a href=\"https://b.example/#comment-1\">my first</a>, "
                    "and see <a href='/x'>this</a>.</p>")))
          .posts;
  REQUIRE(posts.size() == 4);
  CHECK_FALSE(posts[0].parent);
  CHECK(posts[1].parent == "https://b.example/?p=5#comment-1");
  CHECK(posts[1].text == "Send it back.");
  CHECK(posts[2].parent == "https://b.example/?p=5#comment-900");
  CHECK(posts[2].text == "A mi no.");
  CHECK_FALSE(posts[3].parent);
}

TEST_CASE("a link names the entry without guid, unless others stand under it", "[extract]") {
  const auto item = [](const std::string& title, const std::string& link) {
    return "<item><title>" + title + "</title><link>" + link + "</link></item>";
  };
  const auto posts =
      read(Format::feed, "https://a.example/feed",
           rss(item("One", "https://a.example/1") + item("One", "https://a.example/1") +
               item("A", "https://a.example/all") + item("B", "https://a.example/all")))
          .posts;
  REQUIRE(posts.size() == 4);
  CHECK(posts[0].external_id == "https://a.example/1");
  CHECK(posts[1].external_id == "https://a.example/1");
  CHECK_FALSE(posts[2].external_id);
  CHECK_FALSE(posts[3].external_id);
  CHECK(posts[3].url == "https://a.example/all");
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
  CHECK(posts[2].external_id == "https://a.example/feed#other");
}

TEST_CASE("a guid that stands on entries with other words names none of them", "[extract]") {
  const auto item = [](const std::string& guid, const std::string& words) {
    return "<item><guid isPermaLink='false'>" + guid + "</guid><title>" + words + "</title></item>";
  };
  const auto posts = read(Format::feed, "https://a.example/feed",
                          rss(item("17", "It leaks") + item("17", "It boils") +
                              item("18", "It rusts") + item("18", "It rusts")))
                         .posts;
  REQUIRE(posts.size() == 4);
  CHECK_FALSE(posts[0].external_id);
  CHECK_FALSE(posts[1].external_id);
  CHECK(posts[2].external_id == "https://a.example/feed#18");
  CHECK(posts[3].external_id == "https://a.example/feed#18");
}

TEST_CASE("revisions of an entry that a feed holds at once are one entry", "[extract]") {
  const auto entry = [](const std::string& words, const std::string& hour) {
    return "<entry><id>urn:a</id><title>" + words + "</title><updated>2026-03-01T" + hour +
           ":00:00Z</updated></entry>";
  };
  const std::string earlier = entry("It leaks", "10");
  const std::string latest = entry("It leaks a lot", "12");
  for (const std::string& both : {earlier + latest, latest + earlier}) {
    const auto posts = read(Format::feed, "https://a.example/feed",
                            "<feed xmlns='http://www.w3.org/2005/Atom'>" + both + "</feed>")
                           .posts;
    REQUIRE(posts.size() == 1);
    CHECK(posts[0].external_id == "urn:a");
    CHECK(posts[0].title == "It leaks a lot");
  }
}

TEST_CASE("an entry of the App Store's feed has its stars", "[extract]") {
  const auto post_rated = [](const std::string& stars) {
    const auto posts =
        read(Format::feed, "https://a.example/feed",
             "<feed xmlns:im='http://itunes.apple.com/rss' xmlns='http://www.w3.org/2005/Atom'>"
             "<entry><id>urn:a</id><title>No abre</title><im:voteSum>2</im:voteSum><im:rating>" +
                 stars + "</im:rating><im:version>5.2.1</im:version></entry></feed>")
            .posts;
    REQUIRE(posts.size() == 1);
    return posts.front();
  };
  const Post post = post_rated("1");
  CHECK(post.rating == Rating{1.0, 5.0, 1.0});
  CHECK(post.app_version == "5.2.1");
  CHECK(post.reach == 2);
  CHECK_FALSE(post_rated("12").rating);
}

TEST_CASE("an entry of a feed without a word is none", "[extract]") {
  const Extraction feed =
      read(Format::feed, "https://a.example/feed",
           rss("<item><guid>https://a.example/1</guid><description>&lt;img src='/1.png'&gt;"
               "</description></item><item><guid>https://a.example/2</guid><title/>"
               "<enclosure url='/2.mp4' type='video/mp4'/></item>"
               "<item><guid>https://a.example/3</guid><title>A kettle</title>"
               "<description>&lt;img src='/3.png'&gt;</description></item>"));
  REQUIRE(feed.posts.size() == 1);
  CHECK(feed.posts[0].title == "A kettle");
  CHECK(feed.posts[0].text.empty());
  CHECK(feed.items == 1);
  CHECK(feed.skipped == 2);
  CHECK(feed.left_out == 0);
  CHECK(feed.drift.empty());
}

TEST_CASE("values that a page's markup states beyond reason are told", "[extract]") {
  const auto review = [](const std::string& words, const std::string& rating,
                         const std::string& date) {
    return R"({"@type":"Review","author":"A)" + words + R"(","reviewBody":")" + words +
           R"(","datePublished":")" + date + R"(","reviewRating":{"ratingValue":)" + rating + "}}";
  };
  const Extraction page =
      read(Format::page, "https://a.example/k",
           "<script type=\"application/ld+json\">[" + review("It leaks.", "7", "2026-03-01") + "," +
               review("It boils.", "0", "2026-03-01") + "," + review("It rusts.", "4", "soon") +
               "," + review("", "9", "2026-03-01") + "]</script>");
  REQUIRE(page.posts.size() == 3);
  CHECK_FALSE(page.posts[0].rating);
  CHECK_FALSE(page.posts[1].rating);
  CHECK_FALSE(page.posts[2].posted_at);
  CHECK(page.left_out == 1);
  REQUIRE(page.drift.size() == 3);
  CHECK(
      page.drift[0] ==
      "source drifted: the rating of review 4 is not from 1 to 5: 9; there is nothing else in it");
  CHECK(page.drift[1] ==
        "source drifted: the rating of review 1 is not from 1 to 5: 7; the post is stored without "
        "it");
  CHECK(page.drift[2] ==
        "source drifted: the date of review 3 is no time: \"soon\"; the post is stored without it");
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
