#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::bench {

// The least that any lexicon classifier does: cut a text at blanks and look each piece up. A flat
// table of hashed terms with their weights, linear probing.
class TermTable {
 public:
  explicit TermTable(std::span<const std::string> terms);

  // The sum of the weights of the text's pieces that are terms, byte for byte.
  [[nodiscard]] double weigh(std::string_view text) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view term;
    double weight = 0.0;
  };
  [[nodiscard]] const Slot& find(std::uint64_t hash, std::string_view term) const;

  std::vector<std::string> terms_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

// So many different terms: the texts' own pieces in order of appearance up to a fifth, made-up ones
// for the rest, as most of a lexicon is not met in a given text.
[[nodiscard]] std::vector<std::string> terms_for(std::span<const std::string> texts,
                                                 std::size_t count);

}  // namespace testigo::bench
