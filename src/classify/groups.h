#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace testigo::classify {

// Numbers in groups: many short lists, all in one vector.
class Groups {
 public:
  struct Entry {
    std::uint32_t group = 0;
    std::uint32_t number = 0;
  };

  Groups() = default;
  // Groups are less than `groups`. Each has its numbers in the order of the entries.
  Groups(std::span<const Entry> entries, std::size_t groups);

  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t group) const {
    return std::span(numbers_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
  }

 private:
  std::vector<std::uint32_t> begins_;  // by group: in numbers_; and the last one's end
  std::vector<std::uint32_t> numbers_;
};

}  // namespace testigo::classify
