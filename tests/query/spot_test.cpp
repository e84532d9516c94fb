#include "query/spot.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::query;

TEST_CASE("an error about a filter is drawn under it", "[query]") {
  const std::string text = "\"brand:amce\" OR brand:amce lang:en";
  const auto parsed = parse_query("brand:amce");
  REQUIRE(parsed);
  const Error error = error_at_filter(text, parsed->root.filter, "unknown", Errc::not_found);
  CHECK(error.what == "unknown\n  " + text + "\n  " + std::string(16, ' ') + std::string(10, '^'));
  CHECK(error.where == "query:17");
  CHECK(error_at_filter("lang:en", parsed->root.filter, "unknown", Errc::not_found).where ==
        "query");
}

TEST_CASE("words that look like operators are told, others are not", "[query]") {
  CHECK(likely_slips("slow or late") ==
        std::vector<std::string>{"\"or\" is a word here; the operator is OR"});
  CHECK(likely_slips("late NER/3 parcel") ==
        std::vector<std::string>{"\"NER/3\" is a word here; the operator is NEAR/3"});
  CHECK(likely_slips("late near/3 parcel").size() == 1);
  CHECK(likely_slips("late NEAR/3 parcel OR 24/7 PS/2 USER/3 NOT \"or\" order").empty());
  CHECK(likely_slips("((").empty());
}
