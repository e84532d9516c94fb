#pragma once

#include <cstdint>
#include <vector>

namespace testigo::classify {

// The steps of a trie while it is built: node and what is met there → next node. Open addressing,
// since a hundred thousand of them are what loading rules takes longest for.
class StepTable {
 public:
  // The node that the step leads to; 0 is free to be set.
  std::uint32_t& at(std::uint32_t node, std::uint32_t met);
  struct Step {
    std::uint32_t node = 0;
    std::uint32_t met = 0;
    std::uint32_t next = 0;
  };
  // All steps by node, then by what is met. Nodes are less than `nodes`.
  [[nodiscard]] std::vector<Step> sorted(std::uint32_t nodes) const;

 private:
  [[nodiscard]] std::size_t place_of(std::uint32_t node, std::uint32_t met) const;
  void grow();

  std::vector<Step> entries_ = std::vector<Step>(1 << 16);  // next 0: the entry is free
  std::size_t used_ = 0;
};

}  // namespace testigo::classify
