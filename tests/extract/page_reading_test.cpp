#include "extract/page_reading.h"

#include <catch2/catch.hpp>

#include "extract/json_ld.h"

namespace testigo::extract {
namespace {

PageReading read(const std::string& html) {
  const auto page = read_page(html, "https://shop.example/p/1", {{"Content-Type", "text/html"}});
  INFO((page ? "" : describe(page.error())));
  REQUIRE(page);
  return *page;
}

std::string ld(const std::string& json) {
  return "<html lang=en><head><script type=\"application/ld+json\">" + json +
         "</script></head><body><p>Hello</p></body></html>";
}

}  // namespace

TEST_CASE("a page whose reviews are all in JSON-LD is read without its tree", "[extract]") {
  const PageReading page = read(ld(R"({"@type":"Product","name":"Boot","review":{"@type":"Review",
      "author":"Ana","reviewBody":"Warm.","reviewRating":{"ratingValue":5}}})"));
  CHECK(!page.tree_built);
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].item == "Boot");
  CHECK(page.reviews[0].author == "Ana");
  CHECK(page.reviews[0].body == "Warm.");
  CHECK(page.reviews[0].rating == 5.0);
  CHECK(page.reviews[0].best == std::nullopt);
  CHECK(page.language == "en");
}

TEST_CASE("RDFa speaks of one thing in several places", "[extract]") {
  const PageReading page = read(
      "<body vocab='http://schema.org/'><div typeof=Product resource='#p'><h1 "
      "property=name>Kettle</h1></div>"
      "<div typeof=Review><a property=itemReviewed href='#p'>it</a><p property=reviewBody>One</p>"
      "<div rel=author><b typeof=Person><i property=name>Eva</i></b></div></div>"
      "<div about='#p'><div property=review typeof=Review><p "
      "property=reviewBody>Two</p></div></div>"
      "<div typeof=Review><div rel=itemReviewed resource='#bar'><b property=name>Bar</b></div>"
      "<p property=reviewBody>Three</p></div>"
      "<b about='#p' property=alternateName>K</b></body>");
  REQUIRE(page.reviews.size() == 3);
  CHECK(page.reviews[0].item == "Kettle");
  CHECK(page.reviews[0].author == "Eva");
  CHECK(page.reviews[1].item == "Kettle");
  CHECK(page.reviews[2].item == "Bar");
  CHECK(page.reviews[2].title == std::nullopt);
}

TEST_CASE("a link's words stay where what it leads to has no name", "[extract]") {
  const PageReading page = read(
      "<div itemscope itemtype='https://schema.org/Review'><a itemprop=author "
      "href='#ana'>Ana</a><p itemprop=reviewBody>One</p></div>"
      "<div itemscope itemid='#ana' itemtype='https://schema.org/Person'><img itemprop=image "
      "src='a.png'></div>");
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].author == "Ana");
}

TEST_CASE("JSON-LD of JavaScript, of Python, cut off or turned round is read", "[extract]") {
  const auto body = [](const std::string& json) {
    const PageReading page = read(ld(json));
    return page.reviews.size() == 1 ? page.reviews[0].body.value_or("") : std::string();
  };
  CHECK(body("{'@type':'Review','reviewBody':'it isn't \"so\"','inLanguage':None}") ==
        "it isn't \"so\"");
  CHECK(body("{'@type':'Review','reviewBody':'it isn\\'t'}") == "it isn't");
  CHECK(body(R"({"@type":"Review","reviewBody":"NaN","reviewRating":{"ratingValue":NaN}})") ==
        "NaN");
  CHECK(body(R"({"@type":"Review","reviewBody":"one","dateCreated":undefined})") == "one");
  CHECK(body(R"({"@type":"Product","review":[{"@type":"Review","reviewBody":"one"},
      {"@type":"Review","reviewBody":"tw)") == "one");
  CHECK(body(R"({"@type":"Product","review":[{"@type":"Review","reviewBody":"one"},)") == "one");
  const PageReading reversed = read(ld(R"({"@type":"Product","name":"Boot","@reverse":
      {"itemReviewed":[{"@type":"Review","reviewBody":"one"}]}})"));
  REQUIRE(reversed.reviews.size() == 1);
  CHECK(reversed.reviews[0].item == "Boot");
}

TEST_CASE("what shows the rest of a text is no part of it", "[extract]") {
  const PageReading page = read(
      "<div itemscope itemtype='https://schema.org/Review'><div itemprop=reviewBody>Boils fast, "
      "<b>more</b> than others.<a href='#'>Read more</a></div></div>"
      "<div itemscope itemtype='https://schema.org/Review'><p itemprop=reviewBody>Leaks… <span "
      "class=show-more><i></i> Ver más »</span></p></div>"
      "<div class=hreview><p class=description>Good.<button>Show less</button></p></div>");
  REQUIRE(page.reviews.size() == 3);
  CHECK(page.reviews[0].body == "Boils fast, more than others.");
  CHECK(page.reviews[1].body == "Leaks…");
  CHECK(page.reviews[2].body == "Good.");
}

TEST_CASE("microdata of breadcrumbs is no reason to build a tree", "[extract]") {
  const PageReading page = read(
      "<ol itemscope itemtype=\"https://schema.org/BreadcrumbList\"><li itemprop=name>Home</ol>");
  CHECK(!page.tree_built);
  CHECK(page.reviews.empty());
}

TEST_CASE("comments without markup are read where they are asked for and no markup states posts",
          "[extract]") {
  const std::string comments =
      "<div id=comments><ol class=comment-list><li class=comment id=comment-1><cite class=fn>Ana"
      "</cite><div class=comment-content>Mine leaked.</div></li></ol></div>";
  PageWants wants;
  CHECK(read_page(comments, "https://shop.example/", {}, wants)->comments.empty());
  wants.comments = true;
  const auto page = read_page(comments, "https://shop.example/", {}, wants);
  REQUIRE(page->comments.size() == 1);
  CHECK(page->comments[0].text == "Mine leaked.");
  CHECK(page->comments[0].author == "Ana");
  const auto stated = read_page(ld(R"([{"@type":"Review","author":"Eva","reviewBody":"Warm."},
             {"@type":"Review","author":"Ion","reviewBody":"Cold."}])") +
                                    comments,
                                "", {}, wants);
  CHECK(stated->comments.empty());
  CHECK(!stated->tree_built);
}

TEST_CASE("one posting that is stated is the first of a thread, with the others below it",
          "[extract]") {
  PageWants wants;
  wants.comments = true;
  const std::string thread =
      "<article class=post id=p1><b class=author>Ana</b><time datetime=2024-01-01></time><div "
      "class=content>It leaks.</div></article><article class=post id=p2><b class=author>Ion</b>"
      "<time datetime=2024-01-02></time><div class=content>Mine too.</div></article>";
  const auto page = read_page(
      ld(R"({"@type":"DiscussionForumPosting","author":"Ana","text":"It  leaks."})") + thread,
      "https://forum.example/", {}, wants);
  REQUIRE(page);
  REQUIRE(page->comments.size() == 2);
  CHECK(page->comments[0].text == "It  leaks.");
  CHECK(page->comments[1].text == "Mine too.");
}

TEST_CASE("a page too deep for its comments still gives its links", "[extract]") {
  std::string html = "<a href=/next>next</a>";
  for (int i = 0; i < 2'000; ++i) html += "<div class=comment>";
  PageWants wants;
  wants.comments = true;
  const auto page = read_page(html, "https://shop.example/", {}, wants);
  REQUIRE(page);
  CHECK(page->links == std::vector<std::string>{"https://shop.example/next"});
}

TEST_CASE("a review given in JSON-LD and in microdata counts once", "[extract]") {
  const PageReading page =
      read(ld(R"({"@type":"Review","author":{"name":"Ana"},"reviewBody":"Warm and dry.",
             "itemReviewed":{"name":"Boot"},"reviewRating":{"ratingValue":"5"}})") +
           "<div itemscope itemtype=\"http://schema.org/Review\"><b itemprop=author>Ana</b>"
           "<i itemprop=ratingValue>5</i><p itemprop=reviewBody>Warm  and dry.</p></div>");
  CHECK(page.tree_built);
  CHECK(page.reviews.size() == 1);
}

TEST_CASE("a review cut short in one markup is the whole one in the other", "[extract]") {
  const auto page_of = [](const std::string& cut, const std::string& whole) {
    return read(R"(<script type="application/ld+json">{"@type":"Product","name":"Fan","review":
{"@type":"Review","author":"Gus","reviewRating":{"ratingValue":1},"reviewBody":")" +
                cut + R"("}}</script><div itemscope itemtype="https://schema.org/Review">
<span itemprop=author>Gus</span><meta itemprop=reviewRating content=1>
<p itemprop=reviewBody>)" +
                whole + "</p></div>");
  };
  const std::string whole = "It hums at night and the shop never answered any of my four letters.";
  for (const char* mark : {"...", " …"}) {
    const PageReading page =
        page_of("It hums at night and the shop never" + std::string(mark), whole);
    REQUIRE(page.reviews.size() == 1);
    CHECK(page.reviews[0].body == whole);
    CHECK(page.reviews[0].item == "Fan");
  }
  CHECK(page_of(whole, "It hums at night and the shop never …").reviews.size() == 1);
  CHECK(page_of("It hums at night and the shop never", whole).reviews.size() == 2);
  CHECK(page_of("It hums ...", whole).reviews.size() == 2);
}

TEST_CASE("a review of one aspect is titled by it, and rates the whole by the rating of that",
          "[extract]") {
  const PageReading page =
      read(ld(R"([{"@type":"Review","reviewAspect":"Delivery","reviewBody":"Late."},
             {"@type":"Review","reviewAspect":"Price","name":"Too much","reviewBody":"Dear."},
             {"@type":"Review","reviewAspect":"Price","name":"Price of it","reviewBody":"Fair."},
             {"@type":"Review","reviewBody":"Loud.","reviewRating":[
                {"ratingValue":5,"reviewAspect":"Staff"},{"ratingValue":2}]},
             {"@type":"Review","reviewBody":"Small.","reviewRating":[
                {"ratingValue":5,"reviewAspect":"Staff"},{"ratingValue":1,"reviewAspect":"Room"}]},
             {"@type":"Review","reviewBody":"Kind.","reviewRating":
                {"ratingValue":4,"reviewAspect":"Staff"}}])"));
  REQUIRE(page.reviews.size() == 6);
  CHECK(page.reviews[0].title == "Delivery");
  CHECK(page.reviews[1].title == "Price: Too much");
  CHECK(page.reviews[2].title == "Price of it");
  CHECK(page.reviews[3].rating == 2.0);
  CHECK_FALSE(page.reviews[4].rating);
  CHECK(page.reviews[5].rating == 4.0);
}

TEST_CASE("what a review counts for the thing and against it is read", "[extract]") {
  const PageReading page =
      read(ld(R"({"@type":"Review","name":"Verdict","positiveNotes":{"@type":"ItemList",
             "itemListElement":[{"@type":"ListItem","name":"Quiet"},{"@type":"ListItem",
             "item":{"name":"Light"}}]},"negativeNotes":["Dear","Small"]})"));
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].pros == std::vector<std::string>{"Quiet", "Light"});
  CHECK(page.reviews[0].cons == std::vector<std::string>{"Dear", "Small"});
}

TEST_CASE("one broken block of JSON-LD does not spoil the others", "[extract]") {
  const PageReading page = read(
      "<script type='application/ld+json'>{\"@type\":</script>" +
      ld("<!-- {\"@type\":\"AggregateRating\",\"ratingValue\":\"4,5\",\n\"reviewCount\":\"1.204\","
         "\"itemReviewed\":{\"name\":\"Boot\"},} -->"));
  REQUIRE(page.aggregates.size() == 1);
  CHECK(page.aggregates[0].rating == 4.5);
  CHECK(page.aggregates[0].review_count == 1204);
  CHECK(page.aggregates[0].item == "Boot");
}

TEST_CASE("JSON-LD is mended where pages break it", "[extract]") {
  CHECK(mend_json("{\"a\":[1,2,],}") == "{\"a\":[1,2]}");
  CHECK(mend_json("{\"a\":\"x\ny\tz\"}") == R"({"a":"x\ny\tz"})");
  CHECK(mend_json("//<![CDATA[\n{\"a\":1};\n//]]>").find("{\"a\":1}") != std::string::npos);
  CHECK(mend_json("/* note */{\"a\":\"b // not a note\"}") == R"({"a":"b // not a note"})");
  CHECK(mend_json(R"({"a":"it\'s"})") == R"({"a":"it's"})");
  CHECK(mend_json("{\"a\":\"cut").starts_with("{"));
}

TEST_CASE("JSON-LD that templates broke is mended, but half a text is none", "[extract]") {
  const auto bodies = [](const std::string& json) {
    std::vector<std::string> all;
    for (const Review& review : read(ld(json)).reviews) all.push_back(review.body.value_or("none"));
    return all;
  };
  using Bodies = std::vector<std::string>;
  CHECK(bodies(
            R"({"@type":"Review","reviewBody":"A "good", "cheap" one, they said","author":"A"})") ==
        Bodies{R"(A "good", "cheap" one, they said)"});
  CHECK(
      bodies(R"({"@type":"Review","reviewBody":"One."} {"@type":"Review","reviewBody":"Two."})") ==
      Bodies{"One.", "Two."});
  CHECK(bodies("var x = {\"@type\":\"Review\",\"reviewBody\":\"One.\"};") == Bodies{"One."});
  CHECK(bodies("{&quot;@type&quot;:&quot;Review&quot;,&quot;reviewBody&quot;:&quot;One.&quot;}") ==
        Bodies{"One."});
  CHECK(bodies(R"({"@graph":[{"@type":"Review","reviewBody":"One."})") == Bodies{"One."});
  CHECK(bodies(R"({"@graph":[{"@type":"Review","reviewBody":"One was cu)").empty());
}

TEST_CASE("what a review is of may be named by its address alone", "[extract]") {
  const PageReading page = read(ld(R"({"@graph":[
      {"@type":"Product","@id":"https://shop.example/p/1#product","name":"Boot",
       "url":"https://shop.example/p/1#product"},
      {"@type":"Review","itemReviewed":{"@id":"#product"},"reviewBody":"Warm."},
      {"@type":"Review","itemReviewed":"https://shop.example/p/1#product","reviewBody":"Dry."},
      {"@type":"Review","itemReviewed":"https://other.example/#product","reviewBody":"Red."}]})"));
  REQUIRE(page.reviews.size() == 3);
  CHECK(page.reviews[0].item == "Boot");
  CHECK(page.reviews[1].item == "Boot");
  CHECK(page.reviews[2].item == "https://other.example/#product");
  const PageReading micro = read(
      "<div itemscope itemtype='https://schema.org/Product' itemid='#p'><b itemprop=name>Boot</b>"
      "</div><div itemscope itemtype='https://schema.org/Review'><link itemprop=itemReviewed "
      "href='#p'><p itemprop=reviewBody>Warm.</p></div>");
  REQUIRE(micro.reviews.size() == 1);
  CHECK(micro.reviews[0].item == "Boot");
}

TEST_CASE("data-vocabulary.org is read in microdata and in RDFa", "[extract]") {
  const PageReading micro = read(
      "<div itemscope itemtype='http://data-vocabulary.org/Review-aggregate'><i "
      "itemprop=itemreviewed>Sol</i><b itemprop=rating itemscope "
      "itemtype='http://data-vocabulary.org/Rating'><i itemprop=average>9</i><i itemprop=best>10"
      "</i></b><i itemprop=votes>24</i><i itemprop=count>5</i></div>");
  REQUIRE(micro.aggregates.size() == 1);
  CHECK(micro.aggregates[0].item == "Sol");
  CHECK(micro.aggregates[0].rating == 9.0);
  CHECK(micro.aggregates[0].best == 10.0);
  CHECK(micro.aggregates[0].rating_count == 24);
  CHECK(micro.aggregates[0].review_count == 5);
  const PageReading rdfa = read(
      "<div xmlns:v='http://rdf.data-vocabulary.org/#' typeof='v:Review'><i "
      "property='v:itemreviewed'>Luna</i><i property='v:reviewer'>Ion</i><i "
      "property='v:dtreviewed' "
      "content='2010-02-03'>x</i><b rel='v:rating'><a rel=nofollow><i typeof='v:Rating'><i "
      "property='v:value'>4</i>/<i property='v:best'>6</i></i></a></b><i "
      "property='v:description'>Cold rooms.</i></div>");
  REQUIRE(rdfa.reviews.size() == 1);
  CHECK(rdfa.reviews[0].item == "Luna");
  CHECK(rdfa.reviews[0].author == "Ion");
  CHECK(rdfa.reviews[0].rating == 4.0);
  CHECK(rdfa.reviews[0].best == 6.0);
  CHECK(rdfa.reviews[0].date == "2010-02-03");
}

TEST_CASE("microdata reads ratings that are drawn, likes, and what a post quotes", "[extract]") {
  const PageReading page = read(
      "<div itemscope itemtype='https://schema.org/Review'><b itemprop=reviewRating itemscope "
      "itemtype='https://schema.org/Rating'><i itemprop=ratingValue style='width:80%'></i></b><p "
      "itemprop=reviewBody>Warm.</p></div><div itemscope itemtype='https://schema.org/Comment'>"
      "<div itemprop=text><aside class='quote no-group'>Ana: it drops</aside><p>Mine too.</p></div>"
      "<div itemprop=interactionStatistic itemscope><meta itemprop=interactionType "
      "content='https://schema.org/LikeAction'><meta itemprop=userInteractionCount content=7></div>"
      "</div>");
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].rating == 4.0);
  CHECK(page.reviews[0].best == 5.0);
  REQUIRE(page.comments.size() == 1);
  CHECK(page.comments[0].own_words == "Mine too.");
  CHECK(page.comments[0].reach == 7);
}

TEST_CASE("hReview's dates may stand in an element for machines", "[extract]") {
  const PageReading page = read(
      "<div class=hreview><b class=item><i class=fn>Cafe</i></b><i class=dtreviewed><i "
      "class=value-title title='2011-03-04'> </i>last Friday</i><p "
      "class=description>Loud.</p></div>");
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].date == "2011-03-04");
}

TEST_CASE("references that lead in a circle end", "[extract]") {
  const PageReading page = read(ld(R"({"@graph":[
      {"@type":"Review","@id":"#a","author":{"@id":"#b"},"itemReviewed":{"@id":"#a"},"reviewBody":"x"},
      {"@id":"#b","name":{"@id":"#b"}}]})"));
  CHECK(page.reviews.size() == 1);
}

TEST_CASE("fact checks are no reviews", "[extract]") {
  CHECK(read(ld(R"({"@type":"ClaimReview","reviewRating":{"ratingValue":1}})")).reviews.empty());
}

TEST_CASE("a question with its answers comes as comments", "[extract]") {
  const PageReading page = read(ld(R"({"@type":"QAPage","mainEntity":{"@type":"Question",
      "@id":"#q","name":"Does it fit?","text":"Does it fit in a cupboard?","author":"Bo",
      "suggestedAnswer":[{"@type":"Answer","@id":"#a1","text":"Barely.","author":{"name":"Cy"},
      "upvoteCount":3}]}})"));
  REQUIRE(page.comments.size() == 2);
  CHECK(page.comments[0].title == "Does it fit?");
  CHECK(page.comments[1].parent == "#q");
  CHECK(page.comments[1].reach == 3);
}

TEST_CASE("the head tells the canonical address, the feeds and the next page", "[extract]") {
  const PageReading page = read(
      "<html><head><base href='/shop/'><link rel=canonical href='p/1'>"
      "<link rel='alternate' type='application/rss+xml' href='feed'>"
      "<link rel=next href='?page=2'><title> Boots\n &amp; shoes</title></head>"
      "<body><a href='a#x'>A</a><a href='a'>again</a><a "
      "href='javascript:x()'>no</a></body></html>");
  CHECK(page.canonical_url == "https://shop.example/shop/p/1");
  CHECK(page.feeds == std::vector<std::string>{"https://shop.example/shop/feed"});
  CHECK(page.next == std::vector<std::string>{"https://shop.example/shop/?page=2"});
  CHECK(page.title == "Boots & shoes");
  CHECK(page.links == std::vector<std::string>{"https://shop.example/shop/a"});
}

TEST_CASE("feeds are offered by links and by headers, once each", "[extract]") {
  const auto page = read_page(
      "<link rel=alternate type='application/rss+xml; charset=utf-8' href='/feed'>"
      "<link rel='ALTERNATE nofollow' type='application/feed+json' href='/feed.json'>"
      "<link rel=alternate type='application/json+oembed' href='/oembed'>"
      "<link rel=alternate hreflang=es href='/es'>",
      "https://shop.example/p/1",
      {{"Link",
        "</feed>; rel=\"alternate\"; type=\"application/rss+xml\", "
        "</atom>; rel=alternate; type=\"application/atom+xml\", </es>; rel=alternate"}});
  REQUIRE(page);
  CHECK(page->feeds == std::vector<std::string>{"https://shop.example/feed",
                                                "https://shop.example/feed.json",
                                                "https://shop.example/atom"});
}

TEST_CASE("rel=feed says by itself what it leads to", "[extract]") {
  const auto page = read_page(
      "<link rel=feed href='/a'><link rel='Feed home' type='application/xml' href='/b'>"
      "<link rel='alternate feed' type='application/atom+xml' href='/c'>"
      "<link rel=feed type='text/html' href='/page'><link rel=feedback href='/mail'>"
      "<link rel=feed href='/a'>",
      "https://shop.example/p/1",
      {{"Link",
        "</d>; rel=feed, </e>; rel=feed; type=\"text/html\", </f>; rel=feed; anchor=\"/x\""}});
  REQUIRE(page);
  CHECK(page->feeds == std::vector<std::string>{"https://shop.example/a", "https://shop.example/b",
                                                "https://shop.example/c",
                                                "https://shop.example/d"});
}

TEST_CASE("feeds of comments are told by their titles and addresses", "[extract]") {
  const std::vector<std::string> parts = {"comment", "coment"};
  PageWants wants;
  wants.comment_feeds = parts;
  const auto page = read_page(
      "<link rel=alternate type='application/rss+xml' title='Shop &raquo; Feed' href='/feed/'>"
      "<link rel=alternate type='application/rss+xml' title='Todo' href='/Comments/feed/'>"
      "<link rel=alternate type='application/rss+xml' "
      "title='Tienda &raquo; Botas Feed de los COMENTARIOS' href='/botas/feed/'>",
      "https://shop.example/botas/", {}, wants);
  REQUIRE(page);
  CHECK(page->feeds == std::vector<std::string>{"https://shop.example/feed/"});
  CHECK(page->comment_feeds == std::vector<std::string>{"https://shop.example/Comments/feed/",
                                                        "https://shop.example/botas/feed/"});
}

TEST_CASE("a page nested beyond reason is refused, unless its bytes alone tell the reviews",
          "[extract]") {
  std::string deep = "<div itemscope itemtype=\"http://schema.org/Review\">";
  for (int i = 0; i < 20'000; ++i) deep += "<div>";
  const auto refused = read_page(deep, "https://shop.example/", {});
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  const PageReading read_anyway =
      read(ld(R"({"@type":"Review","author":"Ana","reviewBody":"Warm."})") + deep);
  CHECK(read_anyway.reviews.size() == 1);
}

TEST_CASE("an empty page and a page of noise have nothing to say", "[extract]") {
  CHECK(read("").reviews.empty());
  CHECK(read(std::string("\0\xFF\xFE<a<b<c=\"", 12)).reviews.empty());
}

TEST_CASE("who wrote may be stated for scripts alone", "[extract]") {
  const PageReading page = read(
      "<ul><li itemprop=comment itemscope itemtype='https://schema.org/Comment' "
      "data-username=Peg data-uid=7><div itemprop=text>It slips.</div></li>"
      "<li itemprop=comment itemscope itemtype='https://schema.org/Comment' data-author=12>"
      "<b itemprop=author>Ion</b><div itemprop=text>Not mine.</div></li></ul>");
  REQUIRE(page.comments.size() == 2);
  CHECK(page.comments[0].author == "Peg");
  CHECK(page.comments[1].author == "Ion");
}

TEST_CASE("a review in microformats leads to its own address", "[extract]") {
  const PageReading old = read(
      "<div class=hreview><b class=item><a class=fn href=/cafe>Cafe</a></b><p class=description>"
      "Slow.</p><a rel='self bookmark' href=/rev/7>permalink</a></div>");
  REQUIRE(old.reviews.size() == 1);
  CHECK(old.reviews[0].url == "https://shop.example/rev/7");
  const PageReading page = read(
      "<div class=h-review><a class='p-author h-card u-url' href=/kim>Kim</a><div "
      "class=e-content>Slow.</div><a class=u-url href=/rev/8>#</a></div>");
  REQUIRE(page.reviews.size() == 1);
  CHECK(page.reviews[0].url == "https://shop.example/rev/8");
}

TEST_CASE("an entry that answers another page, and what is cited below one, are comments",
          "[extract]") {
  const PageReading page = read(
      "<article class=h-entry><div class='u-in-reply-to h-cite'><a class='p-author h-card' "
      "href=/eve>Eve</a><a class=u-url href='https://b.example/p/1'>x</a><p class=p-name>The "
      "kettle</p></div><a class='p-author h-card' href=/jo>Jo</a><time class=dt-published "
      "datetime=2026-03-05>5 March</time><div class=e-content>It leaks, too.</div>"
      "<a class=u-url href=/n/5>#</a><ul><li class='u-comment h-cite' id=w11><a class=u-author>"
      "Una</a><p class=p-content>Same here.</p><div class='u-comment h-cite'><span "
      "class=p-author>"
      "Ion</span><p class=p-content>Not mine.</p></div></li><li class='u-like h-cite'><span "
      "class=p-author>Lou</span></li></ul></article>");
  REQUIRE(page.comments.size() == 3);
  const PageComment& reply = page.comments[0];
  CHECK(reply.author == "Jo");
  CHECK(reply.text == "It leaks, too.");
  CHECK(reply.date == "2026-03-05");
  CHECK(reply.url == "https://shop.example/n/5");
  CHECK(reply.parent == "https://b.example/p/1");
  CHECK(page.comments[1].author == "Una");
  CHECK(page.comments[1].text == "Same here.");
  CHECK(page.comments[1].id == "#w11");
  CHECK(page.comments[2].text == "Not mine.");
  CHECK(page.comments[2].parent == "#w11");
  const PageReading own = read(
      "<article class=h-entry><h1 class=p-name>A month with it</h1><div class=e-content>It "
      "works. <blockquote class=h-cite><p class=p-content>It "
      "leaks.</p></blockquote></div></article>");
  CHECK(own.comments.empty());
}

TEST_CASE("a stated comment's own words are those beside its quotations", "[extract]") {
  const PageReading page = read(ld(R"({"@type":"DiscussionForumPosting","text":"It leaks.",
      "author":{"name":"A"},"comment":[{"@type":"Comment","author":{"name":"B"},
      "text":"<blockquote>It leaks.</blockquote><p>I disagree fully.</p>"}]})"));
  REQUIRE(page.comments.size() == 2);
  CHECK(page.comments[1].own_words == "I disagree fully.");
}

TEST_CASE("what a page asks and answers itself is nobody's post", "[extract]") {
  const PageReading page = read(ld(R"({"@type":"FAQPage","mainEntity":[{"@type":"Question",
      "name":"Do you ship?","text":"Do you ship?","acceptedAnswer":{"@type":"Answer",
      "text":"Yes."}}]})"));
  CHECK(page.comments.empty());
}

}  // namespace testigo::extract
