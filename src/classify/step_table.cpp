#include "classify/step_table.h"

#include <algorithm>
#include <numeric>

namespace testigo::classify {
namespace {

std::uint32_t node_of(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }

}  // namespace

std::size_t StepTable::place_of(std::uint64_t key) const {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // as in vocabulary.cpp
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = static_cast<std::size_t>((key * odd) >> 32) & mask;
  while (entries_[place].next != 0 && entries_[place].key != key) place = (place + 1) & mask;
  return place;
}

void StepTable::grow() {
  std::vector<Entry> old = std::move(entries_);
  entries_ = std::vector<Entry>(old.size() * 2);
  for (const Entry& entry : old) {
    if (entry.next != 0) entries_[place_of(entry.key)] = entry;
  }
}

std::uint32_t& StepTable::at(std::uint32_t node, std::uint32_t met) {
  if ((used_ + 1) * 2 > entries_.size()) grow();
  const std::uint64_t key = std::uint64_t{node} << 32 | met;
  Entry& entry = entries_[place_of(key)];
  if (entry.next == 0) {
    entry.key = key;
    ++used_;
  }
  return entry.next;
}

std::vector<StepTable::Step> StepTable::sorted(std::uint32_t nodes) const {
  std::vector<std::uint32_t> places(nodes + 1, 0);  // by node: where its next step goes
  for (const Entry& entry : entries_)
    if (entry.next != 0) ++places[node_of(entry.key) + 1];
  std::partial_sum(places.begin(), places.end(), places.begin());
  std::vector<Step> steps(used_);
  for (const Entry& entry : entries_) {
    if (entry.next == 0) continue;
    const std::uint32_t node = node_of(entry.key);
    steps[places[node]++] = {node, static_cast<std::uint32_t>(entry.key), entry.next};
  }
  const auto meets_less = [](const Step& a, const Step& b) { return a.met < b.met; };
  std::uint32_t begin = 0;
  for (std::uint32_t node = 0; node < nodes; begin = places[node++])
    std::sort(steps.begin() + begin, steps.begin() + places[node], meets_less);
  return steps;
}

}  // namespace testigo::classify
