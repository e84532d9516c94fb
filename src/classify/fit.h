#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "classify/sides.h"

namespace testigo::classify {

// One labelled text: what is said without the weights that are looked for.
struct FitRow {
  std::array<double, side_count> offset{};
  Side label = Side::neither;
  std::uint32_t set = 0;
};

// What one unit of a weight adds to the sums of a text.
struct FitEntry {
  std::uint32_t row = 0;
  std::array<float, side_count> unit{};
};
using FitColumn = std::vector<FitEntry>;

struct FitProblem {
  std::vector<FitRow> rows;
  std::vector<FitColumn> columns;  // one for each weight
  std::uint32_t sets = 1;
};

// The weights w ≥ 0 that minimise
//   −Σ log p(label) + penalty · Σ w,   p = softmax(slope_s · (offset + Σ w · unit) + bias_s),
// the multinomial logistic loss with an L1 penalty in nats: a term stays out unless the texts
// become likelier by more than that for each unit of its weight. Slope and biases are the set's own
// and not kept: how many of a set's texts praise, and how long they are, is no knowledge of a
// language. A set that has two of the sides only is judged between these. Proximal Newton steps
// along one coordinate after the other (Friedman, Hastie & Tibshirani 2010), in order: the same
// problem gives the same weights. `start` may hold weights to begin from; `most` caps them.
[[nodiscard]] std::vector<double> fit_weights(const FitProblem& problem, double penalty,
                                              double most, std::vector<double> start = {});

}  // namespace testigo::classify
