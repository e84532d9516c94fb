#include "text/words.h"

#include <catch2/catch.hpp>

using namespace testigo::text;

namespace {

// The tokens as "kind:folded", sentences parted by "|".
std::string show(Tokenizer& tokenizer, std::string_view text) {
  constexpr std::string_view kinds = "wnu@e?!$";
  std::string out;
  std::uint32_t sentence = 0;
  for (const Token& token : tokenizer.tokenize(text)) {
    if (token.sentence != sentence) out += "| ";
    sentence = token.sentence;
    if (token.kind != TokenKind::word) {
      out += kinds[static_cast<std::size_t>(token.kind)];
      out += ':';
    }
    out += std::string(tokenizer.folded(token)) + " ";
  }
  if (!out.empty()) out.pop_back();
  return out;
}

std::string show(std::string_view text) {
  Tokenizer tokenizer;
  return show(tokenizer, text);
}

bool flag_of(std::string_view text, std::size_t index, TokenFlag flag) {
  Tokenizer tokenizer;
  return tokenizer.tokenize(text)[index].has(flag);
}

}  // namespace

TEST_CASE("search words are runs of letters and digits, folded", "[text]") {
  CHECK(folded_words("Acme's e-mail #FreeAcme 3.5 Țeapă!") ==
        std::vector<std::string>{"acme", "s", "e", "mail", "freeacme", "3", "5", "teapa"});
  CHECK(folded_words("良い品") == std::vector<std::string>{"良", "い", "品"});
  CHECK(folded_words("").empty());
  CHECK(folded_words(" ... \xFF !").empty());
  CHECK(words("¡Qué!") == std::vector<Word>{{"que", 2, 6}});
  CHECK(folded_words("so\u00ADft") == std::vector<std::string>{"soft"});
}

TEST_CASE("of ASCII only letters and digits stand in words", "[text]") {
  for (char c = 1; c > 0 && c < 0x7F; ++c) {
    const bool joins = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    CHECK(folded_words(std::string("a") + c + "b").size() == (joins ? 1 : 2));
  }
  CHECK(folded_words(std::string_view("a\0b", 3)).size() == 2);
}

TEST_CASE("packed words are those that come one by one", "[text]") {
  for (const std::string_view text :
       {"", " ", "Țeapă totală!", "so\u00ADft\u00AD", "x½良い品", "\xFF\xC8", "\u0301 a\u0301b"}) {
    const PackedWords packed = packed_words(text);
    const std::vector<Word> single = words(text);
    REQUIRE(packed.words.size() == single.size());
    std::string folded;
    for (std::size_t i = 0; i < single.size(); ++i) {
      folded += single[i].folded;
      CHECK(packed.words[i].folded_end == folded.size());
      CHECK(text.substr(single[i].begin, single[i].end - single[i].begin).size() > 0);
    }
    CHECK(packed.folded == folded);
  }
}

TEST_CASE("a search word holds no sign that its fold brings along", "[text]") {
  CHECK(folded_words("x½ ¾") == std::vector<std::string>{"x12", "34"});
}

TEST_CASE("apostrophes belong to a word and the clitic s stands alone", "[text]") {
  CHECK(show("don\u2019t It's l'hotel customers' 'quoted'") ==
        "don't it 's l'hotel customers quoted");
  CHECK(show("n-am s-a well-made") == "n am s a well made");
}

TEST_CASE("numbers, links, addresses, names and signs are tokens with a kind", "[text]") {
  CHECK(show("48hrs 3H, 20min. 4kg 2min3 5hr2") == "n:48 hrs n:3 h n:20 min | 4kg 2min3 5hr2");
  CHECK(show("4/5 for $1,200 or 50% at 10:30, 4k") ==
        "n:4/5 for $:$ n:1,200 or n:50 % at n:10:30 4k");
  CHECK(show("see https://a.example/x?q=1. Or www.acme.com, acme.com") ==
        "see u:https://a.example/x?q=1 | or u:www.acme.com u:acme.com");
  CHECK(show("a@b a@b x.") == "a b a b x");
  CHECK(show("write to me@acme.example now") == "write to u:me@acme.example now");
  CHECK(show("@Acme_Help hi") == "@:acme_help hi");
  CHECK(show("20€ a@b") == "n:20 $:€ a b");
}

TEST_CASE("stars stand for letters of a censored word", "[text]") {
  CHECK(show("sh*t F***ing bulls**t mi*rda") == "sh*t f***ing bulls**t mi*rda");
  CHECK(show("f*** this, s**") == "f*** this s**");
  CHECK(show("**bold** *great* good* 5* x*********y") == "bold great good n:5 x y");
  CHECK(show("#sh*t") == "sh t");
}

TEST_CASE("hashtags give their words", "[text]") {
  CHECK(show("#BadService #UXFail #no_go #Top10") == "bad service ux fail no go top 10");
  CHECK(flag_of("#BadService", 1, in_hashtag));
}

TEST_CASE("sentences end at marks and line breaks only", "[text]") {
  CHECK(show("Bad. Really?! Yes!!! ok") == "bad | really ?:? | yes !:! | ok");
  CHECK(show("v 3.5 is e.g. fine… so what") == "v n:3.5 is e g fine | so what");
  CHECK(show("one\ntwo") == "one | two");
  CHECK(show("a line that is long enough to have been wrapped by some program\nand goes on") ==
        "a line that is long enough to have been wrapped by some program and goes on");
  CHECK(show("bad.Never again") == "bad | never again");
}

TEST_CASE("emoji keep together and symbols are given by the caller", "[text]") {
  CHECK(show("ok👍🏽 ❤️🇪🇸") == "ok e:👍 e:❤ e:🇪🇸");
  const std::array<std::string_view, 3> symbols = {":)", ":-)", "xD"};
  Tokenizer tokenizer(symbols);
  CHECK(show(tokenizer, "good:) :-) xD maxD fixDone") == "good e::) e::-) e:xD maxd fixdone");
}

TEST_CASE("flags say how a word was written and what stood before it", "[text]") {
  CHECK(flag_of("so BAD", 1, all_caps));
  CHECK_FALSE(flag_of("I am", 0, all_caps));
  CHECK(flag_of("soooo good", 0, elongated));
  CHECK(flag_of("good, bad", 1, after_comma));
  CHECK(flag_of("good - bad", 1, after_comma));
  CHECK(flag_of("well-made", 1, after_hyphen));
  CHECK(flag_of("> said he", 1, quoted_line));
  CHECK(flag_of("MĂRȚIȘOR", 0, all_caps));
}

TEST_CASE("token spans lie on character borders of hostile text", "[text]") {
  Tokenizer tokenizer;
  for (const std::string_view text :
       {"\xFF\xFE", "a\xC3", "\xE2\x80", "\xF0\x9F\x98", "#\xFF", "@\xC3\xB1", "'''",
        "\u0301\u0301", "\u200B\u200B", "http://", "www.", "a@", "$", "\xF0\x9F\x87\xAA", "\u2019s",
        "x\u2019s"}) {
    for (const Token& token : tokenizer.tokenize(text)) {
      CHECK(token.begin < token.end);
      CHECK(token.end <= text.size());
    }
  }
  CHECK(tokenizer.tokenize("").empty());
  const std::string long_word(1000, 'a');
  CHECK(tokenizer.tokenize(long_word).size() == 5);
}

TEST_CASE("every byte before, within and after a word is got past", "[text]") {
  Tokenizer tokenizer;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const std::string text = one + "a" + one + one + "#" + one + "b" + one;
    for (const Token& token : tokenizer.tokenize(text)) CHECK(token.end <= text.size());
  }
}

TEST_CASE("vertical tabs and form feeds end a line", "[text]") {
  Tokenizer tokenizer;
  for (const std::string_view text : {"good\vbad", "good\fbad", "good\r\nbad"})
    CHECK(tokenizer.tokenize(text)[1].has(starts_sentence));
}
