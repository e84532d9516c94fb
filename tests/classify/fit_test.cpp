#include "classify/fit.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace testigo::classify;

namespace {

// Texts of one set: so many that hold the term, and so many that do not, by label.
struct Share {
  Side label = Side::neither;
  int with = 0;
  int without = 0;
};

FitProblem one_term(const std::vector<Share>& shares, float unit_for_adverse = 1.0F) {
  FitProblem problem;
  problem.columns.resize(1);
  for (const Share& share : shares) {
    for (int i = 0; i < share.with + share.without; ++i) {
      if (i < share.with)
        problem.columns[0].push_back(
            {static_cast<std::uint32_t>(problem.rows.size()), {0.0F, unit_for_adverse, 0.0F}});
      problem.rows.push_back({{}, share.label, 0});
    }
  }
  return problem;
}

}  // namespace

TEST_CASE("a term that tells the sides apart gets weight, one that does not gets none",
          "[classify]") {
  const auto telling = one_term({{Side::adverse, 40, 60}, {Side::favourable, 5, 95}});
  CHECK(fit_weights(telling, 1, 3)[0] > 1);
  const auto idle = one_term({{Side::adverse, 20, 80}, {Side::favourable, 20, 80}});
  CHECK(fit_weights(idle, 1, 3)[0] == 0);
}

TEST_CASE("a weight is never below nothing and never above the cap", "[classify]") {
  const auto opposite = one_term({{Side::adverse, 5, 95}, {Side::favourable, 40, 60}});
  CHECK(fit_weights(opposite, 1, 3)[0] == 0);
  const auto sure = one_term({{Side::adverse, 90, 10}, {Side::favourable, 0, 100}});
  CHECK(fit_weights(sure, 0.1, 0.7)[0] == Approx(0.7));
}

TEST_CASE("a greater penalty leaves less weight, and enough of it none", "[classify]") {
  const auto problem = one_term({{Side::adverse, 30, 70}, {Side::favourable, 10, 90}});
  const double light = fit_weights(problem, 0.5, 9)[0];
  const double heavy = fit_weights(problem, 4, 9)[0];
  CHECK(light > heavy);
  CHECK(fit_weights(problem, 1000, 9)[0] == 0);
}

TEST_CASE("how often a set complains is no merit of its words", "[classify]") {
  // All texts of the first set complain more than those of the second, and only the first set
  // uses the word, on both sides alike.
  FitProblem problem = one_term({{Side::adverse, 60, 20}, {Side::favourable, 15, 5}});
  problem.sets = 2;
  for (int i = 0; i < 100; ++i)
    problem.rows.push_back({{}, i < 20 ? Side::adverse : Side::favourable, 1});
  CHECK(fit_weights(problem, 1, 3)[0] < 0.1);
}

TEST_CASE("what the rules say already is not learnt again", "[classify]") {
  FitProblem problem = one_term({{Side::adverse, 40, 60}, {Side::favourable, 5, 95}});
  for (const FitEntry& entry : problem.columns[0]) problem.rows[entry.row].offset[1] = 2.2;
  // Another word that the rules know shows how much a unit is worth in this set.
  const double left = fit_weights(problem, 1, 3)[0];
  CHECK(left < 0.5);
}

TEST_CASE("no rows, no columns and empty columns are no trouble", "[classify]") {
  CHECK(fit_weights({}, 1, 3).empty());
  FitProblem problem;
  problem.columns.resize(2);
  CHECK(fit_weights(problem, 1, 3) == std::vector<double>{0, 0});
  problem.rows.push_back({{1e6, -1e6, 0}, Side::adverse, 0});
  problem.columns[0].push_back({0, {0, 1, 0}});
  CHECK(std::isfinite(fit_weights(problem, 1, 3)[0]));
}
