#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace testigo::classify {

// How a drawn-out word may be meant: runs of at least `from` of an ASCII letter stand for `keep`.
struct RunCut {
  std::size_t from = 0;
  std::size_t keep = 0;
};

// In the order in which they are tried: "goood" is good, "excellentttt" excellent, "feelll" fel.
inline constexpr std::array<RunCut, 3> run_cuts = {{{3, 2}, {3, 1}, {2, 1}}};

// A folded word with its runs cut. Of longer words, the first 64 bytes.
class Shortened {
 public:
  Shortened(std::string_view word, RunCut cut);
  [[nodiscard]] std::string_view view() const { return {letters_.data(), size_}; }

 private:
  std::array<char, 64> letters_{};
  std::size_t size_ = 0;
};

}  // namespace testigo::classify
