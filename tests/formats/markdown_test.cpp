#include "formats/markdown.h"

#include <catch2/catch.hpp>

namespace testigo::formats {

TEST_CASE("what was written to be shown otherwise is not shown so", "[formats]") {
  CHECK(text_of_markdown("f**k it, s***! 2*3*4, 5 * 3 * 2, snake_case_name, a ~ b ~ c") ==
        "f**k it, s***! 2*3*4, 5 * 3 * 2, snake_case_name, a ~ b ~ c");
  CHECK(text_of_markdown(R"(\*not so\*, C:\temp, [SOLVED] [x](some words), I <3 <foo>)") ==
        R"(*not so*, C:\temp, [SOLVED] [x](some words), I <3 <foo>)");
  CHECK(text_of_markdown("#hashtag and #12\n-5 degrees\n1984. A year") ==
        "#hashtag and #12\n-5 degrees\n1984. A year");
  CHECK(text_of_markdown("a `*b*` [ ]( ]( ![ ** __ ~~") == "a *b* [ ]( ]( ![ ** __ ~~");
}

TEST_CASE("marks of emphasis go, the words stay", "[formats]") {
  CHECK(text_of_markdown("**Great** _little_ ***kettle***, ~~not~~ __quiet__ *and **hot***.") ==
        "Great little kettle, not quiet and hot.");
  CHECK(text_of_markdown("*over\ntwo lines*") == "over\ntwo lines");
  CHECK(text_of_markdown("**很好**的水壶") == "很好的水壶");
  CHECK(text_of_markdown("*open\n\nnext* one") == "*open\n\nnext* one");
}

TEST_CASE("of links the words stay, of pictures nothing", "[formats]") {
  CHECK(text_of_markdown(
            "[Acme *mini*](https://a.example/b_(c) \"t\") ![x.png](https://i.example)") ==
        "Acme mini");
  CHECK(text_of_markdown("[![badge](https://i.example)](https://a.example)boils") == "boils");
  CHECK(text_of_markdown("See [the docs][Docs], [docs] and <https://a.example>.\n\n"
                         "[docs]: https://docs.example \"title\"") ==
        "See the docs, docs and https://a.example.");
}

TEST_CASE("headings, lists, rules and tables are lines of words", "[formats]") {
  CHECK(text_of_markdown(
            "# Kettle #\ntext\n\nPros\n====\n- one\n* [x] two\n  goes on\n1. three\n---\nend") ==
        "Kettle\n\ntext\n\nPros\n\none\ntwo\ngoes on\n1. three\n\nend");
  CHECK(text_of_markdown("| Model | *Price* |\n|:--|--:|\n| A \\| B | 20 |\n\na | b") ==
        "Model Price\nA | B 20\n\na | b");
}

TEST_CASE("code stays as it stands, without its fences", "[formats]") {
  CHECK(text_of_markdown("It says\n```sh\n$ boil --all *\n> <b>hot</b>\n```\nand stops") ==
        "It says\n\n$ boil --all *\n> <b>hot</b>\n\nand stops");
  CHECK(text_of_markdown("So:\n\n    a *b* c\n\ndone") == "So:\n\na *b* c\n\ndone");
  CHECK(text_of_markdown("```\nnever closed") == "never closed");
  CHECK(text_of_markdown(" \tx\n\tyz") == "x\nyz");
}

TEST_CASE("quoted lines are another's, spoilers are not", "[formats]") {
  CHECK(text_of_markdown("> It broke.\n>> Oh.\nMine holds.\n- > and\n- this") ==
        "Mine holds.\n\nthis");
  CHECK(text_of_markdown("The end is >!he dies!<.\n>!All hidden!<\nYes >! no") ==
        "The end is he dies.\nAll hidden\nYes >! no");
  CHECK(text_of_markdown("::: spoiler The end\nHe dies.\n:::\nOh") == "The end\nHe dies.\n\nOh");
}

TEST_CASE("lists keep the numbers that they were given", "[formats]") {
  CHECK(text_of_markdown("3. three\n4. four\n   - so\n\n1) one") ==
        "3. three\n4. four\nso\n1. one");
  CHECK(text_of_markdown("1. loose\n\n2. and\n\n   so") == "1. loose\n\n2. and\n\nso");
}

TEST_CASE("HTML and comments within Markdown are taken out", "[formats]") {
  CHECK(text_of_markdown("<!-- Fill in\nall of it -->\nIt <b>leaks</b>.<br>Often&nbsp;&amp; "
                         "much\n\n&#x200B;\n\n<details><summary>Log</summary>none</details>") ==
        "It leaks.\nOften & much\n\nLog\nnone");
  CHECK(text_of_markdown("a <!-- never closed\nb") == "a <!-- never closed\nb");
}

}  // namespace testigo::formats
