#include "extract/plain.h"

#include <catch2/catch.hpp>

namespace testigo::extract {

TEST_CASE("markup becomes the text that a reader sees", "[extract]") {
  CHECK(plain_text("<p>One &amp; two</p><p>three<br>four</p><script>x()</script>", Markup::html) ==
        "One & two\n\nthree\nfour");
  CHECK(plain_text("[h1]Great[/h1] [url=https://a.example]here[/url] [1] [b]so[/b]",
                   Markup::bbcode) == "Great\nhere [1] so");
  CHECK(plain_text("> quoted words\r\nSee **this**\r\n>> older", Markup::markdown) == "See this");
  CHECK(plain_text("a < b <i>c</i>", Markup::none) == "a < b <i>c</i>");
}

TEST_CASE("HTML is known by a line break or a pair of tags", "[extract]") {
  CHECK(looks_like_html("Boils fast.<br>Leaks."));
  CHECK(looks_like_html("<p>It <em>leaks</em></p>"));
  CHECK(looks_like_html("see <A HREF='/x'>this</A>"));
  CHECK_FALSE(looks_like_html("I <3 it, 1 < 2 > 0, use the <b> tag, <foo>x</foo>, List<String>"));
  CHECK_FALSE(looks_like_html("<br"));
}

TEST_CASE("a sign that opens no tag stays a sign", "[extract]") {
  CHECK(plain_text("1 < 2, and a link begins with <a href=", Markup::html) ==
        "1 < 2, and a link begins with <a href=");
  CHECK(plain_text("I <3 it", Markup::html) == "I <3 it");
}

TEST_CASE("what is not UTF-8, not NFC or of another system's lines is put right", "[extract]") {
  CHECK(plain_text("caf\xC3\xA9 \xFF", Markup::none) == "café \xEF\xBF\xBD");
  CHECK(plain_text("cafe\xCC\x81", Markup::none) == "café");
  CHECK(plain_text(" one\r\ntwo\rthree ", Markup::none) == "one\ntwo\nthree");
  CHECK(plain_text("don\xC2\x92t", Markup::none) == "don’t");
}

TEST_CASE("only web addresses are links", "[extract]") {
  CHECK(absolute_url("/b?c", "https://a.example/x") == "https://a.example/b?c");
  CHECK(absolute_url("https://a.example", "") == "https://a.example/");
  CHECK(absolute_url("javascript:alert(1)", "https://a.example/") == std::nullopt);
  CHECK(absolute_url("mailto:x@a.example", "https://a.example/") == std::nullopt);
  CHECK(absolute_url("relative", "") == std::nullopt);
  CHECK(absolute_url(" ", "https://a.example/") == std::nullopt);
}

TEST_CASE("where a line may break is no letter", "[extract]") {
  CHECK(plain_text("A prod\u00ADuct that lasts\u00AD", Markup::none) == "A product that lasts");
  CHECK(plain_text("<p>prod&shy;uct</p>", Markup::html) == "product");
}

}  // namespace testigo::extract
