#include "insight/share.h"

#include <catch2/catch.hpp>

#include "insight/switches.h"

using namespace testigo;
using namespace testigo::insight;

namespace {

BrandSums sums(std::string brand, std::int64_t good, std::int64_t bad, std::int64_t other = 0) {
  BrandSums made;
  made.brand = BrandId(std::move(brand));
  made.mentions = good + bad + other;
  made.tags = {good, bad, 0, 0, other};
  made.polarities = {good, bad, 0, other};
  return made;
}

Crossing crossing(std::string from, std::string to, Crossing::Kind kind, std::int64_t mention,
                  std::vector<std::string> themes = {}) {
  Crossing made;
  made.from = BrandId(std::move(from));
  made.to = BrandId(std::move(to));
  made.kind = kind;
  made.themes = std::move(themes);
  made.quote.mention = MentionId(mention);
  made.quote.day = *parse_day("2026-11-02");
  return made;
}

constexpr auto goes = Crossing::Kind::goes;
constexpr auto prefers = Crossing::Kind::prefers;

}  // namespace

TEST_CASE("shares of voice and of advocacy are of the brands compared", "[insight]") {
  const std::vector brands = {sums("acme", 10, 0), sums("globex", 10, 20), sums("hooli", 0, 0)};
  const auto voices = share_of_voice(brands);
  REQUIRE(voices.size() == 3);
  CHECK(voices[0].brand == BrandId("globex"));
  CHECK(voices[0].voice->value == Approx(0.75));
  CHECK(voices[0].advocates->value == Approx(0.5));
  CHECK(voices[0].net->value == Approx(-1.0 / 3.0));
  CHECK(voices[0].complaints == 20);
  CHECK(voices[1].voice->value == Approx(0.25));
  CHECK(voices[1].net->value == Approx(1.0));
  CHECK(voices[2].voice->value == 0.0);
  CHECK_FALSE(voices[2].net.has_value());
}

TEST_CASE("each share is greyed by its own number", "[insight]") {
  const std::vector brands = {sums("acme", 9, 1), sums("globex", 10, 25)};
  const auto voices = share_of_voice(brands);
  CHECK_FALSE(voices[0].small_voice);
  CHECK(voices[0].small_advocates);
  CHECK_FALSE(voices[0].small_net);
  CHECK(voices[1].small_net);
}

TEST_CASE("of brands nobody speaks of there is no share", "[insight]") {
  const auto voices = share_of_voice(std::vector{sums("b", 0, 0), sums("a", 0, 0)});
  REQUIRE(voices.size() == 2);
  CHECK(voices[0].brand == BrandId("a"));
  CHECK_FALSE(voices[0].voice.has_value());
  CHECK_FALSE(voices[0].advocates.has_value());
  CHECK(share_of_voice({}).empty());
}

TEST_CASE("the switch matrix counts each direction and what it is about", "[insight]") {
  const std::vector crossings = {crossing("acme", "globex", goes, 1, {"price", "app"}),
                                 crossing("acme", "globex", goes, 2, {"app"}),
                                 crossing("acme", "globex", prefers, 3),
                                 crossing("globex", "acme", goes, 4),
                                 crossing("acme", "", goes, 5),
                                 crossing("acme", "acme", goes, 6)};
  const auto matrix = switch_matrix(crossings);
  REQUIRE(matrix.size() == 3);
  CHECK(matrix[0].from == BrandId("acme"));
  CHECK(matrix[0].to == BrandId("globex"));
  CHECK(matrix[0].goes == 2);
  CHECK(matrix[0].prefers == 1);
  CHECK(matrix[0].share->value == Approx(0.6));
  CHECK(matrix[0].balance->value == Approx(0.5));
  CHECK(matrix[0].causes == std::vector<Cause>{{"app", 2}, {"price", 1}});
  CHECK(matrix[0].small);
  REQUIRE(matrix[0].quotes.size() == 3);
  CHECK(matrix[0].quotes[2].mention == MentionId(3));
  CHECK(matrix[1].to.empty());
  CHECK_FALSE(matrix[1].balance.has_value());
  CHECK(switch_matrix({}).empty());
}

TEST_CASE("a switch of which neither end is known is counted", "[insight]") {
  const auto matrix = switch_matrix(std::vector{crossing("", "", goes, 1)});
  REQUIRE(matrix.size() == 1);
  CHECK(matrix[0].goes == 1);
  CHECK_FALSE(matrix[0].balance.has_value());
}

TEST_CASE("a cell keeps its newest quotes only", "[insight]") {
  std::vector<Crossing> crossings;
  for (int i = 0; i < 5; ++i) {
    crossings.push_back(crossing("acme", "globex", goes, i));
    crossings.back().quote.day.days += std::chrono::days(i);
  }
  const auto matrix = switch_matrix(crossings);
  REQUIRE(matrix.size() == 1);
  REQUIRE(matrix[0].quotes.size() == most_quotes);
  CHECK(matrix[0].quotes[0].mention == MentionId(4));
}
