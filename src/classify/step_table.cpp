#include "classify/step_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace testigo::classify {

std::size_t StepTable::place_of(std::uint32_t node, std::uint32_t met) const {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // as in vocabulary.h
  const std::uint64_t key = std::uint64_t{node} << 32 | met;
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = static_cast<std::size_t>((key * odd) >> 32) & mask;
  const auto is_other = [&](const Step& step) {
    return step.next != 0 && (step.node != node || step.met != met);
  };
  while (is_other(entries_[place])) place = (place + 1) & mask;
  return place;
}

void StepTable::grow() {
  const std::vector<Step> old = std::exchange(entries_, std::vector<Step>(entries_.size() * 2));
  for (const Step& step : old) {
    if (step.next != 0) entries_[place_of(step.node, step.met)] = step;
  }
}

std::uint32_t& StepTable::at(std::uint32_t node, std::uint32_t met) {
  if ((used_ + 1) * 2 > entries_.size()) grow();
  Step& step = entries_[place_of(node, met)];
  if (step.next == 0) {
    step = {node, met, 0};
    ++used_;
  }
  return step.next;
}

std::vector<StepTable::Step> StepTable::sorted(std::uint32_t nodes) const {
  std::vector<std::uint32_t> places(nodes + 1, 0);  // by node: where its next step goes
  for (const Step& step : entries_)
    if (step.next != 0) ++places[step.node + 1];
  std::partial_sum(places.begin(), places.end(), places.begin());
  std::vector<Step> steps(used_);
  for (const Step& step : entries_)
    if (step.next != 0) steps[places[step.node]++] = step;
  const auto meets_less = [](const Step& a, const Step& b) { return a.met < b.met; };
  std::uint32_t begin = 0;
  for (std::uint32_t node = 0; node < nodes; begin = places[node++])
    std::sort(steps.begin() + begin, steps.begin() + places[node], meets_less);
  return steps;
}

}  // namespace testigo::classify
