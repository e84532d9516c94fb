#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "classify/pattern.h"

namespace testigo::classify {

// One part of a pattern as a small trie: what begins alike is one path, and all ends are one node,
// so that parts stand one behind the other without each way of one meeting each of the next.
struct PartTrie {
  static constexpr std::uint32_t begin = 0;
  static constexpr std::uint32_t end = 1;

  struct Step {
    std::uint32_t from = begin;
    Element element;
    std::uint32_t to = end;
  };
  std::vector<Step> steps;
  std::uint32_t nodes = 2;
  bool may_be_absent = false;
};
// Without the sentence's end that a part may close with.
[[nodiscard]] PartTrie trie_of(const std::vector<Sequence>& ways);

// In how many ways the parts can be said together.
[[nodiscard]] std::size_t ways_of(const Parts& parts);

// Each of the heads followed by each of the tails.
[[nodiscard]] std::vector<Sequence> product(std::vector<Sequence> heads,
                                            std::vector<Sequence> tails);

// The product of all parts.
[[nodiscard]] std::vector<Sequence> written_out(Parts parts);

// Whether the automaton can take them as they are. It can not where a sentence's border or an empty
// gap at the end hangs on the way that is taken, nor where a brand would lead from one place to
// two; such patterns are written out.
[[nodiscard]] bool may_stand_apart(const Parts& parts);

// Whether the parts begin with what stands there in any case: one way, and not none.
[[nodiscard]] bool begins_fixed(const Parts& parts);

}  // namespace testigo::classify
