#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace testigo::classify {

// The steps of a trie while it is built: node and what is met there → next node. Open addressing,
// since a hundred thousand of them are what loading rules takes longest for.
class StepTable {
 public:
  // The node that the step leads to; 0 is free to be set.
  std::uint32_t& at(std::uint32_t node, std::uint32_t met);
  [[nodiscard]] std::uint32_t find(std::uint32_t node, std::uint32_t met) const;
  // All steps as (node << 32 | met, next), in that order.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted() const;

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t next = 0;  // 0: the entry is free
  };

  [[nodiscard]] std::size_t place_of(std::uint64_t key) const;
  void grow();

  std::vector<Entry> entries_ = std::vector<Entry>(1 << 12);
  std::size_t used_ = 0;
};

}  // namespace testigo::classify
