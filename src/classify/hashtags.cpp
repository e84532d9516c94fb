#include "classify/hashtags.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::size_t min_cut_bytes = 5;
constexpr std::size_t max_word_bytes = 14;

// What a word costs by its bytes: the fewest words win, and short ones are seldom meant. A cut may
// not cost more than the hashtag has bytes.
constexpr unsigned cost_of(std::size_t bytes) {
  if (bytes == 1) return 4;
  return bytes == 2 ? 3 : 2;
}

// One byte a letter in the text and in its folded form, so that a cut falls alike in both.
bool may_be_cut(const text::Token& token) {
  return token.kind == text::TokenKind::word && token.has(text::in_hashtag) &&
         token.folded_size >= min_cut_bytes && token.folded_size <= Hashtags::max_cut_bytes &&
         token.end - token.begin == token.folded_size;
}

}  // namespace

// The cheapest way to fill `letters` with known words; 0 where there is none of two or more.
std::size_t Hashtags::find_words(const Automaton& automaton, std::string_view letters) {
  constexpr unsigned unreached = UINT8_MAX;
  std::array<unsigned, max_cut_bytes + 1> cost{};
  std::array<std::uint8_t, max_cut_bytes + 1> from{};
  cost.fill(unreached);
  cost[0] = 0;
  for (std::size_t begin = 0; begin < letters.size(); ++begin) {
    if (cost[begin] == unreached) continue;
    const std::size_t longest = std::min(letters.size() - begin, max_word_bytes);
    for (std::size_t size = 1; size <= longest; ++size) {
      const unsigned total = cost[begin] + cost_of(size);
      if (total > letters.size() || total >= cost[begin + size]) continue;
      const std::string_view word = letters.substr(begin, size);
      if (!automaton.knows(word, text::head_of(word))) continue;
      cost[begin + size] = total;
      from[begin + size] = static_cast<std::uint8_t>(begin);
    }
  }
  if (cost[letters.size()] == unreached) return 0;
  std::size_t count = 0;
  for (std::size_t end = letters.size(); end > 0; end = from[end])
    ends_[count++] = static_cast<std::uint8_t>(end);
  return count > 1 ? count : 0;
}

void Hashtags::append_words(const text::Token& token, std::string_view folded, std::size_t count) {
  std::uint32_t begin = 0;
  for (std::size_t word = count; word-- > 0;) {
    text::Token part = token;
    part.begin = token.begin + begin;
    part.end = token.begin + ends_[word];
    part.folded_begin = token.folded_begin + begin;
    part.folded_size = static_cast<std::uint16_t>(ends_[word] - begin);
    part.head = text::head_of(folded.substr(begin, part.folded_size));
    if (begin > 0)
      part.flags =
          (token.flags & (text::all_caps | text::quoted_line)) | text::in_hashtag | text::glued;
    tokens_.push_back(part);
    begin = ends_[word];
  }
}

std::span<const text::Token> Hashtags::cut(const Automaton& automaton,
                                           const text::Tokenizer& tokenizer,
                                           std::span<const text::Token> tokens) {
  if (!tokenizer.met(text::in_hashtag)) return tokens;
  bool any = false;
  tokens_.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view folded = tokenizer.folded(tokens[i]);
    const std::size_t count =
        may_be_cut(tokens[i]) && automaton.known_class(folded, tokens[i].head) == nullptr
            ? find_words(automaton, folded)
            : 0;
    if (count > 0 && !any) {
      tokens_.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i));
      any = true;
    }
    if (count > 0) {
      append_words(tokens[i], folded, count);
    } else if (any) {
      tokens_.push_back(tokens[i]);
    }
  }
  return any ? std::span<const text::Token>(tokens_) : tokens;
}

}  // namespace testigo::classify
