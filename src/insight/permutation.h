#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace testigo::insight {

// Orders drawn for permutation tests: the same ones each time and on every machine, so that the
// same data give the same p (std::shuffle is each library's own).
class Shuffler {
 public:
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  // Biased by less than n / 2^32, which no test of some thousand orders sees.
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(random_()) * n) >> 32);
  }

  std::mt19937 random_{20260101};  // any number
};

// p of a permutation test that saw `as_far` of `orders` drawn at least as far out as the data: the
// data count as one more order, so that p is never 0 (Phipson & Smyth 2010).
[[nodiscard]] constexpr double permutation_p(std::int64_t as_far, std::int64_t orders) {
  return static_cast<double>(as_far + 1) / static_cast<double>(orders + 1);
}

}  // namespace testigo::insight
