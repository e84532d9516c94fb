#include "classify/step_table.h"

#include <algorithm>

namespace testigo::classify {

std::size_t StepTable::place_of(std::uint64_t key) const {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // as in vocabulary.cpp
  const std::size_t mask = entries_.size() - 1;
  std::size_t place = static_cast<std::size_t>((key * odd) >> 32) & mask;
  while (entries_[place].next != 0 && entries_[place].key != key) place = (place + 1) & mask;
  return place;
}

void StepTable::grow() {
  std::vector<Entry> old = std::move(entries_);
  entries_ = std::vector<Entry>(old.size() * 4);
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

std::uint32_t StepTable::find(std::uint32_t node, std::uint32_t met) const {
  return entries_[place_of(std::uint64_t{node} << 32 | met)].next;
}

std::vector<std::pair<std::uint64_t, std::uint32_t>> StepTable::sorted() const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> steps;
  steps.reserve(used_);
  for (const Entry& entry : entries_) {
    if (entry.next != 0) steps.emplace_back(entry.key, entry.next);
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

}  // namespace testigo::classify
