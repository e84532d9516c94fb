#include "classify/atoms.h"

#include <algorithm>
#include <utility>

namespace testigo::classify {
namespace {

std::size_t hash_of(std::span<const AtomId> atoms) {
  constexpr std::size_t odd = 0x9E3779B97F4A7C15;  // as in vocabulary.h
  std::size_t hash = atoms.size();
  for (const AtomId atom : atoms) hash = (hash ^ atom) * odd;
  return hash ^ hash >> 32;
}

}  // namespace

std::uint32_t AtomSets::append(std::span<const AtomId> atoms) {
  atoms_.insert(atoms_.end(), atoms.begin(), atoms.end());
  begins_.push_back(static_cast<std::uint32_t>(atoms_.size()));
  return static_cast<std::uint32_t>(size() - 1);
}

std::uint32_t AtomSets::intern(AtomId alone) {
  if (alone >= alone_.size()) alone_.resize(alone + 1, no_set);
  if (alone_[alone] == no_set) alone_[alone] = append({&alone, 1});
  return alone_[alone];
}

std::uint32_t AtomSets::intern(std::span<AtomId> atoms) {
  std::sort(atoms.begin(), atoms.end());
  const auto end = std::unique(atoms.begin(), atoms.end());
  const std::span<const AtomId> set(atoms.begin(), end);
  if (set.size() == 1) return intern(set.front());
  if ((several_count_ + 1) * 2 > several_.size()) grow();
  std::uint32_t& known = slot_of(set);
  if (known == no_set) {
    known = append(set);
    ++several_count_;
  }
  return known;
}

std::uint32_t& AtomSets::slot_of(std::span<const AtomId> set) {
  const std::size_t mask = several_.size() - 1;
  std::size_t at = hash_of(set) & mask;
  while (several_[at] != no_set && !std::ranges::equal(atoms(several_[at]), set))
    at = (at + 1) & mask;
  return several_[at];
}

void AtomSets::grow() {
  const auto old = std::exchange(several_, std::vector<std::uint32_t>(several_.size() * 2, no_set));
  for (const std::uint32_t set : old)
    if (set != no_set) slot_of(atoms(set)) = set;
}

}  // namespace testigo::classify
