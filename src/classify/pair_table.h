#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace testigo::classify {

// Where the automaton gets to from a place with a token of some class, worked out beforehand for
// every pair of which anything comes. Most pairs that texts have come to nothing: bits that lie
// close together tell that without a look at the pairs themselves.
class PairTable {
 public:
  struct Step {
    std::uint32_t word = 0;  // the token's class
    std::uint32_t node = 0;  // where it leads to

    friend auto operator<=>(const Step&, const Step&) = default;
  };
  // The steps of one place; none where the table has nothing of it.
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
  };

  // Makes room for so many steps in all; none is to be there yet.
  void reserve(std::size_t steps);
  // At least one step; each place once. The steps are sorted on the way.
  [[nodiscard]] Place add(std::span<Step> steps);

  // The bit that tells whether find() may find anything; it is never unset where it would.
  [[nodiscard]] std::size_t bit_of(Place place, std::uint32_t word) const {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio (Knuth, TAOCP 6.4)
    return ((std::uint64_t{place.begin} << 32 | word) * odd >> 32) & bit_mask_;
  }
  [[nodiscard]] bool is_set(std::size_t bit) const {
    return (bits_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  [[nodiscard]] bool may_have(Place place, std::uint32_t word) const {
    return is_set(bit_of(place, word));
  }
  // The steps from a place with a token of class `word`.
  [[nodiscard]] std::span<const Step> find(Place place, std::uint32_t word) const {
    const auto begin = steps_.begin() + place.begin;
    const auto end = begin + place.count;
    const auto first = std::lower_bound(begin, end, Step{word, 0});
    auto last = first;
    while (last != end && last->word == word) ++last;
    return {first, last};
  }

  // What these look at, into the cache.
  void prefetch_bit(std::size_t bit) const { __builtin_prefetch(&bits_[bit / 64]); }
  void prefetch_steps(Place place) const {
    __builtin_prefetch(&steps_[place.begin + place.count / 2]);
  }

 private:
  std::vector<Step> steps_;                // by place, then by word
  std::vector<std::uint64_t> bits_ = {0};  // a power of two many
  std::uint64_t bit_mask_ = 63;
};

}  // namespace testigo::classify
