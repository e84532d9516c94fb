#include "classify/pair_table.h"

#include <bit>
#include <iterator>

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

PairTable::Place PairTable::add(std::span<Step> steps) {
  // Those of one edge are sorted already.
  if (!std::is_sorted(steps.begin(), steps.end())) std::sort(steps.begin(), steps.end());
  Place place{static_cast<std::uint32_t>(steps_.size()), 0};
  std::unique_copy(steps.begin(), steps.end(), std::back_inserter(steps_));
  place.count = static_cast<std::uint32_t>(steps_.size()) - place.begin;
  for (const Step& step : std::span(steps_).subspan(place.begin)) {
    const std::size_t bit = bit_of(place, step.word);
    bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  return place;
}

}  // namespace testigo::classify
