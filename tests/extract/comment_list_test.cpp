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
