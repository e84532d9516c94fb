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
  CHECK(found[0].id == "#comment-11");
  CHECK(found[0].author == "Ana Pop");
  CHECK(found[0].date == "2024-03-01T10:00:00Z");
  CHECK(found[0].url == "/boots#comment-11");
  CHECK(found[0].text == "Mine leaked after two weeks.");
  CHECK(found[0].parent == std::nullopt);
  CHECK(found[1].id == "#comment-12");
  CHECK(found[1].parent == "#comment-11");
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
  CHECK(found[1].id == "#post-2");
  CHECK(found[1].parent == "#post-1");
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
  CHECK(comments_of(repeated("<div class=comment><p>Good</p></div>", 11'000)).size() == 11'000);
  CHECK(comments_of(repeated("<div class=comment><p>Good</p></div>", 21'000)).size() == 20'000);
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

TEST_CASE("names and words that stand side by side belong together", "[extract]") {
  const auto blog = comments_of(R"(
    <div id=comments class=comments><h4>2 comments:</h4><dl id=comments-block>
      <dt class=comment-author id=c11><a href=/profile/1 rel=nofollow>Ana</a> said...</dt>
      <dd class=comment-body id=Blog1_cmt-11><p>Mine leaked.</p></dd>
      <dd class=comment-footer><span class=comment-timestamp><a href=/boots#c11>March 5, 2010 at
        10:00 AM</a></span></dd>
      <dt class=comment-author id=c12>Anonymous said...</dt>
      <dd class=comment-body id=Blog1_cmt-12><p>Mine did not.</p></dd>
      <dd class=comment-footer><span class=comment-timestamp><a href=/boots#c12>March 6, 2010 at
        10:00 AM</a></span></dd></dl></div>)");
  REQUIRE(blog.size() == 2);
  CHECK(blog[0].author == "Ana");
  CHECK(blog[0].date == "March 5, 2010 at 10:00 AM");
  CHECK(blog[0].text == "Mine leaked.");
  CHECK(blog[0].url == "/boots#c11");
  CHECK(blog[1].author == "Anonymous");
  CHECK(blog[1].text == "Mine did not.");
  const auto bare = comments_of(
      "<h3>Opiniones</h3><dl><dt><b>Ana</b> <i>5 mayo 2023</i></dt><dd>Hierve muy "
      "rápido.</dd><dt><b>Ion</b> <i>6 mayo 2023</i></dt><dd>Se rompió la tapa.</dd>"
      "</dl>");
  REQUIRE(bare.size() == 2);
  CHECK(bare[1].text == "Se rompió la tapa.");
}

TEST_CASE("rows of a table that head and tell by turns are contributions", "[extract]") {
  const auto found = comments_of(
      "<form action=/delete><table>" +
      repeated("<tr><td class=title>#1 von <a href=/profile/1>Ana</a> <i>29.12.2010 - 22:40</i>"
               "</td></tr><tr><td><img src=a.gif></td></tr><tr><td>Ich werde wohl auch auf die "
               "grosse Feier kommen, wenn es nicht regnet.</td></tr>",
               3) +
      "</table></form>");
  REQUIRE(found.size() == 3);
  CHECK(found[2].author == "Ana");
  CHECK(found[2].text.starts_with("Ich werde wohl auch"));
}

TEST_CASE("a table named for comments announces them", "[extract]") {
  const auto found = comments_of(
      "<table class=coment><tr><td class=cap><b>mihai</b> <i>(03.11.2026 10:20)</i></td></tr>"
      "<tr><td class=txt>Slab, foarte slab produsul.</td></tr><tr><td class=cap><b>oana</b> "
      "<i>(04.11.2026 11:20)</i></td></tr><tr><td class=txt>Eu îl recomand tuturor.</td></tr>"
      "</table>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "mihai");
  CHECK(found[0].date == "(03.11.2026 10:20)");
  CHECK(found[0].text == "Slab, foarte slab produsul.");
  CHECK(found[1].author == "oana");
}

TEST_CASE("a thread for readers without scripts is read where the page has nothing else",
          "[extract]") {
  const std::string thread =
      "<noscript><div class=container><h1>Clutch</h1><div><article><div class=PostUser><h3>jim</h3>"
      "</div><div class=Post-body><p>Bought the saw in March and the clutch already "
      "slips.</p></div>"
      "</article><hr><article><div class=PostUser><h3>Peg</h3></div><div class=Post-body><p>Same "
      "here. Called support and they swapped it within ten days.</p></div></article><hr><article>"
      "<div class=PostUser><h3>jim</h3></div><div class=Post-body><p>They told me that it is not "
      "covered by the warranty. Shameful.</p></div></article></div></div></noscript>";
  const auto found = comments_of("<p>Loading…</p>" + thread);
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "jim");
  CHECK(found[1].author == "Peg");
  CHECK(found[1].text == "Same here. Called support and they swapped it within ten days.");
  std::string words;
  for (int i = 0; i < 60; ++i) words += "words of the page, ";
  CHECK(comments_of("<p>" + words + "</p>" + thread).empty());
  CHECK(comments_of("<noscript><div class=post><h3>jim</h3><div class=Post-body>Please enable "
                    "scripts.</div></div></noscript>")
            .empty());
}

TEST_CASE("headlines with bylines and teasers side by side are no contributions", "[extract]") {
  CHECK(comments_of("<div>" +
                    repeated("<h2><a href=/p/1>Ten boots</a></h2><div class=byline><span "
                             "class=author>Eva</span> <time>2 May</time></div><p>We tried twelve "
                             "pairs of boots, and liked two of them best.</p>",
                             4) +
                    "</div>")
            .empty());
}

TEST_CASE("a thread that only indents its answers is nested", "[extract]") {
  const auto row = [](int id, const std::string& indent) {
    return "<tr class=athing id=" + std::to_string(id) + "><td><table><tr>" + indent +
           "<td class=default><a href='user?id=ana'>ana</a> <span class=age "
           "title=2024-05-01T10:00:00><a href='item?id=1'>2 hours ago</a></span><div "
           "class=comment><div class=commtext>The lid of mine broke within a month, and nobody "
           "ever answered.</div><div class=reply><a href='reply?id=1'>reply</a></div></div></td>"
           "</tr></table></td></tr>";
  };
  const auto spacer = [](int width) {
    return "<td class=ind><img src=s.gif height=1 width=" + std::to_string(width) + "></td>";
  };
  const auto found =
      comments_of("<table>" + row(101, spacer(0)) + row(102, spacer(40)) + row(103, spacer(80)) +
                  row(104, spacer(40)) + row(105, spacer(0)) + "</table>");
  REQUIRE(found.size() == 5);
  CHECK(found[0].author == "ana");
  CHECK(found[0].parent == std::nullopt);
  CHECK(found[1].parent == "#101");
  CHECK(found[2].parent == "#102");
  CHECK(found[3].parent == "#101");
  CHECK(found[4].parent == std::nullopt);
  const auto noted =
      comments_of("<table>" + row(101, "<td indent=0></td>") + row(102, "<td indent=1></td>") +
                  row(103, "<td indent=1></td>") + "</table>");
  REQUIRE(noted.size() == 3);
  CHECK(noted[2].parent == "#101");
}

TEST_CASE("margins, depths and indented lists nest a thread too", "[extract]") {
  const auto comment = [](const std::string& id, const std::string& rest) {
    return "<div id=comment-" + id + " " + rest +
           "><span class=author>Ana</span><p class=comment-text>It leaks.</p></div>";
  };
  for (const auto& [outer, inner] : std::vector<std::pair<std::string, std::string>>{
           {"class=comment", "class=comment style='margin-left: 25px'"},
           {"class='comment depth-1'", "class='comment depth-2'"},
           {"class=comment data-depth=0", "class=comment data-depth=1"}}) {
    const auto found = comments_of(comment("1", outer) + comment("2", inner) + comment("3", outer));
    INFO(inner);
    REQUIRE(found.size() == 3);
    CHECK(found[1].parent == "#comment-1");
    CHECK(found[2].parent == std::nullopt);
  }
  const auto lists =
      comments_of(comment("1", "class=comment") + "<div class=indented>" +
                  comment("2", "class=comment") + "</div>" + comment("3", "class=comment"));
  REQUIRE(lists.size() == 3);
  CHECK(lists[1].parent == "#comment-1");
  CHECK(lists[2].parent == std::nullopt);
}

TEST_CASE("what heads a comment's words is its title", "[extract]") {
  const auto found = comments_of(repeated(
      "<div class=kommentar-item><div class=benutzer>Ana</div><div class=datum>5.5.2023</div><h5>A "
      "small step.</h5><div class=kommentar-text>The kettle is new.</div></div>",
      2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].title == "A small step.");
  CHECK(found[0].text == "The kettle is new.");
}

TEST_CASE("notices among comments that are signed and dated are none", "[extract]") {
  const auto found = comments_of(
      "<div id=comments>" +
      repeated("<div class=comment><span class=author>Ana</span><time>5 May 2023</time><p>It "
               "leaks.</p></div>",
               2) +
      "<div id=wpkommentarhelp><p id=wpkommentarhelp_description>Too lazy to type? Press a "
      "button.</p></div><p class=nocomments>Comments are closed.</p></div>");
  CHECK(found.size() == 2);
}

TEST_CASE("comments with names in base 36 and words in a form are read and nested", "[extract]") {
  const auto comment = [](const std::string& code, const std::string& words,
                          const std::string& replies) {
    return "<div class='thing id-t1_" + code + " comment' id=thing_t1_" + code +
           "><div class=entry><p class=tagline><a class=author href=/user/u" + code + ">u" + code +
           "</a> <span class='score unvoted'>12 points</span> <time datetime=2023-05-05>x</time>"
           "</p><form action='#'><input type=hidden value=1><div class=md><p>" +
           words + "</p></div></form></div><div class=child>" + replies + "</div></div>";
  };
  const auto found = comments_of(
      "<div class=commentarea><div class=listing>" +
      comment("k3x9abc", "The kettle leaks.",
              "<div class=listing>" + comment("h2bqwe7", "Mine does not.", "") + "</div>") +
      comment("m4z9abd", "The lid fell off.", "") + "</div></div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[0].author == "uk3x9abc");
  CHECK(found[1].text == "Mine does not.");
  CHECK(found[1].parent == found[0].id);
  CHECK(found[2].text == "The lid fell off.");
  CHECK(!found[2].parent);
}

TEST_CASE("a quotation goes with the line that says whose it is, however it is marked",
          "[extract]") {
  for (const std::string quote :
       {"<div style='margin:20px'><div>Quote:</div><table><tr><td>Originally Posted by <b>Ana</b>"
        "<p>The spout drips.</p></td></tr></table></div>",
        "<table><tr><td><b>Ana wrote:</b></td></tr><tr><td class=quote>The spout drips.</td></tr>"
        "</table>",
        "Quote from: Ana on March 10, 2023<br><div class=quote>The spout drips.</div>",
        "<div class=quote>The spout drips.</div>",
        "<p>Ana escribió:</p><blockquote>The spout drips.</blockquote>",
        "<p>On Mon, Mar 6, 2023, Ana wrote:</p><blockquote>The spout drips.</blockquote>",
        "<b>Ana a scris:</b><blockquote>The spout drips.</blockquote>",
        "<div><span>Cita:</span><div>The spout drips.</div></div>"}) {
    INFO(quote);
    const auto post = [](const std::string& name, const std::string& words) {
      return "<div class=post><a class=author href=/u/" + name + ">" + name +
             "</a><time datetime=2023-05-05>x</time><div class=message>" + words + "</div></div>";
    };
    const auto found =
        comments_of(post("Ion", quote + "<p>Mine is fine since last year.</p>") +
                    post("Eva", "It is the lid that drips.") +
                    post("Bo", "By the way:<blockquote>Buy it.</blockquote>So do I."));
    REQUIRE(found.size() == 3);
    CHECK(found[0].own_words == "Mine is fine since last year.");
    CHECK(!found[1].own_words);
    CHECK(found[2].own_words == "By the way:\n\nSo do I.");
  }
}

TEST_CASE("Spanish and Romanian names tell what English ones do", "[extract]") {
  struct Names {
    std::string list, item, author, rating, date, body;
  };
  for (const auto& names :
       {Names{"opiniones", "opinion", "usuario", "estrellas", "fecha", "texto"},
        Names{"valoraciones", "resena", "nombre", "puntuacion", "fecha", "contenido"},
        Names{"pareri", "parere", "nume", "nota", "data", "continut"},
        Names{"recenzii", "recenzie", "utilizator", "stele", "data", "mesaj"},
        Names{"reviews", "rev", "author", "score", "date", "text"}}) {
    INFO(names.item);
    const auto one = [&](const std::string& who, const std::string& stars) {
      return "<div class=" + names.item + "><div class=top><span class=" + names.author + ">" +
             who + "</span><span class=" + names.rating + ">" + stars +
             "</span><span class=" + names.date + ">10.03.2023</span></div><p class=" + names.body +
             ">Words of " + who + ".</p></div>";
    };
    const auto found = comments_of("<div class=" + names.list + ">" + one("Ana", "★★☆☆☆") +
                                   one("Ion", "3,5 / 5") + one("Eva", "4/5") + "</div>");
    REQUIRE(found.size() == 3);
    CHECK(found[0].author == "Ana");
    CHECK(found[0].date == "10.03.2023");
    CHECK(found[0].text == "Words of Ana.");
    CHECK(found[0].rating == WrittenRating{2.0, 5.0});
    CHECK(found[1].rating == WrittenRating{3.5, 5.0});
  }
}

TEST_CASE("who wrote and when may stand in one line before the words", "[extract]") {
  for (const auto& [line, date] : std::vector<std::pair<std::string, std::string>>{
           {"wrote on 10 March 2023:", "10 March 2023"},
           {"escribió el 10 de marzo de 2023 a las 10:20:", "10 de marzo de 2023 a las 10:20"},
           {"a scris pe 10.03.2023", "10.03.2023"}}) {
    INFO(line);
    const auto found =
        comments_of("<div class=comments><div class=comment id=c1><b>Ana</b> " + line +
                    "<p>It leaks.</p></div><div class=comment id=c2>"
                    "<b>Ion</b> " +
                    line + "<p>Mine too.</p></div></div>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].author == "Ana");
    CHECK(found[0].date == date);
    CHECK(found[0].text == "It leaks.");
  }
}

TEST_CASE("a contribution's own address is where its date leads, or what is named so",
          "[extract]") {
  for (const std::string link :
       {"<span class=age title='2023-05-05T10:00:00 1683280800'><a href='item?id=N'>3 years ago</a>"
        "</span>",
        "<a href='item?id=N'><time datetime=2023-05-05T10:00:00>May 5</time></a>",
        "<time datetime=2023-05-05T10:00:00>May 5</time><a class=u-url "
        "href='item?id=N'>link</a>"}) {
    INFO(link);
    const auto post = [&](const std::string& name, const std::string& number) {
      std::string own = link;
      own.replace(own.find("=N") + 1, 1, number);
      return "<div class=comment><a class=author href=/user/x>" + name + "</a> " + own +
             " <span class=navs>| prev | next [-]</span><p>The kettle leaks.</p></div>";
    };
    const auto found = comments_of(post("Ana", "81") + post("Ion", "82") + post("Eva", "82"));
    REQUIRE(found.size() == 3);
    CHECK(found[0].url == "item?id=81");
    CHECK(!found[1].url);
    CHECK(found[0].date == "2023-05-05T10:00:00");
    CHECK(found[0].text.find("prev") == std::string::npos);
  }
}

TEST_CASE("a date may stand in a title below its name, and a name behind \"by\"", "[extract]") {
  const auto answer = [](const std::string& by) {
    return "<div class=answer><p>The kettle leaks.</p><div class=user-info><div class=action-time>"
           "answered <span title='2023-05-05 11:00:00Z' class=relativetime>May 5 at 11:00</span>"
           "</div><div class=comment-author>" +
           by + "</div></div></div>";
  };
  const auto found =
      comments_of(answer("Por Ana") + answer("Posted by Ion") + answer("Scris de Eva"));
  REQUIRE(found.size() == 3);
  CHECK(found[0].date == "2023-05-05 11:00:00Z");
  CHECK(found[0].author == "Ana");
  CHECK(found[1].author == "Ion");
  CHECK(found[2].author == "Eva");
}

TEST_CASE("a picture made of a name's first letter is not the name", "[extract]") {
  const std::string post =
      "<article class='message js-post' % id=js-post-6><div class=message-user><a href=/members/0/ "
      "class=avatar><span>K</span></a><h4 class=message-name><a href=/members/k.0/ class=username>"
      "kettlefan</a></h4><h5 class=userTitle>Well-known member</h5></div><time "
      "datetime=2026-10-01>1 Oct</time><div class=message-body>It leaks from the "
      "seam.</div></article>";
  std::string plain = post;
  plain.replace(plain.find('%'), 1, "");
  auto found = comments_of(repeated(plain, 2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "kettlefan");
  CHECK(found[0].title == std::nullopt);
  CHECK(found[0].text == "It leaks from the seam.");
  std::string stated = post;
  stated.replace(stated.find('%'), 1, "data-author='Kettle Fan'");
  found = comments_of(repeated(stated, 2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Kettle Fan");
  stated.replace(stated.find("Kettle Fan"), 10, "4711");
  CHECK(comments_of(repeated(stated, 2)).at(0).author == "kettlefan");
}

TEST_CASE("a name's first letters before it are neither the name nor words", "[extract]") {
  const auto card = [](const std::string& head, const std::string& words) {
    return "<div class=card-review>" + head +
           "<i class=card-date>5 May 2026</i><div class=stars title='2 of 5'></div><div>" + words +
           "</div></div>";
  };
  const auto page = [&](const std::string& letters, const std::string& name) {
    return comments_of("<h2>Reviews</h2><div>" +
                       card(letters + "JD" + name + "Jane Doe</span>", "It leaks a lot.") +
                       card(letters + "I" + name + "Ion</span>", "The lid broke.") + "</div>");
  };
  for (const std::string name : {"</span><span class=user-name>", "</span><span>"}) {
    for (const std::string letters : {"<span class=icon-profile>", "<span class=circle>"}) {
      INFO(letters << name);
      const auto found = page(letters, name);
      REQUIRE(found.size() == 2);
      CHECK(found[0].author == "Jane Doe");
      CHECK(found[0].text == "It leaks a lot.");
      CHECK(found[1].author == "Ion");
      CHECK(found[1].text == "The lid broke.");
    }
  }
}

TEST_CASE("a heading behind a person's picture and before the date is the name", "[extract]") {
  const auto message = [](const std::string& heading, const std::string& number) {
    return "<div class=portal_message id=message-7" + number +
           "><img class=portal_avatar src=a><div><div class=portal_message_title>" + heading +
           "<p class=published_date>Published on Mar " + number +
           ", 2026, 3:10:11 PM</p><div class=stars title='4 of 5'></div></div><div>It squeaks, "
           "but it is soft.</div></div></div>";
  };
  auto found = comments_of("<div>" + message("<h5>Rita</h5>", "5") + message("<h5>Sam</h5>", "6") +
                           "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Rita");
  CHECK(found[0].title == std::nullopt);
  CHECK(found[0].text == "It squeaks, but it is soft.");
  CHECK(found[1].author == "Sam");
  const std::string titled = "<h5>Soft</h5><span class=user>Rita</span>";
  found = comments_of("<div>" + message(titled, "5") + message(titled, "6") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Rita");
  CHECK(found[0].title == "Soft");
}

TEST_CASE("what all names of a page begin with is no part of them", "[extract]") {
  const auto names_on = [](const std::string& language, const std::string& one,
                           const std::string& other) {
    const auto card = [](const std::string& name) {
      return "<div class=product-comment><div class=comment-author>" + name +
             "</div><div class=comment-date>12/03/2026</div><div class=comment-content>It leaks "
             "from the lid.</div></div>";
    };
    const auto tree =
        formats::parse_html("<html><body><div>" + card(one) + card(other) + "</div></body></html>");
    REQUIRE(tree);
    std::vector<std::string> names;
    for (const auto& comment : find_comments(*tree, measure(*tree), language).comments)
      names.push_back(comment.author.value_or(""));
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(names_on("fr", "Par Jeanne D.", "Par Marc") == Names{"Jeanne D.", "Marc"});
  CHECK(names_on("fr-FR", "Par Marc", "Par Marc") == Names{"Marc", "Marc"});
  CHECK(names_on("de", "Von Hans", "Von Uwe") == Names{"Hans", "Uwe"});
  CHECK(names_on("es", "De Ana", "De Luis") == Names{"Ana", "Luis"});
  CHECK(names_on("", "Par Jeanne", "Par Marc") == Names{"Jeanne", "Marc"});
  CHECK(names_on("ro", "De către Ana", "de către Ion") == Names{"Ana", "Ion"});
  CHECK(names_on("nl", "De Vries", "De Bruyne") == Names{"De Vries", "De Bruyne"});
  CHECK(names_on("es", "De la Cruz", "De la Fuente") == Names{"De la Cruz", "De la Fuente"});
  CHECK(names_on("fr", "Par Jeanne", "Parker") == Names{"Par Jeanne", "Parker"});
}

TEST_CASE("since when a writer is a member is no date of a post", "[extract]") {
  for (const std::string since :
       {"Fecha de inscripci\u00F3n: 12/05/2014", "Joined: 12/05/2014", "Registered 12/05/2014",
        "Member since: 12 May 2014", "\u00CEnregistrat: 12.05.2014", "Membru din: 12 mai 2014",
        "Data \u00EEnregistr\u0103rii: 12.05.2014"}) {
    const std::string post =
        "<div class=post><div class=postprofile><strong><a "
        "href=/u/1>Nacho</a></strong><br>Mensajes: "
        "30<br>" +
        since +
        "</div><div class=postbody><p class=author>por <a href=/u/1>Nacho</a> 1 Oct 2026 - "
        "10:15</p><div class=content>Gotea desde el primer d\u00EDa.</div></div></div>";
    const auto found = comments_of(repeated(post, 2));
    INFO(since);
    REQUIRE(found.size() == 2);
    CHECK(found[0].date == "1 Oct 2026 - 10:15");
    CHECK(found[0].author == "Nacho");
    CHECK(found[0].text == "Gotea desde el primer d\u00EDa.");
  }
}

TEST_CASE("a forum's line below a post parts its writer's signature from it", "[extract]") {
  const auto text_of_post = [](const std::string& words) {
    const auto found = comments_of(repeated(
        "<div class=post><div><a class=name href=/u/1>Ana</a></div><div>Posted: 1 Oct 2026<div "
        "class=postbody>" +
            words + "</div></div></div>",
        2));
    return found.empty() ? std::string() : found[0].text;
  };
  CHECK(text_of_post("It leaks.<br>_________________<br>Tea is life.") == "It leaks.");
  CHECK(text_of_post("Pros: fast.<br>_____<br>Cons: it leaks.") ==
        "Pros: fast.\n_____\nCons: it leaks.");
  CHECK(text_of_post("_________________<br>It leaks.") == "_________________\nIt leaks.");
}

TEST_CASE("a date that is longer than a comment does not take the place of its words",
          "[extract]") {
  const auto found = comments_of(repeated(
      "<li class=comment id=c2><div class=comment-block><cite class=user>Ana</cite><span "
      "class='datetime secondary-text'><a href='/p?showComment=2#c2'>1 de octubre de 2026, "
      "23:45</a></span><p class=comment-content>Va bien.</p></div></li>",
      2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "Va bien.");
  CHECK(found[0].date == "1 de octubre de 2026, 23:45");
}

TEST_CASE("a date without a figure is a date", "[extract]") {
  for (const std::string date : {"ieri", "Azi", "ayer", "Yesterday", "hace una semana",
                                 "acum o s\u0103pt\u0103m\u00E2n\u0103", "a week ago"}) {
    const std::string card =
        "<div class=review-item data-id=50%><p class=bold>Ionut</p><p class=muted>" + date +
        "</p><div class='star-rating' aria-label='1 out of 5'></div><h3><a href=/p/k2/reviews/50%>"
        "Weak</a></h3><div class=review-body>It broke at once.</div></div>";
    const auto found = comments_of(repeated(card, 2));
    INFO(date);
    REQUIRE(found.size() == 2);
    CHECK(found[0].date == date);
    CHECK(found[0].author == "Ionut");
    CHECK(found[0].text == "It broke at once.");
  }
  const auto found = comments_of(
      repeated("<div class=review-item><p class=bold>Ionut</p><p class=muted>a long time ago</p>"
               "<div class='star-rating' aria-label='1 out of 5'></div><div class=review-body>It "
               "broke at once.</div></div>",
               2));
  for (const PageComment& comment : found) CHECK(comment.date == std::nullopt);
}

TEST_CASE("a number that a list gives its items names them", "[extract]") {
  std::string html;
  for (const std::string id : {"501", "502"})
    html += "<div class=review-item data-id=" + id +
            "><p class=bold>Ionut</p><p>3 May 2026</p><div class='star-rating' aria-label='1 out "
            "of 5'></div><div class=review-body>It broke at once.</div></div>";
  const auto found = comments_of(html);
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == "501");
  CHECK(found[1].id == "502");
}

TEST_CASE("an answer is a post of its own whatever shape it has", "[extract]") {
  const auto post = [](const std::string& classes, const std::string& name,
                       const std::string& words, const std::string& below) {
    return "<div class='" + classes + "'><p class=tagline><a class=author href=/user/" + name +
           ">" + name + "</a> <time datetime=2023-05-05T10:00:00Z>5 May</time></p><div " +
           "class=body-of-text><p>" + words + "</p></div><div class=child>" + below +
           "</div></div>";
  };
  const auto found =
      comments_of("<div>" +
                  post("thing open comment", "ana", "My kettle died after a month.",
                       post("thing comment", "ion", "Same here.",
                            post("thing comment", "eva", "Did you get a refund?", ""))) +
                  post("thing open comment", "max", "Mine works.", "") + "</div>");
  REQUIRE(found.size() == 4);
  CHECK(found[0].author == "ana");
  CHECK(found[0].text == "My kettle died after a month.");
  CHECK(found[1].author == "ion");
  CHECK(found[1].text == "Same here.");
  CHECK(found[1].answers == found[0].place);
  CHECK(found[2].text == "Did you get a refund?");
  CHECK(found[2].answers == found[1].place);
  CHECK(found[3].author == "max");
  CHECK(found[3].answers == 0);
}

TEST_CASE("the number of a comment is not its writer, nor its controls its words", "[extract]") {
  const auto item = [](const std::string& number, const std::string& name,
                       const std::string& words) {
    return "<li class=com id=c" + number + "><span class=num>#" + number +
           "</span><p class=sign><strong>" + name + "</strong> <span class=hour>0" + number +
           "/05/2023 - 10:20h</span></p><div class=cont>" + words +
           "</div><ul class=acc><li><a href=#>Responder</a></li><li><a href=#>Denunciar</a></li>"
           "<li><span>" +
           number + "</span></li></ul></li>";
  };
  const auto found = comments_of("<section id=comentarios><h2>Comentarios</h2><ul>" +
                                 item("1", "Ciudadano K", "Menuda tetera tan cara.") +
                                 item("2", "Pilar", "A mí me gusta.") +
                                 item("3", "Ion", "Pues yo repetiría.") + "</ul></section>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Ciudadano K");
  CHECK(found[0].text == "Menuda tetera tan cara.");
  CHECK(found[1].author == "Pilar");
  CHECK(found[2].text == "Pues yo repetiría.");
}

TEST_CASE("what answers answer is a post too", "[extract]") {
  const auto signed_by = [](const std::string& name) {
    return "<div class=who>on <time datetime=2023-05-05T10:00:00Z>5 May</time> by <a href=/u/" +
           name + ">" + name + "</a></div>";
  };
  const auto answer = [&](const std::string& name, const std::string& words) {
    return "<div class=answer><div class=post-text><p>" + words + "</p></div>" + signed_by(name) +
           "</div>";
  };
  const std::string answers = "<h2>2 Answers</h2>" + answer("ion", "No, it needs the mains.") +
                              answer("eva", "I tried once, do not.");
  const std::string question =
      "<div class=question><div class=post-text><p>Does the kettle run on a battery?</p></div>" +
      signed_by("ana") + "</div>";
  const auto found = comments_of(question + answers);
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "ana");
  CHECK(found[0].text == "Does the kettle run on a battery?");
  CHECK(found[1].author == "ion");
  CHECK(comments_of("<div>" + question + question + "</div>" + answers).size() >= 2);

  const auto thing = [&](const std::string& kind, const std::string& id, const std::string& name,
                         const std::string& words) {
    return "<div class='thing " + kind + "' data-fullname=" + id + ">" + signed_by(name) +
           "<div class=thing-body><p>" + words + "</p></div></div>";
  };
  const auto thread =
      comments_of("<div>" + thing("link", "t3_1", "ana", "How does it hold up over the years?") +
                  "</div><div>" + thing("comment", "t1_1", "ion", "It died after a month.") +
                  thing("comment", "t1_2", "eva", "Mine works fine.") + "</div>");
  REQUIRE(thread.size() == 3);
  CHECK(thread[0].id == "t3_1");
  CHECK(thread[0].text == "How does it hold up over the years?");
}

TEST_CASE("the title of a review may be the link to it, and its answer the manager's",
          "[extract]") {
  std::string html;
  for (const std::string id : {"8801", "8802", "8803"})
    html +=
        "<div class=review-container data-reviewid=" + id +
        "><div class=member_info>Kim</div><span class='ui_bubble_rating bubble_20'></span><span "
        "class=ratingDate title='October 4, 2026'>Reviewed 3 weeks ago</span><div class=quote><a "
        "href=/ShowUserReviews-g1-r" +
        id +
        "-Hotel.html><span>Noisy at night</span></a></div><div class=entry><p>The walls are thin "
        "and the staff did not care.</p></div><div class=mgrRspnInline><div class=header>Ana "
        "Pop, Front Office at Hotel Sol, responded to this review<span class=responseDate "
        "title='October 6, 2026'>Responded 3 weeks ago</span></div><div class=entry><p>Dear "
        "Kim, we are sorry.</p></div></div></div>";
  const auto found = comments_of(html);
  REQUIRE(found.size() == 3);
  CHECK(found[0].title == "Noisy at night");
  CHECK(found[0].url == "/ShowUserReviews-g1-r8801-Hotel.html");
  CHECK(found[0].text == "The walls are thin and the staff did not care.");
  CHECK(found[0].reply == "Dear Kim, we are sorry.");
  CHECK(found[0].reply_date == "October 6, 2026");
}

TEST_CASE("the address of what a post quotes is not the post's", "[extract]") {
  const std::string post =
      "<div class=windowbg><div class=poster><h4><a href='i?action=profile;u=3'>Ana</a></h4></div>"
      "<div>October 04, 2026, 10:13:00 AM</div><div class=post><div class=inner id=msg_803><div "
      "class=quoteheader><a href='i?msg=802'>Quote from: Bob on October 03, 2026, 10:12:00 AM</a>"
      "</div><blockquote>Did you overfill it?<a href=/p/1><time>3 May 2026</time></a></blockquote>"
      "No, never overfilled.</div></div></div>";
  const std::string other =
      "<div class=windowbg><div class=poster><h4><a href='i?action=profile;u=4'>"
      "Bob</a></h4></div><div>October 03, 2026, 10:12:00 AM</div><div class=post><div class=inner "
      "id=msg_802>Did you overfill it above the line?</div></div></div>";
  const auto found = comments_of(repeated(other, 3) + post);
  REQUIRE(found.size() == 4);
  CHECK(found[3].url == std::nullopt);
}

TEST_CASE("lists of comments on other pages hold none of this page", "[extract]") {
  const std::string row =
      "<li class=%><span class=comment-author-link>Ana</span> on <a href=/o/#comment-1>Other "
      "post</a></li>";
  const std::string article = "<article><h1>Boots</h1><p>" +
                              repeated("We tried twelve pairs of boots, and liked two. ", 12) +
                              "</p></article>";
  CHECK(comments_of(article + "<aside><ul id=recentcomments>" + repeated(row, 3) + "</ul></aside>")
            .empty());
  CHECK(comments_of(article + "<aside><h3>Comentarios recientes</h3><ul>" + repeated(row, 3) +
                    "</ul></aside>")
            .empty());
}

TEST_CASE("what is left of a deleted comment is none, and its answers stay", "[extract]") {
  const std::string reply =
      "<div class=comment id=thing_t1_c9x5b><a class=author href=/user/z>Zed</a><time "
      "datetime=2026-10-01></time><div class=usertext-body>Why was that deleted?</div></div>";
  const auto found = comments_of(
      "<div class=comment id=thing_t1_c7x5a><span class=author>[deleted]</span><time "
      "datetime=2026-10-01></time><div class=usertext-body>[deleted]</div>" +
      reply +
      "</div><div class=comment id=thing_t1_c8x5a><a class=author href=/user/z>Zed</a><time "
      "datetime=2026-10-01></time><div class=usertext-body>Short: avoid.</div></div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "Why was that deleted?");
  CHECK(found[0].parent == "#thing_t1_c7x5a");
  CHECK(found[1].text == "Short: avoid.");
}

TEST_CASE("a shop's own answer in the list below a review goes with the review", "[extract]") {
  const auto item = [](const std::string& id, const std::string& who, const std::string& words) {
    return "<div class=comment-text><p class=meta><strong class=review__author>" + who +
           "</strong> <time datetime=2026-10-0" + id +
           ">October</time></p><div class=description>" + words + "</div></div>";
  };
  const std::string stars = "<div class=star-rating aria-label='Rated 2 out of 5'></div>";
  const auto found =
      comments_of("<ol class=commentlist><li class='review byuser' id=li-comment-5>" + stars +
                  item("5", "Dan", "Lid broke on day three.") +
                  "<ul class=children><li class='comment bypostauthor' id=li-comment-6>" +
                  item("6", "Acme Shop", "A new lid is on its way.") +
                  "</li></ul></li><li class='review' id=li-comment-7>" + stars +
                  item("7", "Eva", "Fine for the office.") + "</li></ol>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "Lid broke on day three.");
  CHECK(found[0].reply == "A new lid is on its way.");
  CHECK(found[0].reply_date == "2026-10-06");
  CHECK(found[1].author == "Eva");
}

TEST_CASE("a shop's answer that names no site's writer goes with the review, and once",
          "[extract]") {
  const auto item = [](const std::string& id, const std::string& stars, const std::string& who,
                       const std::string& words) {
    return "<div id=comment-" + id +
           " class=comment_container><img class=avatar src=x><div class=comment-text>" + stars +
           "<p class=meta><strong class=woocommerce-review__author>" + who +
           " </strong> <time datetime=2026-10-" + id + ">October</time></p><div " +
           "class=description><p>" + words + "</p></div></div></div>";
  };
  const std::string stars =
      "<div class=star-rating role=img aria-label='Rated 2 out of 5'><span>Rated <strong "
      "class=rating>2</strong> out of 5</span></div>";
  const std::string list =
      "<h1>Acme Kettle</h1><div id=reviews><div id=comments><ol class=commentlist>"
      "<li class='review byuser comment-author-dan even thread-even depth-1' id=li-comment-15>" +
      item("15", stars, "Dan", "Lid broke on day three.") +
      "<ul class=children><li class='comment byuser comment-author-shop odd alt depth-2' "
      "id=li-comment-16>" +
      item("16", "", "%", "A new lid is on its way.") +
      "</li></ul></li><li class='review even depth-1' id=li-comment-17>" +
      item("17", stars, "Eva", "Fine for the office.") + "</li></ol></div></div>";
  const auto by = [&](const std::string& who) {
    std::string page = list;
    return comments_of(page.replace(page.find('%'), 1, who));
  };
  for (const std::string who : {"The Shop", "Acme & Sons"}) {
    INFO(who);
    const auto found = by(who);
    REQUIRE(found.size() == 2);
    CHECK(found[0].reply == "A new lid is on its way.");
    CHECK(found[0].reply_date == "2026-10-16");
    CHECK(found[1].author == "Eva");
  }
  const auto found = by("Ion");
  REQUIRE(found.size() == 3);
  CHECK(!found[0].reply);
  CHECK(found[1].parent == "#li-comment-15");
}

TEST_CASE("a heading that begins a comment's words is its title", "[extract]") {
  const auto found = comments_of(repeated(
      "<article class=comment id=c1><footer><p class=comment__author>Ann</p><p "
      "class=comment__time>Thu, 10/01/2026 - 10:11</p></footer><div class=comment__content><h3><a "
      "href=/comment/1#comment-1>Nice</a></h3><div class=comment-field>I like the kettle a "
      "lot.</div>"
      "</div></article>",
      2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].title == "Nice");
  CHECK(found[0].text == "I like the kettle a lot.");
  const auto shop = comments_of(repeated(
      "<div class=product-comment-item><div class=comment-date>12/10/2026</div><div "
      "class=comment-author>Marta</div><div class='col-9 comment-content'><p class=h4>Util</p><p>"
      "Hierve muy bien.</p></div></div>",
      2));
  REQUIRE(shop.size() == 2);
  CHECK(shop[0].title == "Util");
  CHECK(shop[0].text == "Hierve muy bien.");
}

TEST_CASE("lines behind an angle bracket are quoted by hand", "[extract]") {
  const auto found = comments_of(repeated(
      "<div class=comment id=c1><a class=author href=/user/a>ana</a><time "
      "datetime=2026-10-01></time><div class=comment-content><p>&gt; Did you overfill it?</p><p>"
      "No, never.</p></div></div>",
      2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].own_words == "No, never.");
}

TEST_CASE("who wrote and when may stand below the words", "[extract]") {
  const auto found = comments_of(
      "<h2>Comments</h2>" +
      repeated("<div class=comment><p>I like the kettle a lot.</p><p class=comment-footer>Posted "
               "by: <a href=http://u.example>Ann</a> | <a href=#c1>October 1, 2026 10:11 "
               "AM</a></p></div>",
               2));
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "I like the kettle a lot.");
  CHECK(found[0].date == "October 1, 2026 10:11 AM");
  CHECK(found[0].author == "Ann");
}

TEST_CASE("a forum's posts are dated by the lines above them, and columns' heads are none",
          "[extract]") {
  const auto post = [](const std::string& number, const std::string& name,
                       const std::string& words) {
    return "<div id=post-" + number +
           " class=x-reply-header><span class=x-reply-post-date>4 noviembre, 2026 a las 10:22"
           "</span><a href='/t/1/#post-" +
           number + "' class=x-reply-permalink>#" + number +
           "</a></div><div class='even reply type-reply'><div class=x-reply-author>"
           "<a href=/users/1>" +
           name + "</a><div class=x-author-role>Participante</div></div>" +
           "<div class=x-reply-content><p>" + words + "</p></div></div>";
  };
  const std::string heads =
      "<li class=x-header><div class=x-reply-author>Autor</div>"
      "<div class=x-reply-content>Entradas</div></li>";
  const auto found =
      comments_of("<ul id=topic-9-replies class=x-replies>" + heads + "<li>" +
                  post("1200", "Ana", "El embrague ya patina desde marzo.") +
                  post("1201", "Ion", "A mí me pasó igual.") + "</li>" + heads + "</ul>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].date == "4 noviembre, 2026 a las 10:22");
  CHECK(found[0].text == "El embrague ya patina desde marzo.");
  CHECK(found[0].url == "/t/1/#post-1200");
  CHECK(found[1].author == "Ion");
  CHECK(found[1].text == "A mí me pasó igual.");
}

TEST_CASE("what a post quotes is cut where its own words are a blockquote, too", "[extract]") {
  const auto post = [](const std::string& number, const std::string& words) {
    return "<li id=post-" + number +
           " class=message data-author=Peg><h3><a href=/members/1/ class=username>Peg</a></h3>"
           "<article><blockquote class='messageText ugc'>" +
           words + "</blockquote></article><a href='t/7/#post-" + number +
           "' class=datePermalink><span class=DateTime title='Nov 4, 2026 at 10:22 AM'>"
           "Nov 4, 2026</span></a></li>";
  };
  const auto found = comments_of(
      "<ol class=messageList>" + post("50", "The clutch of mine already slips.") +
      post("51",
           "<div class='bbCodeBlock bbCodeQuote'><aside><div class='attribution type'>Peg said: "
           "<a href=g>^</a></div><blockquote class=quoteContainer><div class=quote>The clutch of "
           "mine already slips.</div><div class=quoteExpand>Click to expand...</div></blockquote>"
           "</aside></div>They told me no.") +
      "</ol>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].date == "Nov 4, 2026 at 10:22 AM");
  CHECK(found[0].text == "The clutch of mine already slips.");
  CHECK(found[1].own_words == "They told me no.");
}

TEST_CASE("the instant that a label holds goes before the time that passed", "[extract]") {
  const auto post = [](const std::string& number) {
    return "<div id=comment-" + number +
           " class=comment-card><span class=comment-author>Ana</span><div class=timeago "
           "title='Tue Nov 03 2026 09:10:00 GMT+0000 (Coordinated Universal Time)'>3 weeks ago"
           "</div><div class=comment-body>It leaks, and nobody answers.</div></div>";
  };
  const auto found = comments_of("<div>" + post("1") + post("2") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].date == "Tue Nov 03 2026 09:10:00 GMT+0000 (Coordinated Universal Time)");
}

TEST_CASE("a comment begins behind the words that lead to it", "[extract]") {
  const auto comment = [](const std::string& number, const std::string& words) {
    return "<li id=comment-" + number +
           "><cite><a href=http://a.example rel=nofollow>Sanda</a></cite> spune:<br><small "
           "class=commentmetadata><a href='#comment-" +
           number + "'>4 noiembrie 2026 la 9:12 am</a></small><p>" + words + "</p></li>";
  };
  const auto found =
      comments_of("<h3 id=comments>2 comentarii</h3><ol class=commentlist>" +
                  comment("5", "Nu mai merge.") + comment("6", "Al meu merge.") + "</ol>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Sanda");
  CHECK(found[0].text == "Nu mai merge.");
}

TEST_CASE("a post of a word is one beside what may be done with it", "[extract]") {
  const auto post = [](const std::string& number, const std::string& words) {
    return "<div class=post id=post" + number + "><div class=user><a href=/u/" + number +
           ">drujbaru</a></div><div class=data>acum 2 zile</div><div class=msg>" + words +
           "</div><div class=actions><a href=#>Răspunde</a><a href=#>Raportează</a></div></div>";
  };
  const auto found = comments_of("<h1>Merge?</h1><div id=posts>" + post("0", "Da.") +
                                 post("1", "Idem") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "Da.");
  CHECK(found[0].author == "drujbaru");
  CHECK(found[1].text == "Idem");
}

TEST_CASE("a post that a name or two tells apart is one of its list", "[extract]") {
  const auto post = [](const std::string& classes, const std::string& author) {
    return "<div class='" + classes + "'><a class=username href=/u/" + author + ">" + author +
           "</a> <time datetime=2026-05-01T10:00:00Z>May 1</time><div class=body>" + author +
           " says that the kettle leaks after two weeks of use.</div></div>";
  };
  const std::string notice = "<div class='msg notice'>Members see more.</div>";
  CHECK(comments_of(post("msg", "Bob") + post("msg is-unread", "Ann") + notice +
                    post("msg", "Carl") + post("msg", "Dora"))
            .size() == 4);
  CHECK(comments_of(post("entry starter", "Bob") + post("entry", "Ann") + post("entry", "Carl") +
                    post("entry online reported", "Dora"))
            .size() == 4);
  CHECK(comments_of(post("postcontainer new", "Bob") + post("postcontainer old", "Ann")).size() ==
        2);
}

TEST_CASE("two contributions are found where their page tells of them", "[extract]") {
  const auto rated = [](const std::string& name, const std::string& words) {
    return "<table class=striped><tr><td><strong>" + name +
           "</strong></td><td>12/01/2026</td></tr><tr><td colspan=2><p>" + words +
           "</p><span class=stars title='2 of 5'></span></td></tr></table>";
  };
  const std::string two = rated("Dan", "The screen is sharp.") + rated("Eve", "A dead pixel.");
  const std::string product =
      "<h1>Screen</h1><p>" + repeated("A large screen with much to see on it. ", 20) + "</p>";
  CHECK(comments_of(product + "<div>" + two + "</div>").empty());
  for (const std::string& page :
       {"<div>" + two + "</div>", product + "<div id=review>" + two + "</div>",
        product + "<form id=form-review><div id=review>" + two +
            "</div><label>Name</label><textarea></textarea></form>"}) {
    INFO(page);
    const auto found = comments_of(page);
    REQUIRE(found.size() == 2);
    CHECK(found[0].author == "Dan");
    CHECK(found[0].rating);
    CHECK(found[1].text == "A dead pixel.");
  }

  const auto row = [](const std::string& number, const std::string& link) {
    return "<div id=edit" + number + "><table><tr><td>03-15-2026, 07:12 PM</td></tr><tr><td>" +
           link +
           "Zoe</a></td><td>They were bald after eight thousand miles on the "
           "road.</td></tr></table></div>";
  };
  const std::string member = "<a href='member.php?u=12'>";
  CHECK(comments_of("<div>" + row("1", member) + row("2", member) + "</div>").size() == 2);
  CHECK(comments_of("<div>" + row("", member) + row("", member) + "</div>").empty());
}

TEST_CASE("a post alone on its page is found by what forums tell", "[extract]") {
  const auto post = [](const std::string& names, const std::string& member) {
    return "<h1>It leaks</h1><div id=post-55 " + names +
           "><a class=username href=/members/7>Bob"
           "</a>" +
           member +
           "<time datetime=2026-05-01>1 May</time><div class=content>Mine "
           "started leaking after two weeks.</div></div>";
  };
  const std::string scripted = "class='message modContainer' data-author=Bob data-content=post-55";
  for (const std::string& page :
       {post(scripted, ""),
        post("class='post bg2'", "<dl><dt>Joined:</dt><dd>3 May 2019</dd></dl>"),
        post("class=post", "<div>Join Date: May 2011</div>"),
        "<h2>1 comment</h2>" + post("class=post", "").substr(17)}) {
    INFO(page);
    const auto found = comments_of(page);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "#post-55");
    CHECK(found[0].author == "Bob");
    CHECK(found[0].text == "Mine started leaking after two weeks.");
  }
  // An article.
  CHECK(comments_of(post("class=post", "<p>Join us.</p>")).empty());
}

TEST_CASE("an icon whose label is the date leads to the post", "[extract]") {
  const auto post = [](const std::string& number) {
    return "<li class=post><a class=user-name href=/user/kim>kim</a><a href=/post/70" + number +
           " title='2026-05-03T10:00:00Z'><i class=timeago title='2026-05-03T10:00:00Z'></i></a>"
           "<div class=content>It crashes when I open a second tab.</div></li>";
  };
  const auto found = comments_of("<ul>" + post("1") + post("2") + "</ul>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].url == "/post/701");
  CHECK(found[1].url == "/post/702");
}

TEST_CASE("words that hold those for ratings tell of none", "[extract]") {
  // Products: a name and a date that nobody reviewed.
  const auto card = [](const std::string& name, const std::string& other) {
    return "<div class=card-review><h3>Kettle</h3><div class='" + name + "'>" + other +
           "</div><span class=card-date>5 May 2026</span><p>It boils a litre of water in "
           "two minutes and weighs little.</p></div>";
  };
  for (const std::string name : {"moderated", "isIntegrated", "operating-mode", "speech-bubble",
                                 "starting", "mustard", "generating"}) {
    INFO(name);
    for (const auto& comment : comments_of(card(name, "4 of 5") + card(name, "3 of 5")))
      CHECK_FALSE(comment.rating);
  }
  for (const std::string name :
       {"userrating", "rated", "ui_bubble_45", "goldstars", "toprated", "rating", "starRating"}) {
    INFO(name);
    const auto found = comments_of(card(name, "4 of 5") + card(name, "3 of 5"));
    REQUIRE(found.size() == 2);
    CHECK(found[0].rating);
  }
}

TEST_CASE("a post's area is no row of stars", "[extract]") {
  const auto post = [](const std::string& number, const std::string& author) {
    return "<div class=windowbg id=msg" + number + "><h4><a href=/u/" + author + ">" + author +
           "</a></h4><div class=postarea><a href='?msg=" + number + "' title='Reply #" + number +
           "'>March 04, 2026, 11:00:00 AM</a><div class=post>" + author +
           " says that it is a known fault of the chuck.</div></div></div>";
  };
  const auto found = comments_of(post("1", "saw") + post("2", "drillbit") + post("3", "plane"));
  REQUIRE(found.size() == 3);
  CHECK_FALSE(found[0].rating);
  CHECK_FALSE(found[2].rating);
}

}  // namespace testigo::extract
