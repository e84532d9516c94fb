#include "extract/own_words.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <iterator>

#include "extract/plain.h"
#include "extract/quotes.h"
#include "text/normalize.h"

using testigo::extract::OwnWords;

namespace {

const OwnWords& built_in() {
  static const OwnWords words = [] {
    const std::string path = "rules/shared/texts/own_words.tsv";
    std::ifstream file(std::string(TESTIGO_SOURCE_DIR) + "/" + path);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    OwnWords one;
    const auto added = one.add(path, bytes);
    if (!added) FAIL(describe(added.error()));
    return one;
  }();
  return words;
}

std::string own(std::string text) { return built_in().of(std::move(text)); }

}  // namespace

TEST_CASE("every phrase cuts what its example says, and leaves the other whole", "[extract]") {
  REQUIRE(built_in().rows().size() > 80);
  for (const OwnWords::Row& row : built_in().rows()) {
    std::string whole;
    std::string left;
    bool inside = false;
    for (const char c : row.cut_example) {
      if (c == '{' || c == '}') {
        inside = c == '{';
        continue;
      }
      whole += c;
      if (!inside) left += c;
    }
    INFO(row.where << " " << row.phrase);
    CHECK(own(whole) == testigo::text::trim(left));
    CHECK(own(row.whole_example) == row.whole_example);
  }
}

TEST_CASE("what forums and blogs put below a feed's entry is cut", "[extract]") {
  CHECK(own("Mine leaks.\n\nStatistics: Posted by ben — Mon Nov 02, 2026 11:00 am — Replies 4") ==
        "Mine leaks.");
  CHECK(own("It takes hours.\n\n12 posts - 7 participants\n\nRead full topic") ==
        "It takes hours.");
}

TEST_CASE("a link to the rest of a feed's text is cut with the title that it names", "[extract]") {
  for (const std::string link :
       {" Continue reading “Why I left”", " Continue reading Why I left →", " Read more »",
        " Read more about “Why I left” »", " Leer más: \"Por qué me fui\"",
        " Seguir leyendo Por qué →", " Citește mai mult „De ce am plecat”",
        " Citește continuarea “De ce… am plecat”", "] Continue reading 'Why I left'"}) {
    INFO(link);
    CHECK(own("It leaked on the first day and …" + link)
              .starts_with("It leaked on the first day and …"));
    CHECK(own("It leaked on the first day and …" + link).size() < 40);
    if (link[0] == ' ') CHECK(own("It leaked.\n\n" + link.substr(1)) == "It leaked.");
  }
  const auto titled = [](const std::string& text) {
    return built_in().of(text, "Why I left Acme");
  };
  CHECK(titled("It leaked and … Continue reading Why I Left Acme") == "It leaked and …");
  CHECK(titled("It leaked.\nRead more about Why I left Acme") == "It leaked.");
  CHECK(titled("Leer más sobre why i left acme") == "Leer más sobre why i left acme");
  for (const std::string whole :
       {"I wish I could read more about “Kettles”", "It leaks… I read more about it in “Kettles”",
        "It leaks.\nRead more books, they say", "It leaks … more “Kettles”",
        "It leaks … read more about it in the manual", "You can continue reading Why I left Acme"})
    CHECK(titled(whole) == whole);
}

TEST_CASE("quotations of mail and forums go with the line that says whose they are", "[extract]") {
  CHECK(own("On Mon, 5 Jan 2026 at 10:00, Ana Pop <ana@shop.example>\nwrote:\n> We are sorry.\n>\n"
            "> Ana\n\nSorry does not mend it.") == "Sorry does not mend it.");
  CHECK(own("Sorry does not mend it.\n\nOn Mon, 5 Jan 2026 at 10:00, Ana <ana@shop.example> "
            "wrote:\n\n"
            "We are sorry.\nAna") == "Sorry does not mend it.");
  CHECK(own("> first\nanswer\n>> second\nanother") == "answer\nanother");
  CHECK(own("Maria P. wrote:\nThe hinge broke.\nTwice.\n\nNot mine.") == "Not mine.");
  CHECK(own("[quote=\"Ana, post:3\"]Worst ever. [quote]No[/quote] Yes.[/quote]\nI like it.") ==
        "I like it.");
  CHECK(own("[QUOTE=Ana;12]Worst.[/QUOTE]I like it.") == "I like it.");
}

TEST_CASE("what only begins like a quotation stays", "[extract]") {
  for (const char* text : {"Broke in a week\n>:( never again", "Waited\n> 5 days for it",
                           "My sister wrote:\nNever buy it.", "From: the box\nto: my desk",
                           "It is fast -- very\n--fast", "[quote me on this] it breaks", "--", "",
                           ">", "-----Original Message-----\nFrom: Ana\nBroken."})
    CHECK(own(text) == text);
  CHECK(own("[quote]never closed") == "never closed");
}

TEST_CASE("marks for machines before the words go, names behind them stay", "[extract]") {
  CHECK(own("[[VIDEOID:abc]] It leaks.") == "It leaks.");
  CHECK(own("[[VIDEOID:4f1c]][[ASIN:B00X1]]\nIt leaks.") == "It leaks.");
  CHECK(own("[[ASIN:B004 Blue Kettle]] leaks.") == "Blue Kettle leaks.");
  CHECK(own("[[VIDEOID:4f1c]]").empty());
  for (const char* text : {"[[citation needed]] It leaks.", "[[Note:x]] It leaks.", "[[A:",
                           "It leaks [[VIDEOID:4f1c]].", "[[NOTE: x]] It leaks.", "[[:x]] y"})
    CHECK(own(text) == text);
}

TEST_CASE("a first line that says who is answered is no word of the answer", "[extract]") {
  CHECK(own("In reply to ana_pop.\n\nSend it back.") == "Send it back.");
  CHECK(own("in reply to Ana Maria Pop:\nSend it back.") == "Send it back.");
  for (const char* text : {"In reply to Ana Pop.", "In reply to what Ana said of it.\nIt leaks.",
                           "In reply to Ana I sent it back, and they mended it.\nGood."})
    CHECK(own(text) == text);
}

TEST_CASE("lines that a feed adds to an entry are nobody's words", "[extract]") {
  CHECK(own("It leaks.\n\nsubmitted by /u/ana_pop\n[link] [comments]") == "It leaks.");
  CHECK(own("It leaks.\n\nsubmitted by /u/ana_pop to r/kettles [link] [comments]") == "It leaks.");
  CHECK(own("submitted by /u/ana_pop\n[link] [comments]").empty());
  CHECK(own("Comments").empty());
  CHECK(own("It leaks, says this [link]\nand that.") == "It leaks, says this [link]\nand that.");
  CHECK(own("Bad kettle[link]") == "Bad kettle[link]");
}

TEST_CASE("a text of nothing but another's words stays whole", "[extract]") {
  CHECK(own("> It broke in a week.\n> Twice.") == "> It broke in a week.\n> Twice.");
  CHECK(own("[quote]It broke.[/quote]") == "[quote]It broke.[/quote]");
  CHECK(own("Sent from my iPhone") == "Sent from my iPhone");
  CHECK(own("Read more") == "Read more");
}

TEST_CASE("signatures, and what a page adds, go from the end in any order", "[extract]") {
  CHECK(own("It works.\n-- \nAna Pop\nQuarry Street") == "It works.");
  CHECK(own("It works. Sent from my iPhone") == "It works.");
  CHECK(own("It works.\n\n_________________\nTea is life") == "It works.");
  CHECK(own("Good:\n_____\nThe lid") == "Good:\n_____\nThe lid");
  CHECK(own("It works …more\n\nTrimis de pe iPhone-ul meu") == "It works …");
  CHECK(own("It works. [...] (Read more)") == "It works. [...]");
  CHECK(own("It works\nRead more »") == "It works");
  CHECK(own("It leaks from the spout on every single day since I have it. Read more…") ==
        "It leaks from the spout on every single day since I have it.");
  CHECK(own("Gotea. Leer más »") == "Gotea.");
  CHECK(own("It leaks […]\nThe post Kettles, and why appeared first on Tea & Co.") ==
        "It leaks […]");
  CHECK(own("Curge. Citește mai mult →") == "Curge.");
  CHECK(own("You should. Read more.") == "You should. Read more.");
  CHECK(
      own("Sent from my iPhone, this mail took the shop nine days to answer, and then they did not "
          "read it") ==
      "Sent from my iPhone, this mail took the shop nine days to answer, and then "
      "they did not read it");
}

TEST_CASE("of a text and its translation the text is kept, in whatever order", "[extract]") {
  CHECK(own("(Translated by Google) A nice place\n\n(Original)\nUn sitio bonito") ==
        "Un sitio bonito");
  CHECK(own("Un sitio bonito\n\n(Translated by Google)\nA nice place") == "Un sitio bonito");
  CHECK(own("(Original) Un sitio bonito\n\n(Translated by Google) A nice place") ==
        "Un sitio bonito");
  CHECK(own("(Translated by Google) A nice place") == "A nice place");
}

TEST_CASE("hostile texts take time by their length only", "[extract]") {
  constexpr std::size_t times = 50'000;
  for (const char* part : {">", "> a\n", "[quote]", "[/quote]", "(", "((Original) ", "a wrote:\n",
                           "\n", "From: a\n", "--\n", "... more ", "a: Sent from my "}) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    const auto begin = std::chrono::steady_clock::now();
    CHECK(own(text).size() <= text.size());
    INFO(part);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));
  }
}

TEST_CASE("a table that is wrong says where", "[extract]") {
  OwnWords words;
  const auto error_of = [&](std::string_view line) {
    const auto added = words.add("t.tsv", line);
    return added ? std::string("none") : added.error().where;
  };
  CHECK(error_of("# c\nnokind\tx\ta{b}\tc\thand") == "t.tsv:2");
  CHECK(error_of("more\t\ta{b}\tc\thand") == "t.tsv:1");
  CHECK(error_of("more\tx\tab\tc\thand") == "t.tsv:1");
  CHECK(error_of("more\tx\n").starts_with("t.tsv:1"));
}

TEST_CASE("quotations in BBCode go before its tags do", "[extract]") {
  using namespace testigo::extract;
  CHECK(plain_text("[quote=Ana]Worst.[/quote][b]I like it.[/b]", Markup::bbcode) == "I like it.");
  CHECK(without_quote_tags("a [quote]b [quote=\"x\"]c[/quote] d[/quote] e") == "a \n e");
  CHECK_FALSE(has_quote_tags("[quotes] [quote"));
}
