#include "classify/pair_table.h"

#include <bit>

namespace testigo::classify {
namespace {

// So many bits are left unset for each that is set: one in so many answers is a wrong "perhaps".
constexpr std::size_t bits_a_step = 8;

}  // namespace

void PairTable::reserve(std::size_t steps) {
  steps_.reserve(steps);
  bits_.assign(std::bit_ceil(steps * bits_a_step / 64 + 1), 0);
  bit_mask_ = bits_.size() * 64 - 1;
}

PairTable::Place PairTable::add(std::vector<Step> steps) {
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  const Place place{static_cast<std::uint32_t>(steps_.size()),
                    static_cast<std::uint32_t>(steps.size())};
  for (const Step& step : steps) {
    const std::size_t bit = bit_of(place, step.word);
    bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  steps_.insert(steps_.end(), steps.begin(), steps.end());
  return place;
}

}  // namespace testigo::classify
