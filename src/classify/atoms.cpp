#include "classify/atoms.h"

#include <algorithm>

namespace testigo::classify {

std::size_t AtomSets::Hash::operator()(const std::vector<AtomId>& atoms) const noexcept {
  constexpr std::size_t odd = 0x9E3779B97F4A7C15;  // as in vocabulary.h
  std::size_t hash = atoms.size();
  for (const AtomId atom : atoms) hash = (hash ^ atom) * odd;
  return hash ^ hash >> 32;
}

std::uint32_t AtomSets::intern(AtomId alone) {
  if (alone >= alone_.size()) alone_.resize(alone + 1, no_set);
  if (alone_[alone] == no_set) {
    alone_[alone] = static_cast<std::uint32_t>(sets_.size());
    sets_.push_back({alone});
  }
  return alone_[alone];
}

std::uint32_t AtomSets::intern(std::vector<AtomId> atoms) {
  std::sort(atoms.begin(), atoms.end());
  atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
  if (atoms.size() == 1) return intern(atoms.front());
  const auto [entry, is_new] =
      several_.try_emplace(std::move(atoms), static_cast<std::uint32_t>(sets_.size()));
  if (is_new) sets_.push_back(entry->first);
  return entry->second;
}

}  // namespace testigo::classify
