#include "insight/change_points.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "insight/permutation.h"

namespace testigo::insight {
namespace {

double times_log(std::int64_t n) {
  return n > 0 ? static_cast<double>(n) * std::log(static_cast<double>(n)) : 0.0;
}

// Log-likelihood of counts under their own shares.
double likelihood(const DayCounts& sums) {
  return times_log(sums.positive) + times_log(sums.negative) +
         times_log(sums.classified - sums.positive - sums.negative) - times_log(sums.classified);
}

DayCounts minus(DayCounts all, const DayCounts& part) {
  all.positive -= part.positive;
  all.negative -= part.negative;
  all.classified -= part.classified;
  return all;
}

struct Cut {
  std::size_t at = 0;  // the first day after it
  double gain = 0.0;
};

// Sums of a run of days at once.
class Sums {
 public:
  explicit Sums(std::span<const DayCounts> days) {
    upto_.reserve(days.size() + 1);
    upto_.emplace_back();
    for (const DayCounts& day : days) {
      upto_.push_back(upto_.back());
      upto_.back() += day;
    }
  }
  [[nodiscard]] DayCounts of(std::size_t begin, std::size_t end) const {
    return minus(upto_[end], upto_[begin]);
  }

 private:
  std::vector<DayCounts> upto_;
};

// The best cut of the days [begin, end), if it is better than `best`.
void improve(std::optional<Cut>& best, const Sums& sums, std::size_t begin, std::size_t end) {
  const DayCounts all = sums.of(begin, end);
  if (all.classified < 2 * small_sample) return;
  const double whole = likelihood(all);
  for (std::size_t at = begin + 1; at < end; ++at) {
    const DayCounts left = sums.of(begin, at);
    const DayCounts right = sums.of(at, end);
    if (left.classified < small_sample || right.classified < small_sample) continue;
    const double gain = likelihood(left) + likelihood(right) - whole;
    if (!best || gain > best->gain) best = Cut{at, gain};
  }
}

// Where two parts of an interval are likelier than one by most, over the intervals that halve the
// days again and again and overlap by half: a short dip, which no cut of the whole shows, fills one
// of them. None where no cut leaves enough on both sides.
std::optional<Cut> best_cut(std::span<const DayCounts> days) {
  const Sums sums(days);
  std::optional<Cut> best;
  for (std::size_t length = days.size(); length >= 2; length = (length + 1) / 2) {
    const std::size_t step = std::max<std::size_t>(1, length / 2);
    for (std::size_t begin = 0; begin + length <= days.size(); begin += step)
      improve(best, sums, begin, begin + length);
    improve(best, sums, days.size() - length, days.size());
    if (length == 2) break;
  }
  return best;
}

constexpr double rounding = 1e-9;  // two orders with the same sums may differ by so much

// How many of `change_shuffles` orders have a cut as good; stops when the cut cannot stand any
// more.
double chance_of(const Cut& cut, std::span<const DayCounts> days, Shuffler& shuffler) {
  std::vector<DayCounts> order(days.begin(), days.end());
  std::int64_t as_far = 0;
  for (std::int64_t i = 0; i < change_shuffles; ++i) {
    shuffler.shuffle(std::span(order));
    const auto other = best_cut(order);
    if (other && other->gain >= cut.gain - rounding) ++as_far;
    if (permutation_p(as_far, change_shuffles) > level) break;
  }
  return permutation_p(as_far, change_shuffles);
}

using Cuts = std::map<std::size_t, double>;  // p by the first day after

void search(std::span<const DayCounts> all, std::size_t begin, std::size_t end, Shuffler& shuffler,
            Cuts& cuts) {
  const auto days = all.subspan(begin, end - begin);
  const auto cut = best_cut(days);
  if (!cut) return;
  const double p = chance_of(*cut, days, shuffler);
  if (p > level) return;
  search(all, begin, begin + cut->at, shuffler, cuts);
  cuts[begin + cut->at] = p;
  search(all, begin + cut->at, end, shuffler, cuts);
}

// Days on which nothing was said tell nothing; many days go by the week.
std::vector<DayCounts> steps_of(std::span<const DayCounts> days) {
  std::vector<DayCounts> steps;
  const bool weeks = days.size() > most_days;
  for (const DayCounts& day : days) {
    if (day.classified == 0) continue;
    const Day step = weeks ? bucket_of(day.day, Bucket::week).first : day.day;
    if (steps.empty() || steps.back().day != step) steps.push_back({.day = step});
    steps.back() += day;
  }
  return steps;
}

DayCounts within(std::span<const DayCounts> days, const DayRange& range) {
  DayCounts sums;
  for (const DayCounts& day : days)
    if (range.first <= day.day && day.day <= range.last) sums += day;
  return sums;
}

Day day_before(Day day) { return Day{day.days - std::chrono::days(1)}; }

// The periods that the cuts of `steps` part, and what changed between them.
std::vector<ChangePoint> points_at(const Cuts& cuts, std::span<const DayCounts> steps,
                                   std::span<const DayCounts> days) {
  std::vector<ChangePoint> found;
  for (auto cut = cuts.begin(); cut != cuts.end(); ++cut) {
    const auto next = std::next(cut);
    ChangePoint point;
    point.before.first = found.empty() ? days.front().day : found.back().after.first;
    point.after.first = std::max(steps[cut->first].day, days.front().day);
    point.before.last = day_before(point.after.first);
    point.after.last = next == cuts.end() ? days.back().day : day_before(steps[next->first].day);
    point.net_before = *net_of(within(days, point.before));
    point.net_after = *net_of(within(days, point.after));
    point.change = difference(point.net_after, point.net_before);
    point.p = cut->second;
    found.push_back(point);
  }
  return found;
}

// How many of its margins of error a change is away from none; below 1 it may be none.
double margins_of(const ChangePoint& point) {
  const double margin = (point.change.interval.high - point.change.interval.low) / 2.0;
  return std::abs(point.change.value) / std::max(margin, rounding);
}

}  // namespace

std::vector<ChangePoint> change_points(std::span<const DayCounts> days) {
  const std::vector<DayCounts> steps = steps_of(days);
  Shuffler shuffler;
  Cuts cuts;
  search(steps, 0, steps.size(), shuffler, cuts);
  while (true) {
    std::vector<ChangePoint> found = points_at(cuts, steps, days);
    const auto least = std::min_element(
        found.begin(), found.end(),
        [](const ChangePoint& a, const ChangePoint& b) { return margins_of(a) < margins_of(b); });
    if (least == found.end() || margins_of(*least) >= 1.0) return found;
    cuts.erase(std::next(cuts.begin(), least - found.begin()));
  }
}

std::vector<Driver> drivers_of(const ChangePoint& change, std::span<const DayCounts> days,
                               std::span<const DayTotals> themes) {
  const auto in = [](const DayRange& range, Day day) {
    return range.first <= day && day <= range.last;
  };
  const auto all_before = static_cast<double>(within(days, change.before).classified);
  const auto all_after = static_cast<double>(within(days, change.after).classified);
  std::map<std::string, Driver> by_theme;
  for (const DayTotals& row : themes) {
    Driver& driver = by_theme[row.value];
    const auto clauses =
        static_cast<double>(row.count(Polarity::positive) - row.count(Polarity::negative));
    if (in(change.before, row.day)) driver.before += clauses / all_before;
    if (in(change.after, row.day)) driver.after += clauses / all_after;
  }
  const double way = change.change.value < 0.0 ? -1.0 : 1.0;
  const auto moved = [way](const Driver& driver) { return way * (driver.after - driver.before); };
  std::vector<Driver> drivers;
  for (auto& [theme, driver] : by_theme) {
    driver.theme = theme;
    if (moved(driver) > rounding) drivers.push_back(std::move(driver));
  }
  std::stable_sort(drivers.begin(), drivers.end(), [&](const Driver& a, const Driver& b) {
    return moved(a) > moved(b) + rounding;
  });
  drivers.resize(std::min(drivers.size(), most_drivers));
  return drivers;
}

}  // namespace testigo::insight
