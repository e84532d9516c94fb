#include "extract/comment_list.h"

#include <catch2/catch.hpp>

#include "formats/html.h"

namespace testigo::extract {
namespace {

std::vector<PageComment> comments_of(const std::string& body) {
  const auto tree = formats::parse_html("<html><body>" + body + "</body></html>");
  REQUIRE(tree);
  return find_comments(*tree, measure(*tree)).comments;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a blog's comments are read with author, date, permalink and nesting", "[extract]") {
  const auto found = comments_of(R"(
    <article><h1>Boots</h1><p>We tried twelve pairs of boots, and liked two.</p></article>
    <div id=comments><h2 class=comments-title>2 comments</h2><ol class=comment-list>
      <li id=comment-11 class="comment even depth-1"><article class=comment-body>
        <footer class=comment-meta><cite class=fn>Ana Pop</cite>
          <a href="/boots#comment-11"><time datetime="2024-03-01T10:00:00Z">1 March</time></a></footer>
        <div class=comment-content><p>Mine leaked after <b>two</b> weeks.</p></div>
        <a class=comment-reply-link href="?replytocom=11#respond">Reply</a></article>
        <ol class=children><li id=comment-12 class="comment odd depth-2"><article class=comment-body>
          <cite class=fn>Shop</cite><div class=comment-content><p>Send them back, please.</p></div>
          </article></li></ol></li></ol>
      <div id=respond class=comment-respond><form><p class=comment-notes>Your email address will
        not be published.</p><textarea></textarea></form></div></div>)");
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == "comment-11");
  CHECK(found[0].author == "Ana Pop");
  CHECK(found[0].date == "2024-03-01T10:00:00Z");
  CHECK(found[0].url == "/boots#comment-11");
  CHECK(found[0].text == "Mine leaked after two weeks.");
  CHECK(found[0].parent == std::nullopt);
  CHECK(found[1].id == "comment-12");
  CHECK(found[1].parent == "comment-11");
  CHECK(found[1].text == "Send them back, please.");
}

TEST_CASE("comments are found by their names in other languages and spellings", "[extract]") {
  const std::string item =
      "<div class=%-item><span class=%-author>Eva</span>"
      "<div class=%-text>Das ist gut.</div></div>";
  for (const std::string name : {"kommentar", "comentario", "userComment", "leserbrief"}) {
    std::string html = item;
    for (std::size_t at = html.find('%'); at != std::string::npos; at = html.find('%'))
      html.replace(at, 1, name);
    const auto found = comments_of("<div>" + repeated(html, 2) + "</div>");
    INFO(name);
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "Das ist gut.");
    CHECK(found[0].author == "Eva");
  }
}

TEST_CASE("the name and date of a comment may stand beside its words", "[extract]") {
  const auto found =
      comments_of(repeated("<div class=row><b class=user>Ion</b> <i class=date>3 mai 2023</i>"
                           "<p class=comment>Merge bine de un an.</p></div>",
                           3));
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Ion");
  CHECK(found[0].date == "3 mai 2023");
  CHECK(found[0].text == "Merge bine de un an.");
}

TEST_CASE("the posts of a thread are found by what they share, whatever they are named",
          "[extract]") {
  const std::string post =
      "<div class=%><a class=username href=/u/1>Luz</a><time datetime=2024-01-02>2 Jan</time>"
      "<div class=content>The second one stopped charging after a month, so I returned "
      "it.</div></div>";
  std::string plain = post;
  plain.replace(plain.find('%'), 1, "kx9");
  CHECK(comments_of(repeated(plain, 3)).size() == 3);
  CHECK(comments_of(repeated(plain, 2)).empty());
  std::string named = post;
  named.replace(named.find('%'), 1, "post");
  const auto found = comments_of(repeated(named, 2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Luz");
  CHECK(found[0].date == "2024-01-02");
}

TEST_CASE("teasers of other pages are no comments", "[extract]") {
  CHECK(comments_of(repeated("<div class=post><h2><a href=/p/1>Ten boots for winter and rain"
                             "</a></h2><span class=author>Eva</span><time>2 May</time><p>We tried "
                             "twelve pairs of boots, and liked two of them best.</p></div>",
                             4))
            .empty());
}

TEST_CASE("a list of reviews gives rating, title, name, date and words of each", "[extract]") {
  const std::string widget =
      "<div class=jd-rev data-review-id=u-1><div class=jd-rev__header><span class=jd-rev__rating "
      "aria-label='2 star review'><i class='jd-star jd--on'></i></span><span "
      "class=jd-rev__timestamp data-content='2023-03-01 15:59:02 UTC'></span><b "
      "class=jd-rev__author>Ana</b></div><b class=jd-rev__title>Weak</b><div class=jd-rev__body>"
      "<p>It broke.</p></div><p>3 people found this helpful</p></div>";
  const auto found = comments_of(repeated(widget, 3));
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == "u-1");
  CHECK(found[0].author == "Ana");
  CHECK(found[0].title == "Weak");
  CHECK(found[0].date == "2023-03-01 15:59:02 UTC");
  CHECK(found[0].rating == WrittenRating{2.0, std::nullopt});
  CHECK(found[0].text == "It broke.");
}

TEST_CASE("reviews that nothing names are known by date and stars", "[extract]") {
  const std::string card =
      "<div class='rounded p-4'><span class=bold>Ana K.</span> <span class=grey>1 mar. 2023</span>"
      "<div role=img aria-label='4 out of 5 stars'></div><h3>Fine</h3><p>It boils fast.</p></div>";
  const auto found = comments_of("<section id=reviews><h2>Reviews</h2><div>" + repeated(card, 3) +
                                 "</div></section>");
  REQUIRE(found.size() == 3);
  CHECK(found[2].author == "Ana K.");
  CHECK(found[2].date == "1 mar. 2023");
  CHECK(found[2].rating == WrittenRating{4.0, 5.0});
  CHECK(found[2].title == "Fine");
  CHECK(found[2].text == "It boils fast.");
}

TEST_CASE("a heading that links to its own post or its writer is no teaser's", "[extract]") {
  const std::string post =
      "<article class=message id=p7><h4><a href=/members/ana.1/>Ana</a></h4><dl><dt>Joined</dt><dd>"
      "Jan 3, 2015</dd></dl><span>Mar 5, 2023</span><h3><a href=#p7>Re: Kettle</a></h3><div "
      "class=content><blockquote class=bbCodeBlock--quote>It leaks.</blockquote>Mine too.</div>"
      "<aside class=signature>My car</aside></article>";
  const auto found = comments_of(repeated(post, 2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].date == "Mar 5, 2023");
  CHECK(found[0].own_words == "Mine too.");
}

TEST_CASE("bare lists are contributions where the heading before says so", "[extract]") {
  const std::string item = "<li><b>Ana</b> <small>5 mai 2023</small><p>Fierbe repede.</p></li>";
  CHECK(comments_of("<h2>News</h2><ul>" + repeated(item, 3) + "</ul>").empty());
  const auto found = comments_of("<h2>3 recenzii</h2><ul>" + repeated(item, 3) + "</ul>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].date == "5 mai 2023");
  CHECK(found[0].text == "Fierbe repede.");
}

TEST_CASE("a name and a date may head a contribution", "[extract]") {
  const auto found = comments_of(
      "<h3>2 Comments</h3>" +
      repeated("<div class=media><h5>Ana <small>5 May 2023</small></h5>It boils fast.</div>", 2));
  REQUIRE(found.size() == 2);
  CHECK(found[1].author == "Ana");
  CHECK(found[1].date == "5 May 2023");
  CHECK(found[1].text == "It boils fast.");
}

TEST_CASE("a single answer in a thread is a post of its own", "[extract]") {
  const auto post = [](const std::string& id, const std::string& inner) {
    return "<li class=post id=post-" + id +
           "><span class=author>Ana</span><a class=time-ago href=#" + id +
           ">2 years ago</a><div class=message>The lid of mine broke within a month of use" + id +
           "</div>" + inner + "</li>";
  };
  const auto found =
      comments_of("<ul>" + post("1", "<ul>" + post("2", "") + "</ul>") + post("3", "") + "</ul>");
  REQUIRE(found.size() == 3);
  CHECK(found[1].id == "post-2");
  CHECK(found[1].parent == "post-1");
}

TEST_CASE("products with stars and rows of threads are no contributions", "[extract]") {
  CHECK(comments_of(repeated("<div class=card><b class=product-name>Kettle</b><span class=stars "
                             "title='4 of 5'></span><p>Boils a litre within two minutes.</p></div>",
                             4))
            .empty());
  CHECK(comments_of(repeated("<tr><td><a href=/t/1>Kettle</a> a board for all that boils water, "
                             "ask here</td><td>Last post by <a href=/user/3>Ana</a> 5 May 2023"
                             "</td></tr>",
                             4))
            .empty());
}

TEST_CASE("an article that is filed under comments is no comment", "[extract]") {
  CHECK(comments_of("<div class='post category-kommentar tag-review'><h1>Boots</h1><p>We tried "
                    "twelve pairs, and liked two.</p></div>")
            .empty());
}

TEST_CASE("a closed comment section and its notices yield nothing", "[extract]") {
  CHECK(comments_of("<div id=comments class=comments-area><p class=no-comments>Comments are "
                    "closed.</p><p class=comment-notice>Please be kind.</p></div>")
            .empty());
}

TEST_CASE("deeply nested and very many comments are bounded", "[extract]") {
  CHECK(comments_of(repeated("<div class=comment>x", 900)).size() <= 900);
  CHECK(comments_of(repeated("<div class=comment><p>Good</p></div>", 11'000)).empty());
}

TEST_CASE("what a comment quotes is parted from its author's own words", "[extract]") {
  const auto found = comments_of(R"(<ol class="comment-list">
    <li class="comment" id="comment-1"><cite class=fn>Ana</cite><div class="comment-content">
      <p>It leaks.</p></div></li>
    <li class="comment" id="comment-2"><cite class=fn>Ion</cite><div class="comment-content">
      <blockquote><p>It leaks.</p></blockquote><p>Mine does not.</p></div></li>
    <li class="comment" id="comment-3"><cite class=fn>Eva</cite><div class="comment-content">
      <blockquote><p>Mine does not.</p></blockquote></div></li></ol>)");
  REQUIRE(found.size() == 3);
  CHECK(found[0].text == "It leaks.");
  CHECK(!found[0].own_words);
  CHECK(found[1].text == "It leaks.\n\nMine does not.");
  CHECK(found[1].own_words == "Mine does not.");
  CHECK(found[2].text == "Mine does not.");
  CHECK(!found[2].own_words);  // who only quotes has said that
}

}  // namespace testigo::extract
