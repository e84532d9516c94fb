#include <catch2/catch.hpp>

#include "extract/comment_list.h"
#include "extract/extract.h"
#include "formats/html.h"

namespace testigo::extract {
namespace {

std::vector<PageComment> comments_of(const std::string& body) {
  const auto tree = formats::parse_html("<html><body>" + body + "</body></html>");
  REQUIRE(tree);
  return find_comments(*tree, measure(*tree)).comments;
}

std::string review(const std::string& name, const std::string& words, const std::string& behind) {
  return "<div class=review-card><span class=reviewer-name>" + name +
         "</span><div class=stars aria-label='2 out of 5 stars'></div><span class=review-date>"
         "5 May 2023</span><div class=review-text>" +
         words + "</div>" + behind + "</div>";
}

std::string list_of(const std::string& answer) {
  return "<h2>Reviews</h2><div>" + review("Ana", "The kettle leaks.", answer) +
         review("Ion", "The lid fell off.", "") + "</div>";
}

}  // namespace

TEST_CASE("the owner's answer below a review goes with it, in many languages and shapes",
          "[extract]") {
  for (const std::string answer :
       {"<div><b>Response from the owner</b><time datetime=2023-05-06>6 May</time><p>Send it "
        "back, please.</p></div>",
        "<div class=x><h4>Respuesta del propietario</h4><span class=date>6 may 2023</span><p>Send "
        "it back, please.</p></div>",
        "<div><p><strong>Răspunsul proprietarului:</strong> Send it back, please.</p></div>",
        "<div><span>Antwort vom Inhaber</span></div><div>Send it back, please.</div>",
        "<p>Réponse du propriétaire : Send it back, please.</p>",
        "<div class=y>Risposta del proprietario<br>Send it back, please.</div>",
        "<div class=owner-response><p>Send it back, please.</p></div>",
        "<div data-testid=merchantReply>Send it back, please.</div>",
        "<div><i>Response from Kettle & Sons</i><p>Send it back, please.</p></div>",
        "<div><i>The seller replied</i><p>Send it back, please.</p></div>",
        "<div><b>Respuesta del vendedor</b><p>Send it back, please.</p></div>",
        "<div><b>Respuesta de la empresa:</b> Send it back, please.</div>",
        "<div><b>Respuesta oficial</b><p>Send it back, please.</p></div>",
        "<div><b>Respuesta del servicio de atención al cliente</b><p>Send it back, "
        "please.</p></div>",
        "<div><b>La empresa ha respondido el 6 de mayo de 2023</b><p>Send it back, "
        "please.</p></div>",
        "<div class=vendedor-respuesta><p>Send it back, please.</p></div>",
        "<div><b>Răspunsul vânzătorului</b><p>Send it back, please.</p></div>",
        "<div><b>Răspuns din partea echipei</b><p>Send it back, please.</p></div>",
        "<div><b>Vânzătorul a răspuns</b><p>Send it back, please.</p></div>",
        "<div class=raspuns-magazin><p>Send it back, please.</p></div>"}) {
    INFO(answer);
    const auto found = comments_of(list_of(answer));
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
    CHECK(found[0].author == "Ana");
    CHECK(found[0].date == "5 May 2023");
    CHECK(found[0].reply == "Send it back, please.");
    CHECK(!found[1].reply);
  }
}

TEST_CASE("what is signed with the name of the page's subject below a review answers it",
          "[extract]") {
  const auto page_of = [](const std::string& name) {
    return comments_of("<h1>Aplicația Voltis</h1><div>" +
                       review("Sorin", "Nu merge de la actualizare.",
                              "<div class=a><div class=b><div class=c>" + name +
                                  "</div><div class=d>21 noiembrie 2023</div></div><div class=e>"
                                  "Actualizați la 3.1.</div></div>") +
                       review("Crina", "Simplă și rapidă.", "") + "</div>");
  };
  const auto found = page_of("Voltis SRL");
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "Nu merge de la actualizare.");
  CHECK(found[0].reply == "Actualizați la 3.1.");
  CHECK(found[0].reply_date == "21 noiembrie 2023");
  const auto other = page_of("Mihai Pop");
  REQUIRE(other.size() == 2);
  CHECK(other[0].text == "Nu merge de la actualizare.");
  CHECK_FALSE(other[0].reply);
}

TEST_CASE("one star is a rating where the reviews around have rows of them", "[extract]") {
  const auto review = [](const std::string& name, const std::string& stars) {
    return "<div class=review><div class=who>" + name + "</div><div class=when>2026-11-01</div>" +
           "<div class=st>" + stars +
           "</div><p class=body>It broke at once, never again.</p></div>";
  };
  const auto found = comments_of("<h2>Reviews</h2><div>" + review("Al", "⭐") +
                                 review("Bo", "⭐⭐⭐⭐") + review("Cy", "⭐⭐") + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Al");
  CHECK(found[0].rating == WrittenRating{1.0, std::nullopt});
  CHECK(found[1].rating == WrittenRating{4.0, std::nullopt});
  const auto marked =
      comments_of("<h2>Reviews</h2><div>" + review("Al", "⭐") + review("Bo", "") + "</div>");
  for (const PageComment& comment : marked) CHECK_FALSE(comment.rating);
}

TEST_CASE("a value on its scale that nobody signs or dates is no review", "[extract]") {
  const auto found = comments_of(
      "<div id=revs><div><p>The seat sinks.</p><div><span>6,5</span>/<span>10</span></div></div>"
      "</div>");
  for (const PageComment& comment : found) CHECK(comment.text != "6,5/10");
}

TEST_CASE("an owner's answer has its own date", "[extract]") {
  const auto found = comments_of(
      list_of("<div><b>Response from the owner</b><time datetime=2023-05-06>6 May</time><p>Send it "
              "back, please.</p></div>"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].reply_date == "2023-05-06");
}

TEST_CASE("an owner's answer may stand behind the review", "[extract]") {
  const auto found =
      comments_of("<h2>Reviews</h2><div>" + review("Ana", "The kettle leaks.", "") +
                  "<div class=x><b>Owner's response</b><p>Send it back, please.</p></div>" +
                  review("Ion", "The lid fell off.", "") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].reply == "Send it back, please.");
  CHECK(found[1].text == "The lid fell off.");
  CHECK(!found[1].reply);
}

TEST_CASE("who only writes of an owner's answer is not the owner", "[extract]") {
  for (const std::string words :
       {"<p>The kettle leaks.</p><p>The response of the company was two lines long and late.</p>",
        "<p>The response time of the seller is long.</p>", "<p>Owners of a kettle, beware.</p>",
        "<p>I asked the owner.</p><p>The owner of the shop did not answer</p>",
        "<p>Answer me, seller!</p>",
        "<p>It leaks.</p><p>El vendedor no respondió a mis mensajes.</p><p>Nunca más.</p>",
        "<p>It leaks.</p><p>The seller responded quickly and well.</p><p>Good.</p>",
        "<p>It leaks.</p><p>Respuesta rápida del vendedor.</p><p>Recomendable.</p>",
        "<p>It leaks.</p><p>Răspunsul vânzătorului a venit greu.</p><p>Atât.</p>"}) {
    INFO(words);
    const auto found = comments_of("<h2>Reviews</h2><div>" + review("Ana", words, "") +
                                   review("Ion", "The lid fell off.", "") + "</div>");
    REQUIRE(found.size() == 2);
    CHECK(!found[0].reply);
  }
}

TEST_CASE("the owner's answer of an unmarked review reaches its post", "[extract]") {
  Page page;
  page.url = "https://shop.example/kettle";
  page.body = "<html lang=en><body>" +
              list_of(
                  "<div><b>Response from the owner</b><time datetime=2023-05-06>6 May</time>"
                  "<p>Send it back, please.</p></div>") +
              "</body></html>";
  ExtractorSpec spec;
  spec.format = Format::page;
  const auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-25T12:00:00Z"));
  REQUIRE(extraction);
  REQUIRE(extraction->posts.size() == 2);
  CHECK(extraction->posts[0].owner_reply == "Send it back, please.");
  CHECK(extraction->posts[0].owner_reply_at == parse_iso8601("2023-05-06T00:00:00Z"));
  CHECK(!extraction->posts[0].by_brand);
}

TEST_CASE("an owner's answer that only the page shows joins the review that the markup states",
          "[extract]") {
  Page page;
  page.url = "https://shop.example/kettle";
  page.body =
      R"(<html lang=en><script type="application/ld+json">{"@type":"Review","author":"Ana",
         "reviewBody":"The kettle leaks."}</script><body>)" +
      list_of("<div><b>Response from the owner</b><p>Send it back, please.</p></div>") +
      "</body></html>";
  ExtractorSpec spec;
  spec.format = Format::page;
  const auto extraction = extract_page(page, spec, *parse_iso8601("2026-11-25T12:00:00Z"));
  REQUIRE(extraction);
  REQUIRE(extraction->posts.size() == 2);
  CHECK(extraction->posts[0].text == "The kettle leaks.");
  CHECK(extraction->posts[0].owner_reply == "Send it back, please.");
}

TEST_CASE("an answer that stands as a comment of its own is the owner's where it says so",
          "[extract]") {
  const std::string list =
      "<ol class=comment-list><li class=comment id=comment-1><cite class=fn>Ana</cite><div "
      "class=comment-content><p>It leaks.</p></div><ol class=children><li class=comment "
      "id=comment-2>%<div class=comment-content><p>Send it back.</p></div></li></ol></li></ol>";
  std::string owned = list;
  owned.replace(owned.find('%'), 1, "<b>Response from the owner</b>");
  auto found = comments_of(owned);
  REQUIRE(found.size() == 2);
  CHECK(found[1].parent == "#comment-1");
  CHECK(found[1].by_owner);
  CHECK(found[1].text == "Send it back.");
  std::string other = list;
  other.replace(other.find('%'), 1, "<cite class=fn>Ion</cite>");
  found = comments_of(other);
  REQUIRE(found.size() == 2);
  CHECK(!found[1].by_owner);
}

TEST_CASE("a link to the rest of a review is no word of it", "[extract]") {
  for (const std::string more : {"Ver más", "Read more »", "Citește mai mult", "… Weiterlesen"}) {
    const auto found = comments_of(
        "<h2>Reviews</h2><div>" + review("Ana", "It leaks. <a href=/r/1>" + more + "</a>", "") +
        review("Ion", "I could not <a href=/r/2>read more</a>.", "") + "</div>");
    INFO(more);
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "It leaks.");
    CHECK(found[1].text == "I could not read more.");
  }
}

TEST_CASE("reviews of ten are read of ten, with what was liked and what was not", "[extract]") {
  const auto card = [](const std::string& name, const std::string& score) {
    return "<li class=c-review-block><div class=guest><span class=avatar-block__title>" + name +
           "</span></div><span class=c-review-block__date>Reviewed: 5 May 2023</span><h3 "
           "class=c-review-block__title>Good</h3><div class='review-score-badge'>" +
           score +
           "</div><p class=c-review__body>Quiet rooms.</p><p class=c-review__body>The lift was "
           "slow.</p><div class=c-review-block__response><span>Response from the property</span>"
           "<span>Thank you.</span></div></li>";
  };
  const auto found =
      comments_of("<ul class=review-list>" + card("Ana", "8.0") + card("Ion", "4.6") + "</ul>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].rating == WrittenRating{8.0, 10.0});
  CHECK(found[1].rating == WrittenRating{4.6, 10.0});
  CHECK(found[0].title == "Good");
  CHECK(found[0].text == "Quiet rooms.\n\nThe lift was slow.");
  CHECK(found[0].reply == "Thank you.");
}

TEST_CASE("reviews whose parts are named for tests alone are read", "[extract]") {
  const auto card = [](const std::string& name, const std::string& score) {
    return "<div class=a81 data-testid=review-card><div class=b2 data-testid=review-avatar><div "
           "class=c3>" +
           name +
           "</div></div><span class=d4 data-testid=review-date>5 May 2023</span><div "
           "data-testid=review-score><div>" +
           score +
           "</div></div><h4 data-testid=review-title>Good</h4><div data-testid=review-text>Quiet "
           "rooms, slow lift.</div></div>";
  };
  const auto found = comments_of("<div>" + card("Ana", "9.0") + card("Ion", "7.5") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].date == "5 May 2023");
  CHECK(found[0].rating == WrittenRating{9.0, 10.0});
  CHECK(found[0].text == "Quiet rooms, slow lift.");
}

TEST_CASE("a shop's answer below a review takes the place of no word of it", "[extract]") {
  for (const std::string answer :
       {"<div class=rv__reply><div class=rv__replier-line><span class=rv__replier>Olla Shop</span> "
        "replied:</div><div class=rv__reply-content><p>Send it back, and we shall mend it at "
        "once.</p></div></div>",
        "<div class=rv-respuesta><span>Tienda Olla</span> respondió:<div class=texto>Send it back, "
        "and we shall mend it at once.</div></div>",
        "<div class=rv-raspuns><b>Olla</b> a răspuns:<p>Send it back, and we shall mend it at "
        "once.</p></div>"}) {
    INFO(answer);
    const auto found = comments_of(list_of(answer));
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
    CHECK(found[0].author == "Ana");
    CHECK(found[0].reply == "Send it back, and we shall mend it at once.");
  }
  const auto told = comments_of(list_of("<p>My aunt replied:</p><p>Never buy it.</p>"));
  REQUIRE(told.size() == 2);
  CHECK(!told[0].reply);
}

TEST_CASE("the stacked stars of a review stand among its words", "[extract]") {
  const std::string full =
      "<span class='fa fa-stack'><i class='fa fa-star fa-stack-2x'></i>"
      "<i class='fa fa-star-o fa-stack-2x'></i></span> ";
  const std::string empty =
      "<span class='fa fa-stack'><i class='fa fa-star-o fa-stack-2x'></i></span> ";
  const auto table = [](const std::string& name, const std::string& words,
                        const std::string& stars) {
    return "<table class=table><tr><td><strong>" + name +
           "</strong></td><td>05/11/2026</td></tr><tr><td colspan=2><p>" + words + "</p>" + stars +
           "</td></tr></table>";
  };
  const auto found = comments_of(
      "<div id=review>" +
      table("Lia", "Burnt out after 3 days, do not buy this fryer.",
            full + empty + empty + empty + empty) +
      table("Tim", "Good for the money that it costs.", full + full + full + full + empty) +
      table("Geo", "Excellent.", full + full + full + full + full) + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].rating == WrittenRating{1.0, std::nullopt});
  CHECK(found[0].text == "Burnt out after 3 days, do not buy this fryer.");
  CHECK(found[1].rating == WrittenRating{4.0, std::nullopt});
  CHECK(found[2].rating == WrittenRating{5.0, std::nullopt});
  CHECK(found[2].text == "Excellent.");
}

TEST_CASE("a review is dated by when it was written, not by what it tells of", "[extract]") {
  const auto card = [](const std::string& name, const std::string& before,
                       const std::string& behind) {
    return "<li class=review-item><div class=reviewer-name>" + name + "</div>" + before +
           "<div class=stars aria-label='2 out of 5 stars'></div>" + behind +
           "<div class=review-text>The tap drips all night.</div></li>";
  };
  struct Case {
    std::string before, behind, date;
  };
  for (const Case& is : {
           Case{"<i class=review-date>octubre de 2026</i>",
                "<i class=review-date>Comentó en: 5 de noviembre de 2026</i>",
                "Comentó en: 5 de noviembre de 2026"},
           Case{"<i class=date>October 2026</i>", "<i class=date>5 November 2026</i>",
                "5 November 2026"},
           Case{"<b>Date of stay:</b> <i class=date>1 October 2026</i>",
                "<i class=date>5 November 2026</i>", "5 November 2026"},
           Case{"<i class=date>Data sejurului: 1 octombrie 2026</i>",
                "<i class=date>Comentariu din 5 noiembrie 2026</i>",
                "Comentariu din 5 noiembrie 2026"},
           Case{"<time datetime=2026-10-01>Stayed in October</time>",
                "<p>Reviewed: <i class=date>5 November 2026</i></p>", "5 November 2026"},
           Case{"<p>Fecha de compra: <i>01/10/2026</i></p>", "<p>Publicado: <i>05/11/2026</i></p>",
                "05/11/2026"},
           Case{"<i class=date>October 2026</i>", "", "October 2026"},
           Case{"<p>publicado el 05/11/2026 <i class=order_date>después del pedido del 01/09/2026"
                "</i></p>",
                "", "publicado el 05/11/2026"},
       }) {
    INFO(is.before << is.behind);
    const auto found = comments_of("<ul>" + card("Ana", is.before, is.behind) +
                                   card("Ion", is.before, is.behind) + "</ul>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].date == is.date);
  }
}

TEST_CASE("a rating is heard by its words where no name tells of it", "[extract]") {
  const auto card = [](const std::string& name, const std::string& stars) {
    return "<div class=review><div class=who>" + name + "</div><div class=when>2026-11-01</div>" +
           "<div class=st>" + stars + "</div><p class=body>Broke at once, never again.</p></div>";
  };
  const auto buttons = [](int checked) {
    std::string row;
    for (int i = 5; i > 0; --i)
      row += "<input type=radio value=" + std::to_string(i) + (i == checked ? " checked" : "") +
             " disabled><label>★</label>";
    return row;
  };
  struct Case {
    std::string stars;
    WrittenRating rating;
  };
  for (const Case& is : {Case{"★★☆☆☆", {2.0, 5.0}}, Case{"⭐⭐", {2.0, std::nullopt}},
                         Case{"Puntuación: 2 de 5", {2.0, 5.0}}, Case{"Nota: 2/5", {2.0, 5.0}},
                         Case{"2,0 / 5", {2.0, 5.0}}, Case{"2 out of 5 stars", {2.0, 5.0}},
                         Case{buttons(2), {2.0, std::nullopt}}}) {
    INFO(is.stars);
    const auto found = comments_of("<h1>Fryer</h1><div id=reviews>" + card("Al", is.stars) +
                                   card("Bo", is.stars) + "</div>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].rating == is.rating);
    CHECK(found[0].author == "Al");
    CHECK(found[0].text == "Broke at once, never again.");
  }
  for (const std::string none : {"2/5", "Page 2 of 5", "2 of 5 people found this helpful", "★"}) {
    INFO(none);
    const auto found =
        comments_of("<div id=reviews>" + card("Al", none) + card("Bo", none) + "</div>");
    REQUIRE(found.size() == 2);
    CHECK(!found[0].rating);
  }
}

TEST_CASE("stars are a row where each has an element around it, and a date is no name",
          "[extract]") {
  const auto point = [](const std::string& fill) {
    return "<div class=point-container><div class='point-rating point-" + fill +
           "'><span class='icon icon-star'></span></div></div>";
  };
  const std::string card =
      "<div class=product-review-item><div class=product-review-item-points>" + point("full") +
      point("full") + point("blank") + point("blank") + point("blank") +
      "</div><div class=product-review-item-date><p>5 de noviembre de 2026 10:20</p></div>"
      "<p class='h5 product-review-item-title'>Se pela</p><div class=product-review-item-content>"
      "<p>La cesta se pela y el olor no se va.</p></div></div>";
  const auto found = comments_of("<div>" + card + card + card + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].rating == WrittenRating{2.0, std::nullopt});
  CHECK(found[0].date == "5 de noviembre de 2026 10:20");
  CHECK(!found[0].author);
  CHECK(found[0].text == "La cesta se pela y el olor no se va.");
}

TEST_CASE("what the page says of a review is none of its words", "[extract]") {
  for (const std::string aside : {"<div>3 people found this review helpful</div>",
                                  "<div>5 persoane au considerat această recenzie utilă</div>",
                                  "<span class=stars-assistive>review stating It leaks</span>",
                                  "<span class=sr-only>Review by Ana</span>"}) {
    INFO(aside);
    const auto card = [&](const std::string& name) {
      return "<div class=review-card><b class=review-author>" + name +
             "</b><i class=review-date>5 May 2023</i><div class=stars aria-label='2 out of 5 "
             "stars'></div><div>" +
             aside + "<div>The kettle leaks.</div></div></div>";
    };
    const auto found = comments_of("<div>" + card("Ana") + card("Ion") + "</div>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
  }
}

TEST_CASE("how much its writer has written is no word of a review", "[extract]") {
  const auto text_with = [](const std::string& counter) {
    const std::string card =
        "<article class=card_reviewCard><aside><div><span class=user>Petra</span>" + counter +
        "</div></aside><section><img alt='Rated 2 out of 5 stars' src=s><time datetime=2026-03-02>"
        "2 March</time><div><p>It leaks from the lid.</p></div></section></article>";
    const auto found = comments_of("<div>" + card + card + "</div>");
    REQUIRE(found.size() == 2);
    CHECK(found[0].author == "Petra");
    return found[0].text;
  };
  for (const std::string counter :
       {"<div><span>3 reviews</span></div>", "<div>1 Bewertung</div>", "<i>5 opiniones</i>",
        "<span>20 de recenzii</span>", "<span>Avis : 3</span>", " 12 reviews ",
        "<div>Local Guide · <span>1,204 reviews</span> · 4 photos</div>",
        "<span>(3 contribuciones)</span>"}) {
    INFO(counter);
    CHECK(text_with(counter) == "It leaks from the lid.");
  }
  CHECK(text_with("<div><p>After <b>3 reviews</b> I gave up.</p></div>") ==
        "After 3 reviews I gave up.\n\nIt leaks from the lid.");
  CHECK(text_with("<div><p>3 reviews, all bad.</p></div>") ==
        "3 reviews, all bad.\n\nIt leaks from the lid.");
}

TEST_CASE("what a shop asks beside a review and signs before its words are none of them",
          "[extract]") {
  const std::string card =
      "<div class=card-review><header data-review-id=a1b2-%><span class=reviewer-name>Ana</span>"
      "<span class=review-date>5 May 2023</span><div class=stars title='2 of 5'></div></header><p>"
      "<span class=prefix>+</span><span>The lid is tight.</span></p><p>I got 2<b>+</b>1.</p>"
      "<div><span>Recommends this product</span> <span>No</span></div></div>";
  std::string other = card;
  other.replace(other.find('%'), 1, "9");
  const auto found = comments_of("<div>" + card + other + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "The lid is tight.\n\nI got 2+1.");
  CHECK(found[1].id == "a1b2-9");
}

TEST_CASE("an answer's words may stand beside its head and date", "[extract]") {
  const auto found = comments_of(
      list_of("<div class=head><h3>Developer Response</h3><time datetime=2023-05-06>6 May</time>"
              "</div><blockquote class=review-body><p>Send it back.</p></blockquote>"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[0].reply == "Send it back.");
  CHECK(found[0].reply_date == "2023-05-06");
}

TEST_CASE("what a shop's software names for the shop's answer is one, and its signature is not",
          "[extract]") {
  const std::string words = "Send it back, please.";
  const std::vector<std::string> answers = {
      "<div class=yo-comments-box><div class='yo-comment-box yo-shop-owner'><span "
      "class=yo-user-name>Kettle & Sons</span><span class=yo-review-date>6 May 2023</span><div "
      "class=content-review>" +
          words + "</div></div></div>",
      "<div class=st-review-reply><span class=st-review-reply-author>Kettle & Sons</span><span "
      "class=st-review-reply-date>6 May 2023</span><p>" +
          words + "</p></div>",
      "<div class=jr-rev__reply><div><span class=jr-rev__replier>Kettle & Sons</span> "
      "replied:</div><div><p>" +
          words + "</p></div></div>",
      "<div class=review-response><p>" + words + "</p></div>",
      "<div class=merchant-comment><p>" + words + "</p></div>",
      "<div class=adminReply>" + words + "</div>",
      "<div class='block reply'>" + words + "</div>"};
  for (const std::string& answer : answers) {
    INFO(answer);
    const auto found = comments_of(list_of(answer));
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
    CHECK(found[0].author == "Ana");
    CHECK(found[0].reply == words);
  }
}

TEST_CASE("what customers say below a review and what is pressed there is no shop's answer",
          "[extract]") {
  for (const std::string other :
       {"<div class=review-replies><div class=review-reply><b class=user>Brandon</b><i "
        "class=date>6 May 2023</i><p>Mine too, and twice.</p></div><div class=review-reply><b "
        "class=user>Zoe</b><i class=date>7 May 2023</i><p>Mine is fine.</p></div></div>",
        "<div class=review-reply><a class=user href=/user/9>Brandon</a><i class=date>6 May "
        "2023</i><p>Mine too, and twice.</p></div>",
        "<div class=reply><a href=/reply>Reply to this review</a></div>",
        "<div class=reply>Reply to this review</div>",
        "<span class=shop-owner>Kettle owner</span>"}) {
    INFO(other);
    const auto found = comments_of(list_of(other));
    REQUIRE(!found.empty());
    CHECK(!found[0].reply);
  }
}

TEST_CASE("the signature below an owner's answer is not the answer", "[extract]") {
  const auto found = comments_of(
      list_of("<div class=card-reply><p class=card-reply-body>Send it back, please.</p><span "
              "class=card-reply-shop>— Kettle & Sons</span></div>"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[0].reply == "Send it back, please.");
}

TEST_CASE("what a seller signed and dated below a review is the answer to it", "[extract]") {
  const auto answer_of = [](const std::string& name, const std::string& badge) {
    return "<div class=card-replies><div class=card-reply><p class=card-author>" + name +
           "<span class=badge>" + badge +
           "</span></p><p class=card-date>7 May 2023</p><div class=card-text>Send it back, "
           "please.</div></div></div>";
  };
  const auto found = comments_of(list_of(answer_of("Kettle & Sons ", "Seller")));
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].date == "5 May 2023");
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[0].reply == "Send it back, please.");
  CHECK(found[0].reply_date == "7 May 2023");

  const auto card = [](const std::string& name, const std::string& answer) {
    return "<div class=card-review><p class=card-author>" + name +
           "</p><div class=card-review-body><div class=stars title='2 of 5'></div><p "
           "class=card-date>5 May 2023</p><div class=card-text>The kettle leaks.</div>" +
           answer + "</div></div>";
  };
  const auto inside = comments_of("<div>" + card("Ana", answer_of("Kettle & Sons ", "Seller")) +
                                  card("Ion", "") + "</div>");
  REQUIRE(inside.size() == 2);
  CHECK(inside[0].text == "The kettle leaks.");
  CHECK(inside[0].reply == "Send it back, please.");

  const auto customers = comments_of(list_of(answer_of("Brandon", "")));
  REQUIRE(customers.size() == 3);
  CHECK(customers[0].text == "The kettle leaks.");
  CHECK(!customers[0].reply);
  CHECK(customers[1].author == "Brandon");
  CHECK(customers[1].text == "Send it back, please.");
  CHECK(customers[1].answers == customers[0].place);
}

TEST_CASE("a review may be stars and no words", "[extract]") {
  const auto card = [](const std::string& name, const std::string& stars,
                       const std::string& words) {
    return "<div class=review><span class=author>" + name +
           "</span> <time datetime=2023-05-05>5 May</time> <span class=stars title='" + stars +
           " out of 5'></span><p class=text>" + words + "</p></div>";
  };
  const auto found = comments_of("<div class=reviews>" + card("Ana", "5", "I love my kettle.") +
                                 card("Ion", "1", "") + card("Eva", "4", "Top") + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[1].author == "Ion");
  CHECK(found[1].rating == WrittenRating{1.0, 5.0});
  CHECK(found[1].text.empty());
  CHECK(found[2].rating == WrittenRating{4.0, 5.0});
  CHECK(found[2].text == "Top");

  const auto one = comments_of("<div class=reviews>" + card("Ana", "2", "It leaks.") + "</div>");
  REQUIRE(one.size() == 1);
  CHECK(one[0].rating == WrittenRating{2.0, 5.0});
  CHECK(one[0].author == "Ana");
  CHECK(one[0].text == "It leaks.");
}

TEST_CASE("a person's picture tells the name that stands beside it in words", "[extract]") {
  const auto card = [](const std::string& name, const std::string& stars, const std::string& date,
                       const std::string& words) {
    return "<div role=listitem class=r1><div><a href=/users/show/7 aria-label=" + name +
           "><img alt=></a><div><h2 class=h1x>" + name +
           "</h2><div class=s2>3 ani pe site</div></div></div><div class=s7><span "
           "class=a8>Evaluare: " +
           stars + " stele</span><span aria-hidden=true> · </span>" + date + "</div><div><span>" +
           words + "</span></div></div>";
  };
  const auto found = comments_of(
      "<div>" + card("Ana", "5", "octombrie 2023", "Curat, cald, aproape de centru.") +
      card("Ion", "2", "septembrie 2023", "Gazda nu a răspuns la telefon.") +
      card("Eva", "4", "acum 2 săptămâni", "Frumos, însă canapeaua e tare.") + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].rating == WrittenRating{5.0, std::nullopt});
  CHECK(found[0].date == "octombrie 2023");
  CHECK(found[0].text == "Curat, cald, aproape de centru.");
  CHECK(!found[0].title);
  CHECK(found[2].date == "acum 2 săptămâni");
}

TEST_CASE("a heading may hold rating and title, and the next one the name", "[extract]") {
  const auto card = [](const std::string& head, const std::string& name, const std::string& words) {
    return "<article itemprop=review class=card><h3><span itemprop=ratingValue>" + head +
           "</span></h3><section><h4>" + name +
           "</h4><div>Traveled alone</div></section><span itemprop=datePublished>May 5, "
           "2023</span><section><span itemprop=description>" +
           words + "</span></section></article>";
  };
  const auto found = comments_of("<section>" + card("2/10 Avoid", "Ana", "The kettle leaks.") +
                                 card("10/10", "Ion", "It boils very fast.") + "</section>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].rating == WrittenRating{2.0, 10.0});
  CHECK(found[0].title == "Avoid");
  CHECK(found[0].date == "May 5, 2023");
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[1].author == "Ion");
  CHECK(!found[1].title);
  CHECK(found[1].rating == WrittenRating{10.0, 10.0});
  CHECK(found[1].text == "It boils very fast.");
}

TEST_CASE("stars may be five marks that are named full and blank", "[extract]") {
  const auto card = [](const std::string& name, int full) {
    std::string marks;
    for (int i = 0; i < 5; ++i)
      marks += std::string("<div class=point><div class=point-") + (i < full ? "full" : "blank") +
               "></div></div>";
    return "<div class=review><div class=who>" + name +
           "</div><div class=when>2023-05-05</div><div class=st>" + marks +
           "</div><p class=body>The kettle boils water.</p></div>";
  };
  const auto found = comments_of("<div>" + card("Ana", 1) + card("Ion", 4) + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].rating == WrittenRating{1.0, std::nullopt});
  CHECK(found[0].author == "Ana");
  CHECK(found[1].rating == WrittenRating{4.0, std::nullopt});
}

TEST_CASE("a review's title may lead to the review's own address", "[extract]") {
  const auto card = [](const std::string& href) {
    return "<div class=review><b class=author>Ana</b><i class=date>5 May 2023</i><div class=stars "
           "title='2 out of 5'></div><a href='" +
           href + "'><h3>Poor</h3></a><p class=text>The kettle leaks.</p></div>";
  };
  const auto found = comments_of("<div>" + card("/reviews/66ab0") + card("/kettles/k7") + "</div>");
  REQUIRE(found.size() == 2);
  CHECK(found[0].url == "/reviews/66ab0");
  CHECK(found[0].title == "Poor");
  CHECK(!found[1].url);
}

TEST_CASE("how many a review helped is its reach, and votes are no words of it", "[extract]") {
  for (const std::string votes : {"Ți-a fost utilă? Da (0) Nu (0)", "Was this review helpful? Yes",
                                  "¿Te ha sido útil? Sí (3) No"}) {
    INFO(votes);
    const auto found = comments_of(list_of(
        "<div class=useful>" + votes + "</div><div class=x>12 people found this helpful</div>"));
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
    CHECK(found[0].reach == 12);
    CHECK(!found[1].reach);
  }
  const auto loose = comments_of(
      "<div>" + review("Ana", "", "<p>The kettle leaks.</p><p>Ți-a fost utilă? Da (0)</p>") +
      review("Ion", "The lid fell off.", "") + "</div>");
  REQUIRE(loose.size() == 2);
  CHECK(loose[0].text == "The kettle leaks.");
}

TEST_CASE("when an owner answered is none of the answer", "[extract]") {
  for (const std::string answer :
       {"<div><b>Our reply:</b><p>Send it back, please.</p></div>",
        "<div class=answer-box><p class=blockquote>Nuestra respuesta:</p><p>Send it back, "
        "please.</p></div>",
        "<div class=owner-response><div>Respuesta de la empresa</div><span "
        "title='6 de mayo de 2023'>Respondido hace 2 semanas</span><div>Send it back, "
        "please.</div></div>",
        "<div class=q1><div><span>Răspuns de la proprietar</span><span>acum o săptămână</span>"
        "</div><div>Send it back, please.</div></div>"}) {
    INFO(answer);
    const auto found = comments_of(list_of(answer));
    REQUIRE(found.size() == 2);
    CHECK(found[0].text == "The kettle leaks.");
    CHECK(found[0].reply == "Send it back, please.");
  }
}

TEST_CASE("the name of what is reviewed is not its writer's", "[extract]") {
  const auto card = [](const std::string& name, const std::string& words) {
    return "<div class=cell><div class='line title'>" + name +
           "</div><div class='line time'>5/20/2023</div><div aria-label='2/5 star review' "
           "class=stars></div><div class=main-text>" +
           words + "</div><div class=product-name>Kind: Kettle 2</div></div>";
  };
  const auto found =
      comments_of("<div>" + card("Ana", "The kettle leaks.") + card("Ion", "The lid fell off.") +
                  card("Eva", "It boils very fast.") + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Ana");
  CHECK(found[0].text == "The kettle leaks.");
  CHECK(found[2].author == "Eva");
}

TEST_CASE("what another signed and dated below a review is none of its words", "[extract]") {
  const auto card = [](const std::string& name, const std::string& behind) {
    return "<div class=R1><div><div>" + name +
           "</div><div aria-label='A primit 1 din cinci stele' role=img></div>"
           "<span>20 noiembrie 2026</span></div><div>Nu pot să mă loghez.</div>" +
           behind + "</div>";
  };
  const auto found = comments_of(
      "<div>" +
      card("Sorin",
           "<div><div><div>Voltis SRL</div><div>21 noiembrie 2026</div></div><div><div>Bună, "
           "actualizați.</div></div></div>") +
      card("Crina", "") + card("Edi", "") + "</div>");
  REQUIRE(found.size() == 3);
  CHECK(found[0].author == "Sorin");
  CHECK(found[0].rating == WrittenRating{1.0, 5.0});
  CHECK(found[0].text == "Nu pot să mă loghez.");
}

}  // namespace testigo::extract
