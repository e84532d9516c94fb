#include "text/near_copies.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "text/words.h"

namespace testigo::text {
namespace {

// Two words in a hundred changed leave 0.92, ten in a hundred 0.68; a reply half as long as what it
// quotes 0.67; forms with one word in five filled in 0.45. tests/text/near_copies_test.cpp
// measures.
constexpr double least_resemblance = 0.5;

// Four bits of each least hash (b-bit minwise hashing, Li & König 2010). Texts that meet at a key
// agree in two of the eight; of the others two more do in 98 of 100 texts that resemble each other
// by 0.68, in 24 of 100 by 0.1.
constexpr int sketch_bits = 4;
constexpr int least_same_in_sketches = 4;

std::uint64_t mix(std::uint64_t x) {  // the finalizer of splitmix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(std::string_view word) {  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

std::vector<std::string_view> views_of(const PackedWords& packed) {
  std::vector<std::string_view> words;
  words.reserve(packed.words.size());
  std::size_t from = 0;
  for (const PackedWord& word : packed.words) {
    words.push_back(std::string_view(packed.folded).substr(from, word.folded_end - from));
    from = word.folded_end;
  }
  return words;
}

// As they stand in the text.
Shingles pairs_of(std::span<const std::string_view> folded_words) {
  Shingles pairs;
  if (folded_words.size() < min_near_copy_words) return pairs;
  pairs.reserve(folded_words.size() - 1);
  std::uint64_t before = hash_of(folded_words.front());
  for (const std::string_view word : folded_words.subspan(1)) {
    const std::uint64_t hash = hash_of(word);
    pairs.push_back(mix(before * 0x9e3779b97f4a7c15U + hash));
    before = hash;
  }
  return pairs;
}

Shingles sorted(Shingles pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

// The least of what each shingle becomes under one of a family of functions.
std::uint64_t least_under(std::uint64_t function, const Shingles& shingles) {
  const std::uint64_t factor = mix(2 * function + 1) | 1U;
  const std::uint64_t summand = mix(2 * function + 2);
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t shingle : shingles) least = std::min(least, shingle * factor + summand);
  return least;
}

}  // namespace

Shingles shingles_of(std::span<const std::string_view> folded_words) {
  return sorted(pairs_of(folded_words));
}

Shingles shingles_of(std::string_view text) {
  const PackedWords packed = packed_words(text);
  return shingles_of(views_of(packed));
}

double resemblance(const Shingles& one, const Shingles& other) {
  if (one.empty() || other.empty()) return 0.0;
  std::size_t shared = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (*a == *b) ++shared;
    const bool next_a = *a <= *b;
    const bool next_b = *b <= *a;
    if (next_a) ++a;
    if (next_b) ++b;
  }
  return static_cast<double>(shared) / static_cast<double>(one.size() + other.size() - shared);
}

bool is_near_copy(const Shingles& one, const Shingles& other) {
  const std::size_t fewer = std::min(one.size(), other.size());
  const std::size_t more = std::max(one.size(), other.size());
  if (static_cast<double>(fewer) < least_resemblance * static_cast<double>(more)) return false;
  return resemblance(one, other) >= least_resemblance;
}

CopyComparer::CopyComparer(std::string_view text) : shingles_(shingles_of(text)) {
  for (const std::uint64_t shingle : shingles_) marked_.set(shingle % marks);
}

bool CopyComparer::resembles(std::string_view other) const {
  const PackedWords packed = packed_words(other);
  Shingles pairs = pairs_of(views_of(packed));
  // No fewer than the shingles that both have, and no more than the other has.
  std::size_t most_shared = 0;
  std::bitset<marks> of_other;
  for (const std::uint64_t shingle : pairs) {
    if (marked_.test(shingle % marks)) ++most_shared;
    of_other.set(shingle % marks);
  }
  const std::size_t least_in_all = shingles_.size() + of_other.count();
  if (static_cast<double>(most_shared) * (1 + least_resemblance) <
      least_resemblance * static_cast<double>(least_in_all))
    return false;
  return is_near_copy(shingles_, sorted(std::move(pairs)));
}

std::optional<CopyKeys> copy_keys(std::span<const std::string_view> folded_words) {
  const Shingles pairs = pairs_of(folded_words);
  if (pairs.empty()) return std::nullopt;
  CopyKeys made;
  for (std::size_t i = 0; i < made.keys.size(); ++i) {
    const std::uint64_t first = least_under(2 * i, pairs);
    const std::uint64_t second = least_under(2 * i + 1, pairs);
    made.keys[i] = static_cast<std::int64_t>(mix(mix(first + i) + second) >> 1);
    for (const std::uint64_t least : {first, second})
      made.sketch = made.sketch << sketch_bits | static_cast<std::uint32_t>(mix(least) & 0xfU);
  }
  return made;
}

std::optional<CopyKeys> copy_keys(std::string_view text) {
  const PackedWords packed = packed_words(text);
  return copy_keys(views_of(packed));
}

bool may_resemble(std::uint32_t sketch, std::uint32_t other) {
  int same = 0;
  for (std::uint32_t rest = sketch ^ other, i = 0; i < 2 * copy_key_count;
       ++i, rest >>= sketch_bits)
    if ((rest & 0xfU) == 0) ++same;
  return same >= least_same_in_sketches;
}

}  // namespace testigo::text
