#include "render/explain.h"

#include <catch2/catch.hpp>
#include <sstream>

using namespace testigo;
using namespace testigo::render;

namespace {

Underline under(std::string_view text, std::string_view words, std::string label) {
  const auto begin = text.find(words);
  REQUIRE(begin != std::string_view::npos);
  return {{begin, begin + words.size()}, std::move(label), Style::bad};
}

// Drawn from the second line on, so that the drawing stands straight in the test.
std::string drawn(std::string_view text, std::vector<Underline> underlines, std::size_t width,
                  std::size_t max_lines = 6) {
  return "\n" + render_explained(text, std::move(underlines), {width, false}, max_lines);
}

}  // namespace

TEST_CASE("reasons stand under their words", "[render]") {
  const std::string text = "Nu recomand nimănui, țeapă totală";
  CHECK(drawn(text,
              {under(text, "țeapă", "ro.lex.teapa +2.00"),
               under(text, "Nu recomand", "ro.act.nu-recomand +2.40")},
              80) == R"(
Nu recomand nimănui, țeapă totală
^^^^^^^^^^^                        ro.act.nu-recomand +2.40
                     ^^^^^         ro.lex.teapa +2.00
)");
}

TEST_CASE("carets are as wide as what they underline", "[render]") {
  const std::string text = "日本 e\u0301te\u0301 😡 bad";
  CHECK(drawn(text,
              {under(text, "日本", "a"), under(text, "e\u0301te\u0301", "b"), under(text, "😡", "c"),
               under(text, "bad", "d")},
              80) ==
        "\n日本 e\u0301te\u0301 😡 bad\n"
        "^^^^             a\n"
        "     ^^^         b\n"
        "         ^^      c\n"
        "            ^^^  d\n");
}

TEST_CASE("text is wrapped and each line has its own reasons", "[render]") {
  const std::string text = "I waited three weeks for the parcel and nobody ever answered my mail.";
  CHECK(drawn(text, {under(text, "waited three weeks", "wait"), under(text, "nobody", "silence")},
              60) == R"(
I waited three weeks for the parcel and nobody ever
  ^^^^^^^^^^^^^^^^^^                                 wait
                                        ^^^^^^       silence
answered my mail.
)");
}

TEST_CASE("a narrow terminal has labels behind or below the carets", "[render]") {
  const std::string text = "Nu recomand nimănui, e țeapă";
  CHECK(drawn(text, {under(text, "Nu recomand", "act.no +2"), under(text, "țeapă", "lex.teapa")},
              30) == R"(
Nu recomand nimănui, e țeapă
^^^^^^^^^^^ act.no +2
                       ^^^^^
                     lex.teapa
)");
}

TEST_CASE("a reason across two lines is drawn on both and named once", "[render]") {
  const std::string text = "it is not very good at all";
  CHECK(drawn(text, {under(text, "very good at", "r")}, 21) == R"(
it is not very good
          ^^^^^^^^^ r
at all
^^
)");
}

TEST_CASE("of a long text the lines with reasons are shown", "[render]") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "word " + std::to_string(i) + " ";
  text.insert(700, "terrible ");
  const std::string out = drawn(text, {under(text, "terrible", "r")}, 40, 3);
  std::istringstream lines(out.substr(1));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  REQUIRE(all.size() == 4);
  CHECK(all[0] == "…");
  CHECK(all[1].find("terrible") != std::string::npos);
  CHECK(all[2].find("^^^^^^^^ r") != std::string::npos);
  CHECK(all[3] == "…");
}

TEST_CASE("hostile text stays under its carets", "[render]") {
  const std::string text = "\x1b[2J\u202E very\u200B bad\nthing \xFF";
  CHECK(drawn(text, {under(text, "bad\nthing", "r")}, 80) ==
        "\n\uFFFD[2J\uFFFD very bad thing \uFFFD\n"
        "           ^^^^^^^^^    r\n");
}

TEST_CASE("spans outside the text are left out or cut", "[render]") {
  CHECK(drawn("bad",
              {{{1, 99}, "a", Style::plain},
               {{50, 60}, "b", Style::plain},
               {{2, 2}, "c", Style::plain}},
              80) == "\nbad\n ^^  a\n");
  CHECK(drawn("", {{{0, 1}, "a", Style::plain}}, 80) == "\n\n");
  CHECK(drawn(" \n ", {{{0, 1}, "a", Style::plain}}, 80) == "\n\n^ a\n");
}

TEST_CASE("words longer than a line are cut", "[render]") {
  CHECK(drawn(std::string(45, 'x'), {}, 20) == "\n" + std::string(20, 'x') + "\n" +
                                                   std::string(20, 'x') + "\n" +
                                                   std::string(5, 'x') + "\n");
}

TEST_CASE("the strongest reasons of an axis are underlined, each once", "[render]") {
  const std::vector<Reason> why = {
      {Axis::tag, "complaint", "a", Field::text, TextSpan{0, 3}, 1.0},
      {Axis::tag, "complaint", "a", Field::text, TextSpan{0, 3}, -2.0},
      {Axis::tag, "advocacy", "b", Field::text, TextSpan{4, 6}, 1.5},
      {Axis::tag, "complaint", "bias", Field::text, std::nullopt, 9.0},
      {Axis::tag, "complaint", "t", Field::title, TextSpan{0, 1}, 9.0},
      {Axis::act, "warn", "c", Field::text, TextSpan{0, 1}, 9.0}};
  const auto any = underlines_of(why, Axis::tag, "", Field::text);
  REQUIRE(any.size() == 2);
  CHECK(any[0].label == "a -2.00");
  CHECK(any[1].label == "b +1.50");
  CHECK(any[1].style == Style::good);
  CHECK(underlines_of(why, Axis::tag, "complaint", Field::text).size() == 1);
  CHECK(underlines_of(why, Axis::tag, "", Field::text, 1).size() == 1);
}

TEST_CASE("an excerpt is cut around its first hit", "[render]") {
  const std::string text =
      "A very long story about nothing and then the parcel was late again, sadly";
  const std::vector<TextSpan> hits = {{text.find("parcel"), text.find("parcel") + 6}};
  CHECK(excerpt(text, hits, 30, {80, false}) == "…the parcel was late again, s…");
  CHECK(excerpt("short parcel", std::vector<TextSpan>{{6, 12}}, 30, {80, true}) ==
        "short \x1b[1mparcel\x1b[0m");
  CHECK(excerpt("", {}, 30, {}).empty());
  CHECK(excerpt("a\x1b[2J", {}, 30, {}) == "a\uFFFD[2J");
}
