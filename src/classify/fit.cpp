#include "classify/fit.h"

#include <algorithm>
#include <cmath>

namespace testigo::classify {
namespace {

constexpr int max_sweeps = 40;
constexpr double settled = 0.005;   // of a weight: rules show one decimal
constexpr double longest_step = 1;  // so that a steep beginning does not overshoot
constexpr double least_curvature = 1e-3;
constexpr double least_slope = 0.05;
constexpr double steepest_slope = 3;

using Sums = std::array<double, side_count>;

// What a set is like, apart from language.
struct SetShape {
  std::array<bool, side_count> has{};
  double slope = 0.5;
  Sums bias{};
};

class Fitter {
 public:
  Fitter(const FitProblem& problem, double penalty, double most, std::vector<double> start)
      : problem_(problem), penalty_(penalty), most_(most), weights_(std::move(start)) {
    weights_.resize(problem.columns.size(), 0.0);
    sets_.resize(problem.sets);
    for (const FitRow& row : problem.rows) {
      sums_.push_back(row.offset);
      sets_[row.set].has[static_cast<std::size_t>(row.label)] = true;
    }
    for (std::size_t column = 0; column < weights_.size(); ++column)
      if (weights_[column] != 0) shift(column, weights_[column]);
  }

  std::vector<double> run() {
    for (int i = 0; i < 5; ++i) shape_sets();
    for (int sweep = 0; sweep < max_sweeps; ++sweep) {
      // Only every few sweeps are those looked at that stayed at nothing.
      const double change = sweep_once(sweep % 5 != 0);
      shape_sets();
      if (change < settled && sweep % 5 == 0) break;
    }
    return std::move(weights_);
  }

 private:
  [[nodiscard]] Sums likelihoods(std::size_t row) const {
    const SetShape& set = sets_[problem_.rows[row].set];
    Sums p{};
    double top = -1e300;
    for (std::size_t side = 0; side < side_count; ++side)
      if (set.has[side]) top = std::max(top, set.slope * sums_[row][side] + set.bias[side]);
    double whole = 0;
    for (std::size_t side = 0; side < side_count; ++side) {
      if (!set.has[side]) continue;
      p[side] = std::exp(set.slope * sums_[row][side] + set.bias[side] - top);
      whole += p[side];
    }
    for (double& share : p) share /= whole;
    return p;
  }

  void shift(std::size_t column, double by) {
    for (const FitEntry& entry : problem_.columns[column])
      for (std::size_t side = 0; side < side_count; ++side)
        sums_[entry.row][side] += by * entry.unit[side];
  }

  double sweep_once(bool active_only) {
    double change = 0;
    for (std::size_t column = 0; column < weights_.size(); ++column) {
      if (active_only && weights_[column] == 0) continue;
      change = std::max(change, step(column));
    }
    return change;
  }

  double step(std::size_t column) {
    double gradient = 0;
    double curvature = least_curvature;
    for (const FitEntry& entry : problem_.columns[column]) {
      const FitRow& row = problem_.rows[entry.row];
      const double slope = sets_[row.set].slope;
      const Sums p = likelihoods(entry.row);
      double mean = 0;
      double square = 0;
      for (std::size_t side = 0; side < side_count; ++side) {
        const double unit = entry.unit[side];
        mean += p[side] * unit;
        square += p[side] * unit * unit;
      }
      gradient += slope * (mean - entry.unit[static_cast<std::size_t>(row.label)]);
      curvature += slope * slope * (square - mean * mean);
    }
    const double before = weights_[column];
    const double wanted = before - (gradient + penalty_) / curvature;
    const double after = std::clamp(wanted, std::max(0.0, before - longest_step),
                                    std::min(most_, before + longest_step));
    if (after != before) shift(column, after - before);
    weights_[column] = after;
    return std::abs(after - before);
  }

  // One Newton step for each set's slope and biases, these one after the other.
  void shape_sets() {
    struct Moments {
      Sums bias_gradient{}, bias_curvature{};
      double slope_gradient = 0, slope_curvature = least_curvature;
    };
    std::vector<Moments> all(sets_.size());
    for (std::size_t i = 0; i < problem_.rows.size(); ++i) {
      const FitRow& row = problem_.rows[i];
      const Sums p = likelihoods(i);
      Moments& moments = all[row.set];
      double mean = 0;
      double square = 0;
      for (std::size_t side = 0; side < side_count; ++side) {
        const double is = static_cast<std::size_t>(row.label) == side ? 1.0 : 0.0;
        moments.bias_gradient[side] += p[side] - is;
        moments.bias_curvature[side] += p[side] * (1 - p[side]);
        mean += p[side] * sums_[i][side];
        square += p[side] * sums_[i][side] * sums_[i][side];
      }
      moments.slope_gradient += mean - sums_[i][static_cast<std::size_t>(row.label)];
      moments.slope_curvature += square - mean * mean;
    }
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      SetShape& set = sets_[i];
      // Half a step: slope and biases lean on each other.
      for (std::size_t side = 0; side < side_count; ++side)
        if (set.has[side])
          set.bias[side] -= 0.5 * std::clamp(all[i].bias_gradient[side] /
                                                 (all[i].bias_curvature[side] + least_curvature),
                                             -1.0, 1.0);
      set.slope = std::clamp(
          set.slope - 0.5 * std::clamp(all[i].slope_gradient / all[i].slope_curvature, -0.3, 0.3),
          least_slope, steepest_slope);
    }
  }

  const FitProblem& problem_;
  double penalty_;
  double most_;
  std::vector<double> weights_;
  std::vector<Sums> sums_;  // by row, with the weights as they are
  std::vector<SetShape> sets_;
};

}  // namespace

std::vector<double> fit_weights(const FitProblem& problem, double penalty, double most,
                                std::vector<double> start) {
  return Fitter(problem, penalty, most, std::move(start)).run();
}

}  // namespace testigo::classify
