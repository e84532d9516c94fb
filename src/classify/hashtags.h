#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "classify/automaton.h"
#include "text/words.h"

namespace testigo::classify {

// Cuts hashtags that are written without capitals into words of the rules: "#neveragain" is never
// again. Only those that known words fill from end to end, and that are no known word themselves.
// Keeps its buffer; results live until the next call. Linear in tokens, for a hashtag's cost is
// bounded by max_cut_bytes.
class Hashtags {
 public:
  // Longer ones are seldom words, and cost more the longer they are.
  static constexpr std::size_t max_cut_bytes = 40;

  // `tokens` itself where nothing is cut.
  [[nodiscard]] std::span<const text::Token> cut(const Automaton& automaton,
                                                 const text::Tokenizer& tokenizer,
                                                 std::span<const text::Token> tokens);

 private:
  [[nodiscard]] std::size_t find_words(const Automaton& automaton, std::string_view letters);
  void append_words(const text::Token& token, std::string_view folded, std::size_t count);

  std::vector<text::Token> tokens_;
  std::array<std::uint8_t, max_cut_bytes> ends_{};  // of the words found last, the last one first
};

}  // namespace testigo::classify
