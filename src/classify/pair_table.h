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

  // Makes room for so many steps in all; none is to be there yet.
  void reserve(std::size_t steps);
  // All steps from the next place: places are numbered from 0 in the order in which they are added.
  void add_place(std::vector<Step> steps);

  // The steps from a place with a token of class `word`.
  [[nodiscard]] std::span<const Step> find(std::uint32_t place, std::uint32_t word) const {
    const std::size_t bit = bit_of(place, word);
    if ((bits_[bit / 64] >> (bit % 64) & 1) == 0) return {};
    const auto begin = steps_.begin() + begins_[place];
    const auto end = steps_.begin() + begins_[place + 1];
    const auto first = std::lower_bound(begin, end, Step{word, 0});
    auto last = first;
    while (last != end && last->word == word) ++last;
    return {first, last};
  }

 private:
  [[nodiscard]] std::size_t bit_of(std::uint32_t place, std::uint32_t word) const {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio (Knuth, TAOCP 6.4)
    return ((std::uint64_t{place} << 32 | word) * odd >> 32) & bit_mask_;
  }

  std::vector<Step> steps_;                  // by place, then by word
  std::vector<std::uint32_t> begins_ = {0};  // by place; the last one ends them all
  std::vector<std::uint64_t> bits_ = {0};    // a power of two many
  std::uint64_t bit_mask_ = 63;
};

}  // namespace testigo::classify
