#include "query/parse.h"

#include <catch2/catch.hpp>
#include <string>

using namespace testigo;
using namespace testigo::query;

namespace {

std::string shown(std::string_view text) {
  const auto query = parse_query(text);
  return query ? show(query->root) : describe(query.error());
}

std::string error_of(std::string_view text) {
  const auto query = parse_query(text);
  REQUIRE_FALSE(query.has_value());
  return describe(query.error());
}

}  // namespace

TEST_CASE("words, phrases and wildcards are folded", "[query]") {
  CHECK(shown("Țepapă") == R"("tepapa")");
  CHECK(shown("\"Acme  Cloud\"") == R"("acme cloud")");
  CHECK(shown("acme-cloud") == R"("acme cloud")");
  CHECK(shown("dezamăg*") == R"("dezamag*")");
  CHECK(shown("\"acme clo*\"") == R"("acme clo*")");
  CHECK(shown("{Acme Cloud}") == "{Acme Cloud}");
  CHECK(shown("#Acme") == "#acme");
  CHECK(shown("@acme") == "@acme");
  CHECK(shown("“acme cloud”") == R"("acme cloud")");
  CHECK(shown("\xC2\xA0"
              "acme\t\n") == R"("acme")");
}

TEST_CASE("NOT binds tighter than AND, and AND tighter than OR", "[query]") {
  CHECK(shown("a b") == R"(("a" AND "b"))");
  CHECK(shown("a AND b OR c AND d") == R"((("a" AND "b") OR ("c" AND "d")))");
  CHECK(shown("a b OR c d") == R"((("a" AND "b") OR ("c" AND "d")))");
  CHECK(shown("a AND NOT b OR c") == R"((("a" AND NOT "b") OR "c"))");
  CHECK(shown("a AND (b OR c)") == R"(("a" AND ("b" OR "c")))");
  CHECK(shown("NOT NOT a") == R"(NOT NOT "a")");
  CHECK(shown("a and b") == R"(("a" AND "and" AND "b"))");
}

TEST_CASE("what narrows at one edge of an OR narrows all of it", "[query]") {
  CHECK(shown(R"("acme cloud" OR acmecloud NOT "acme corporation")") ==
        R"((("acme cloud" OR "acmecloud") AND NOT "acme corporation"))");
  CHECK(shown("acme OR globex lang:es tag:complaint") ==
        R"((("acme" OR "globex") AND lang:"es" AND tag:"complaint"))");
  CHECK(shown("lang:es acme OR globex") == R"((("acme" OR "globex") AND lang:"es"))");
  CHECK(shown("acme OR globex (lang:es OR lang:ro)") ==
        R"((("acme" OR "globex") AND (lang:"es" OR lang:"ro")))");
}

TEST_CASE("what narrows several alternatives stays with each", "[query]") {
  CHECK(shown("acme lang:es OR globex lang:en") ==
        R"((("acme" AND lang:"es") OR ("globex" AND lang:"en")))");
  CHECK(shown("a OR b AND NOT c") == R"(("a" OR ("b" AND NOT "c")))");
  CHECK(shown("a OR b AND lang:es") == R"(("a" OR ("b" AND lang:"es")))");
  CHECK(shown("a OR lang:es") == R"(("a" OR lang:"es"))");
  CHECK(shown("a OR (b NOT c)") == R"(("a" OR ("b" AND NOT "c")))");
}

TEST_CASE("NEAR takes words, phrases and groups of them", "[query]") {
  CHECK(shown("a NEAR/5 b") == R"(("a" NEAR/5 "b"))");
  CHECK(shown("a ONEAR b") == R"(("a" ONEAR/10 "b"))");
  CHECK(shown("(a OR \"b c\") NEAR/0 d*") == R"((("a" OR "b c") NEAR/0 "d*"))");
  CHECK(shown("a NEAR/1 b NEAR/2 c") == R"((("a" NEAR/1 "b") NEAR/2 "c"))");
  CHECK(shown("x a NEAR/1 b") == R"(("x" AND ("a" NEAR/1 "b")))");
  CHECK(shown("NEARBY") == R"("nearby")");
}

TEST_CASE("fields take names, aliases, days and stars", "[query]") {
  CHECK(shown("LANG:ES") == R"(lang:"es")");
  CHECK(shown("stage:lmot") == R"(stage:"umot")");
  CHECK(shown("stage:<zmot") == R"(stage:"pre_zmot")");
  CHECK(shown("rating:<3") == R"(rating:"<3")");
  CHECK(shown("rating:>=4.5") == R"(rating:">=4.5")");
  CHECK(shown("since:2026-01-01 until:2026-01-31") ==
        R"((since:"2026-01-01" AND until:"2026-01-31"))");
  CHECK(shown("author:\"Jane Doe\"") == R"(author:"Jane Doe")");
  CHECK(shown("site:https://www.Example.com/a?b") == R"(site:"example.com")");
  CHECK(shown("10:30") == R"("10 30")");
  CHECK(shown("https://acme.example/x") == R"("https acme example x")");
}

TEST_CASE("a query as shown reads back as the same tree", "[query]") {
  for (const auto* text :
       {"a", "#acme-cloud", "{Acme}", "a OR b NOT c", "NOT (a OR b) c", "(a NEAR/3 b) ONEAR/2 c*",
        "lang:es rating:<=2.5 OR x", "\"a b*\" OR (c AND (d OR e)) AND author:'x'"}) {
    const auto query = parse_query(text);
    REQUIRE(query.has_value());
    const auto again = parse_query(show(query->root));
    REQUIRE(again.has_value());
    CHECK(again->root == query->root);
  }
}

TEST_CASE("an unknown field is underlined and mended", "[query]") {
  CHECK(error_of("acme langg:es") ==
        "query:6: unknown field 'langg'; did you mean 'lang'?\n"
        "  acme langg:es\n"
        "       ^^^^^");
  CHECK(error_of("țeapă tag:complant") ==
        "query:11: 'complant' is no tag; did you mean 'complaint'?\n"
        "  țeapă tag:complant\n"
        "            ^^^^^^^^");
  CHECK(error_of("re:invent").find("write \"re:invent\"") != std::string::npos);
  CHECK(error_of("tag:xyzzyx").find("one of advocacy complaint mixed question other") !=
        std::string::npos);
}

TEST_CASE("each broken query says where and what", "[query]") {
  CHECK(error_of("") == "query:1: the query is empty\n  \n  ^");
  CHECK(error_of("(a") == "query:1: '(' without ')' behind it\n  (a\n  ^");
  CHECK(error_of("a)") == "query:2: ')' without '(' before it\n  a)\n   ^");
  CHECK(error_of(")a") == "query:1: ')' without '(' before it\n  )a\n  ^");
  CHECK(error_of("a OR") == "query:3: 'OR' needs a term behind it\n  a OR\n    ^^");
  CHECK(error_of("a OR OR b") == "query:3: 'OR' needs a term behind it\n  a OR OR b\n    ^^");
  CHECK(error_of("AND a").find("begins with an operator") != std::string::npos);
  CHECK(error_of("()").find("nothing in the brackets") != std::string::npos);
  CHECK(error_of("\"a").find("no partner") != std::string::npos);
  CHECK(error_of("{a").find("without '}'") != std::string::npos);
  CHECK(error_of("-a").find("write NOT a") != std::string::npos);
  CHECK(error_of("a & b").find("no word to search for") != std::string::npos);
  CHECK(error_of("w*d").find("only at the end") != std::string::npos);
  CHECK(error_of("*").find("no word to search for") != std::string::npos);
  CHECK(error_of("a NEAR/x b").find("NEAR/5") != std::string::npos);
  CHECK(error_of("a NEAR/101 b").find("from 0 to 100") != std::string::npos);
  CHECK(error_of("a NEAR lang:es").find("nothing else") != std::string::npos);
  CHECK(error_of("lang: es").find("without a blank") != std::string::npos);
  CHECK(error_of("since:yesterday").find("since:2026-01-31") != std::string::npos);
  CHECK(error_of("rating:good").find("rating:<3") != std::string::npos);
  CHECK(error_of("rating:inf").find("rating:<3") != std::string::npos);
}

TEST_CASE("limits are limits, not crashes", "[query]") {
  const auto code = [](const std::string& text) { return parse_query(text).error().code; };
  CHECK(code(std::string(100'000, 'a')) == Errc::limit_exceeded);
  CHECK(code(std::string(5'000, '(')) == Errc::limit_exceeded);
  std::string nots;
  std::string nears = "a";
  std::string words;
  for (int i = 0; i < 3'000; ++i) {
    nots += "NOT ";
    nears += " NEAR b";
    words += "w ";
  }
  CHECK(code(nots + "a") == Errc::limit_exceeded);
  CHECK(code(nears) == Errc::limit_exceeded);
  CHECK(code(words) == Errc::limit_exceeded);
  CHECK(code("a \xFF") == Errc::malformed);
}

TEST_CASE("a long query is drawn around the spot, without control characters", "[query]") {
  const std::string text = std::string(500, 'a') + "\x1b[31m langg:es " + std::string(500, 'b');
  const std::string error = error_of(text);
  CHECK(error.find('\x1b') == std::string::npos);
  CHECK(error.find("langg:es") != std::string::npos);
  CHECK(error.size() < 400);
}
