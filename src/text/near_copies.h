#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace testigo::text {

// Whether two texts are one that was copied: with another ending, cut short, quoted with some words
// added, or edited here and there. Broder, "On the resemblance and containment of documents"
// (1997): texts are sets of shingles, and MinHash finds those that resemble each other without
// comparing each with each. Words are folded, so that letter case, diacritics and punctuation make
// no difference. The same on every machine: what is made here is stored.

// Below this many words, a form that is filled in ("I bought the X and love it") differs no more
// from the next one than a copy from its original.
inline constexpr std::size_t min_near_copy_words = 20;

// Hashes of each two neighbouring words; sorted, each once.
using Shingles = std::vector<std::uint64_t>;

// None for a text with fewer words than min_near_copy_words.
[[nodiscard]] Shingles shingles_of(std::span<const std::string_view> folded_words);
[[nodiscard]] Shingles shingles_of(std::string_view text);

// Shared shingles over all shingles (Jaccard), in [0, 1]; 0 where one has none.
[[nodiscard]] double resemblance(const Shingles& one, const Shingles& other);
[[nodiscard]] bool is_near_copy(const Shingles& one, const Shingles& other);

// Compares one text with many. Most of them are unlike it, which shows without sorting their
// shingles.
class CopyComparer {
 public:
  explicit CopyComparer(std::string_view text);
  // As is_near_copy of the shingles of both.
  [[nodiscard]] bool resembles(std::string_view other) const;

 private:
  static constexpr std::size_t marks = 4096;  // some hundred shingles set few of them
  Shingles shingles_;
  std::bitset<marks> marked_;  // by the lowest bits of each shingle
};

// Two texts share one of the keys with the probability 1 − (1 − r²)⁴ where r is their resemblance:
// 0.92 at 0.68, 0.03 at 0.1. Their sketches say cheaply that it is not worth comparing them.
inline constexpr std::size_t copy_key_count = 4;
struct CopyKeys {
  std::array<std::int64_t, copy_key_count> keys{};  // not negative
  std::uint32_t sketch = 0;

  friend bool operator==(const CopyKeys&, const CopyKeys&) = default;
};
// None for a text with fewer words than min_near_copy_words.
[[nodiscard]] std::optional<CopyKeys> copy_keys(std::span<const std::string_view> folded_words);
[[nodiscard]] std::optional<CopyKeys> copy_keys(std::string_view text);
[[nodiscard]] bool may_resemble(std::uint32_t sketch, std::uint32_t other);

}  // namespace testigo::text
