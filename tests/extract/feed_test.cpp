#include "extract/feed.h"

#include <catch2/catch.hpp>

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

Feed read(std::string_view bytes, std::string_view content_type = "") {
  const auto feed = read_feed(bytes, "https://blog.example/feed", content_type, now);
  INFO((feed ? "" : describe(feed.error())));
  REQUIRE(feed);
  return *feed;
}

FeedEntry only_entry(std::string_view bytes) {
  const Feed feed = read(bytes);
  REQUIRE(feed.entries.size() == 1);
  return feed.entries[0];
}

}  // namespace

TEST_CASE("a guid is the permalink unless it says that it is not", "[extract]") {
  CHECK(only_entry("<rss version='2.0'><channel><item><guid>https://blog.example/1</guid></item>")
            .url == "https://blog.example/1");
  const FeedEntry entry = only_entry(
      "<rss version='2.0'><channel><item><guid "
      "isPermaLink='false'>https://blog.example/1</guid></item>");
  CHECK(entry.url == std::nullopt);
  CHECK(entry.id == "https://blog.example/1");
}

TEST_CASE("an entry that the feed ends within is left out, those before it stay", "[extract]") {
  const std::string begin =
      "<rss version='2.0'><channel><title>a</title><item><guid>1</guid><title>one</title></item>";
  for (const std::string_view rest :
       {"<item>", "<item><guid>2</guid><title>tw", "<item><guid>2</guid><description><![CDATA[half",
        "<item><guid>2</guid><description>&lt;p&gt;half", "<item", ""}) {
    INFO(rest);
    const Feed feed = read(begin + std::string(rest));
    CHECK(feed.cut_short);
    REQUIRE(feed.entries.size() == 1);
    CHECK(feed.entries[0].id == "1");
  }
  const Feed atom = read(
      "<?xml version='1.0'?><a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:id>1</a:id>"
      "</a:entry><a:entry><a:id>2</a:id><a:title>tw");
  CHECK(atom.cut_short);
  CHECK(atom.entries.size() == 1);
}

TEST_CASE("a feed whose nesting is broken is not cut short", "[extract]") {
  CHECK_FALSE(read("<rss version='2.0'><channel><item><guid>1</guid></item></channel>").cut_short);
  for (const std::string_view items :
       {"<item><guid>1</guid><description><p>un<b>closed</description></item>"
        "<item><guid>2</guid></item>",
        "<item><guid>1</guid></item><item><guid>2</guid>"}) {
    const Feed feed = read("<rss version='2.0'><channel>" + std::string(items) +
                           "</channel></rss> <!-- 3 ms -->");
    CHECK_FALSE(feed.cut_short);
    CHECK(feed.entries.size() == 2);
  }
  CHECK_FALSE(
      read("<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>").cut_short);
}

TEST_CASE("entries that are not closed end where the next one begins", "[extract]") {
  const Feed rss = read(
      "<rss version='2.0'><channel><item><title>1</title><guid>x</guid><item><title>2</title>"
      "<guid>y</guid></item><item><title>3</title><description><![CDATA[<item>]]></description>"
      "</item></channel></rss>");
  REQUIRE(rss.entries.size() == 3);
  CHECK(rss.entries[0].title == "1");
  CHECK(rss.entries[1].id == "y");
  CHECK(rss.entries[2].title == "3");
  const Feed atom = read(
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><entry><id>2</id></entry>"
      "</feed>");
  CHECK(atom.entries.size() == 2);
}

TEST_CASE("warnings before a feed are passed over, an HTML page that shows one is none",
          "[extract]") {
  const std::string feed =
      "<?xml version='1.0'?><rss version='2.0'><channel><item><title>1</title></item></channel>"
      "</rss>";
  const std::string warning = "Warning: Cannot modify header in <b>/x.php</b> on line 3<br />\n";
  CHECK(read(warning + feed).entries.size() == 1);
  CHECK(read(warning + feed.substr(feed.find("<rss"))).entries.size() == 1);
  CHECK_FALSE(read_feed("<!doctype html><html><body>" + feed, "https://blog.example/", "", now));
}

TEST_CASE("an entry of many megabytes does not hide those after it", "[extract]") {
  const Feed feed = read("<rss version='2.0'><channel><item><title>1</title><description>" +
                         std::string(10'500'000, 'a') +
                         "</description></item><item><title>2</title></item></channel></rss>");
  REQUIRE(feed.entries.size() == 2);
  CHECK(feed.entries[1].title == "2");
}

TEST_CASE("entries beyond the most that are read are counted", "[extract]") {
  std::string items;
  for (int i = 0; i < 20'003; ++i) items += "<item><title>a</title></item>";
  const Feed feed = read("<rss version='2.0'><channel>" + items + "</channel></rss>");
  CHECK(feed.entries.size() == 20'000);
  CHECK(feed.unread == 3);
}

TEST_CASE("numeric dates are read in the order that the feed's other dates or language tell",
          "[extract]") {
  const auto first_day = [](const std::string& head, const std::vector<std::string>& dates) {
    std::string items;
    for (const std::string& date : dates) items += "<item><pubDate>" + date + "</pubDate></item>";
    const Feed feed = read("<rss version='2.0'><channel>" + head + items + "</channel></rss>");
    return to_iso8601(feed.entries.at(0).published.value()).substr(0, 10);
  };
  CHECK(first_day("", {"02/11/2025 10:00", "25/10/2025 10:00"}) == "2025-11-02");
  CHECK(first_day("<language>es-ES</language>", {"03/04/2025"}) == "2025-04-03");
  CHECK(first_day("<language>es-ES</language>", {"03/04/2025", "03/25/2025"}) == "2025-03-04");
  CHECK(first_day("", {"03/04/2025"}) == "2025-03-04");
}

TEST_CASE("of a news search's papers the first is the entry's", "[extract]") {
  const FeedEntry entry = only_entry(
      "<rss version='2.0'><channel><item><title>Acme recalls</title><description>&lt;ol&gt;&lt;li"
      "&gt;&lt;a href=\"https://news.google.com/1\"&gt;Acme recalls&lt;/a&gt;&lt;/li&gt;&lt;li&gt;"
      "&lt;a href=\"https://news.google.com/2\"&gt;Globex wins&lt;/a&gt;&lt;/li&gt;&lt;/ol&gt;"
      "</description></item></channel></rss>");
  CHECK(entry.summary == "Acme recalls");
}

TEST_CASE("a feed that quotes a post first is without it", "[extract]") {
  const FeedEntry entry = only_entry(
      "<rss version='2.0'><channel><item><description><![CDATA[<aside class=\"quote no-group\">"
      "<div class=\"title\">eva:</div><blockquote><p>Is it only me?</p></blockquote></aside>"
      "<p>Not only you.</p>]]></description></item></channel></rss>");
  CHECK(entry.own_words == "Not only you.");
}

TEST_CASE("a feed may say how long it wants to be left alone", "[extract]") {
  using std::chrono::minutes;
  const auto rest = [](const std::string& words) {
    return read(
               "<rss version='2.0' "
               "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>" +
               words + "<item><title>a</title><ttl>9</ttl></item></channel></rss>")
        .rest;
  };
  CHECK(rest("") == std::nullopt);
  CHECK(rest("<ttl>1440</ttl>") == minutes(1440));
  for (const std::string odd : {"0", "-5", "soon", "999999999999", ""})
    CHECK(rest("<ttl>" + odd + "</ttl>") == std::nullopt);
  CHECK(rest("<sy:updatePeriod> hourly\n</sy:updatePeriod>") == minutes(60));
  CHECK(
      rest("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>") ==
      minutes(360));
  CHECK(
      rest("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>") ==
      minutes(1440));
  CHECK(rest("<sy:updatePeriod>now and then</sy:updatePeriod>") == std::nullopt);
  CHECK(rest("<updatePeriod>daily</updatePeriod>") == std::nullopt);
}

TEST_CASE("an Atom feed may say how often it is updated", "[extract]") {
  const std::string feed =
      "<feed xmlns='http://www.w3.org/2005/Atom'%><sy:updatePeriod>hourly</sy:updatePeriod>"
      "<sy:updateFrequency>2</sy:updateFrequency><entry><id>1</id><title>a</title></entry></feed>";
  for (const std::string declared :
       {" xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'", ""}) {
    std::string written = feed;
    written.replace(written.find('%'), 1, declared);
    CHECK(read(written).rest == std::chrono::minutes(30));
  }
}

TEST_CASE("the Channel Definition Format is read", "[extract]") {
  const Feed feed = read(
      "<?xml version='1.0'?><CHANNEL HREF='http://tea.example/' LASTMOD='1998-02-01T10:00'>"
      "<TITLE>Tea news</TITLE><ABSTRACT>All on kettles</ABSTRACT>"
      "<ITEM HREF='/one.html' LASTMOD='1998-02-03T11:00Z'><TITLE>A kettle</TITLE>"
      "<ABSTRACT>It boils.</ABSTRACT></ITEM></CHANNEL>");
  CHECK(feed.format == "cdf");
  CHECK(feed.url == "http://tea.example/");
  CHECK(feed.title == "Tea news");
  CHECK(feed.description == "All on kettles");
  REQUIRE(feed.entries.size() == 1);
  CHECK(feed.entries[0].url == "https://blog.example/one.html");
  CHECK(feed.entries[0].title == "A kettle");
  CHECK(feed.entries[0].summary == "It boils.");
  CHECK(feed.entries[0].updated == parse_iso8601("1998-02-03T11:00:00Z"));
}

TEST_CASE("what a feed's HTML hides is no word of it", "[extract]") {
  for (const std::string hidden :
       {"<span style='color:red; Display : none'>Preview</span>", "<p hidden>Preview</p>",
        "<span aria-hidden=true>#</span>", "<div style='visibility:hidden'><b>Preview</b></div>"}) {
    INFO(hidden);
    const std::string html = "<div>" + hidden + "<p>It leaks.</p></div>";
    std::string escaped;
    for (const char c : html) escaped += c == '<' ? "&lt;" : std::string(1, c);
    CHECK(only_entry("<rss version='2.0'><channel><item><title>a</title><description>" + escaped +
                     "</description></item></channel></rss>")
              .summary == "It leaks.");
  }
  CHECK(only_entry("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content "
                   "type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p "
                   "style='display:none'>Preview</p>It leaks.</div></content></entry></feed>")
            .summary == "It leaks.");
  CHECK(only_entry("<rss version='2.0'><channel><item><title>a</title><description>&lt;p "
                   "style='display:block' aria-hidden='false'>It leaks."
                   "</description></item></channel></rss>")
            .summary == "It leaks.");
}

TEST_CASE("the version of a feed is told", "[extract]") {
  CHECK(read("<rss version='2.0'><channel><title>a</title></channel></rss>").format == "rss20");
  CHECK(read("<rss version='0.92'><channel/></rss>").format == "rss092");
  CHECK(read("<feed xmlns='http://www.w3.org/2005/Atom'/>").format == "atom10");
  CHECK(read("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>").format == "atom03");
  CHECK(read("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
             "xmlns='http://purl.org/rss/1.0/'><channel/><item rdf:about='urn:1'><title>x</title>"
             "</item></rdf:RDF>")
            .format == "rss10");
  CHECK(read(R"({"version":"https://jsonfeed.org/version/1.1","items":[]})").format == "json11");
}

TEST_CASE("relative links are resolved against the nearest xml:base", "[extract]") {
  const FeedEntry entry = only_entry(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/a/'><entry xml:base='b/'>"
      "<link href='c'/></entry></feed>");
  CHECK(entry.url == "https://blog.example/a/b/c");
}

TEST_CASE("HTML that breaks a feed's nesting takes neither items nor their parts", "[extract]") {
  const Feed cut = read(
      "<rss version='0.91'><channel><item><title>One</title><description>Hola <b>bold<br> text "
      "&eacute;</description></item><item><title>Two</title></item>");
  REQUIRE(cut.entries.size() == 2);
  CHECK(cut.entries[0].summary == "Hola bold\ntext é");
  CHECK(cut.entries[1].title == "Two");
  const FeedEntry headed = only_entry(
      "<rss version='2.0'><channel><item><title>Ten <i>boots</title><link>https://blog.example/3"
      "</link><pubDate>Mon, 06 Mar 2023 10:00:00 GMT</pubDate></item></channel></rss>");
  CHECK(headed.title == "Ten boots");
  CHECK(headed.url == "https://blog.example/3");
  CHECK(headed.published == parse_iso8601("2023-03-06T10:00:00Z"));
}

TEST_CASE("malformed XML is read as far as it makes sense", "[extract]") {
  const Feed feed = read(
      "\n<?xml version='1.0'?><rss version='2.0'><channel><title>Fish & chips</title>"
      "<item><title>One &nbsp;two</title><description><p>unclosed</description></item>"
      "<item><title>Second</title></item>");
  CHECK(feed.title == "Fish & chips");
  CHECK(feed.entries.at(0).summary == "unclosed");
  CHECK(feed.entries.size() == 2);
}

TEST_CASE("an HTML page, plain text and nothing are no feeds", "[extract]") {
  for (const std::string_view body :
       {"<!doctype html><html><head></head><body></body></html>", "Not found", "", "{}", "[]"}) {
    const auto feed = read_feed(body, "https://blog.example/feed", "text/html", now);
    INFO(body);
    REQUIRE(!feed);
    CHECK(feed.error().code == Errc::malformed);
    CHECK(feed.error().where == "https://blog.example/feed");
  }
}

TEST_CASE("entities in the DTD are neither expanded nor fetched", "[extract]") {
  const auto feed = read_feed(
      "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>"
      "<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&b;&x;</title>"
      "</channel></rss>",
      "https://blog.example/feed", "", now);
  if (feed && feed->title) CHECK(feed->title->find("root:") == std::string::npos);
}

TEST_CASE("people are read out of mail addresses", "[extract]") {
  const auto author = [](const std::string& written) {
    return *only_entry("<rss version='2.0'><channel><item><author>" + written + "</author></item>")
                .author;
  };
  CHECK(author("me@blog.example (Ana Pop)") ==
        FeedPerson{"Ana Pop", "me@blog.example", std::nullopt});
  CHECK(author("Ana Pop &lt;me@blog.example&gt;") ==
        FeedPerson{"Ana Pop", "me@blog.example", std::nullopt});
  CHECK(author("me@blog.example").name == std::nullopt);
  CHECK(author("Ana Pop").email == std::nullopt);
}

TEST_CASE("a feed says where readers' comments are", "[extract]") {
  const FeedEntry entry = only_entry(
      "<rss version='2.0' xmlns:wfw='http://wellformedweb.org/CommentAPI/' "
      "xmlns:slash='http://purl.org/rss/1.0/modules/slash/'><channel><item>"
      "<comments>https://blog.example/1#comments</comments>"
      "<wfw:commentRss>https://blog.example/1/feed</wfw:commentRss>"
      "<slash:comments>12</slash:comments></item></channel></rss>");
  CHECK(entry.comments_url == "https://blog.example/1#comments");
  CHECK(entry.comments_feed == "https://blog.example/1/feed");
  CHECK(entry.comment_count == 12);
}

TEST_CASE("a JSON Feed may have the commas and comments of JavaScript", "[extract]") {
  const Feed feed = read(
      "\xEF\xBB\xBF{\"version\":\"https://jsonfeed.org/version/1\",/* all */"
      "\"items\":[{\"id\":\"1\",\"content_text\":\"uno // dos\",},],}");
  REQUIRE(feed.entries.size() == 1);
  CHECK(feed.entries[0].summary == std::nullopt);
  CHECK(feed.entries[0].content == std::vector<std::string>{"uno // dos"});
  CHECK_FALSE(read_feed("{\"items\":[{\"id\":\"1\"},{\"id\"", "", "", now));  // cut off
}

TEST_CASE("what an entry quotes is parted from its author's own words", "[extract]") {
  const std::string rss =
      R"(<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>a</title><content:encoded><![CDATA[<blockquote><p>It never broke.</p></blockquote>
<p>Mine did, twice.</p>]]></content:encoded></item>
<item><title>b</title><description>&lt;blockquote&gt;Theirs.&lt;/blockquote&gt;</description></item>
<item><title>c</title><description>Ana wrote: &lt;blockquote&gt;Theirs.&lt;/blockquote&gt;</description></item>
<item><title>d</title><description>Mine.</description></item></channel></rss>)";
  const auto feed = read_feed(rss, "", "", UtcTime{});
  REQUIRE(feed);
  REQUIRE(feed->entries.size() == 4);
  CHECK(feed->entries[0].content.at(0) == "It never broke.\n\nMine did, twice.");
  CHECK(feed->entries[0].own_words == "Mine did, twice.");
  CHECK(!feed->entries[1].own_words);  // who only quotes has said that
  CHECK(!feed->entries[2].own_words);  // and an article is whole with what it cites
  CHECK(!feed->entries[3].own_words);
}

TEST_CASE("what is said of a film as a whole is an entry's text where it has no other",
          "[extract]") {
  const std::string film =
      "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>"
      "<entry><id>1</id><title>Kettles</title>%<media:group><media:title>Kettles</media:title>"
      "<media:description>We boil ten of them.</media:description></media:group></entry></feed>";
  const auto with = [&](const std::string& words) {
    std::string written = film;
    return only_entry(written.replace(written.find('%'), 1, words));
  };
  CHECK(with("").summary == "We boil ten of them.");
  CHECK(with("<summary>Ours</summary>").summary == "Ours");
  CHECK(only_entry("<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>"
                   "<title>a</title><media:content url='/a.png'><media:description>A kettle on a "
                   "table</media:description></media:content></item></channel></rss>")
            .summary == std::nullopt);
}

TEST_CASE("a film's views are its reach", "[extract]") {
  const std::string community =
      "<media:community><media:starRating count='12'/><media:statistics views='4500'/>"
      "</media:community>";
  CHECK(only_entry(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>"
            "<entry><id>1</id><title>Kettles</title><media:group>" +
            community + "</media:group></entry></feed>")
            .reach == 4500);
  CHECK(only_entry("<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>"
                   "<title>a</title>" +
                   community + "</item></channel></rss>")
            .reach == 4500);
}

}  // namespace testigo::extract
