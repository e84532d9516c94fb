#include "insight/coverage.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::insight;

namespace {

CoverageCounts counts(std::string source, std::int64_t asked, std::int64_t blocked,
                      std::int64_t failed) {
  CoverageCounts made;
  made.run = 1;
  made.brand = BrandId("acme");
  made.source = SourceId(std::move(source));
  made.asked = asked;
  made.blocked = blocked;
  made.failed = failed;
  return made;
}

}  // namespace

TEST_CASE("coverage is what came back of all there was to ask", "[insight]") {
  std::vector rows = {counts("forum", 8, 2, 0), counts("shop", 10, 0, 5)};
  rows[0].reasons = {{"robots", 2}};
  const CoverageSummary all = summarize(rows);
  CHECK(all.counts.asked == 18);
  CHECK(*all.seen == Approx(13.0 / 20.0));
  CHECK(all.partial);
}

TEST_CASE("a robots refusal is an answer and leaves the pass whole", "[insight]") {
  CHECK_FALSE(summarize(std::vector{counts("forum", 8, 2, 0)}).partial);
  CHECK(summarize(std::vector{counts("forum", 8, 0, 1)}).partial);
}

TEST_CASE("what was asked and turned away was not seen, and counts once", "[insight]") {
  std::vector rows = {counts("shop", 10, 8, 0), counts("shop", 1, 1, 0)};
  rows[0].reasons = {{"http 403", 7}, {"bot wall", 1}};
  rows[1].reasons = {{"http 401", 1}};
  CHECK(*summarize(std::vector{rows[0]}).seen == Approx(0.2));
  CHECK(*summarize(std::vector{rows[1]}).seen == 0.0);
  rows[0].blocked += 5;
  rows[0].reasons["robots"] = 5;
  CHECK(*by_source(rows)[0].seen == Approx(2.0 / 16.0));
}

TEST_CASE("items that were left out are not seen, and leave the pass partial", "[insight]") {
  std::vector rows = {counts("forum", 4, 0, 1), counts("forum", 1, 0, 0)};
  rows[0].items = 30;
  rows[0].left_out = 10;
  rows[1].items = 10;
  const CoverageSummary forum = by_source(rows)[0];
  CHECK(*forum.seen == Approx(4.0 / 5.0 * 30.0 / 40.0));
  rows[0].failed = 0;
  CHECK(summarize(rows).partial);
  rows[0].left_out = 30;
  CHECK(*summarize(std::vector{rows[0]}).seen == 0.0);
}

TEST_CASE("nothing to ask has no figure", "[insight]") {
  CHECK_FALSE(summarize({}).seen.has_value());
  CHECK_FALSE(summarize({}).partial);
}

TEST_CASE("reasons of several runs are added by name", "[insight]") {
  std::vector rows = {counts("forum", 8, 3, 0), counts("forum", 8, 1, 1)};
  rows[0].reasons = {{"robots", 2}, {"http 403", 1}};
  rows[1].reasons = {{"robots", 1}, {"timeout", 1}};
  const std::map<std::string, std::int64_t> sum = {{"http 403", 1}, {"robots", 3}, {"timeout", 1}};
  CHECK(summarize(rows).counts.reasons == sum);
  CHECK(by_source(rows)[0].counts.reasons == sum);
}

TEST_CASE("runs of one source are added together", "[insight]") {
  const std::vector rows = {counts("shop", 1, 0, 0), counts("forum", 2, 0, 0),
                            counts("shop", 4, 0, 1)};
  const auto sources = by_source(rows);
  REQUIRE(sources.size() == 2);
  CHECK(sources[0].counts.source == SourceId("forum"));
  CHECK(sources[1].counts.asked == 5);
  CHECK(sources[1].partial);
}
