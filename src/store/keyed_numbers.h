#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testigo::store {

// Numbers under keys of some hundred bytes, looked up for every reason of every text. Lies in two
// blocks, so that a look-up touches memory in two places. Nothing is taken out of it singly.
class KeyedNumbers {
 public:
  // The key's number; 0 if it has none.
  [[nodiscard]] std::int64_t find(std::string_view key) const {
    if (slots_.empty()) return 0;
    return slots_[place_of(key, std::hash<std::string_view>()(key))].number;
  }

  // `number` is not 0. A key that has one already keeps the newer.
  void put(std::string_view key, std::int64_t number) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    const std::size_t hash = std::hash<std::string_view>()(key);
    Slot& slot = slots_[place_of(key, hash)];
    if (slot.number == 0) {
      slot.hash = hash;
      slot.begin = keys_.size();
      slot.length = key.size();
      keys_ += key;
      ++size_;
    }
    slot.number = number;
  }

  void clear() { *this = KeyedNumbers(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t first_slots = 1024;  // a power of two, as all later sizes

  struct Slot {
    std::size_t hash = 0, begin = 0, length = 0;  // begin: in keys_
    std::int64_t number = 0;                      // 0: free
  };

  // The slot that holds the key, or else the free one where it belongs.
  [[nodiscard]] std::size_t place_of(std::string_view key, std::size_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.number == 0) return at;
      if (slot.hash == hash && key == std::string_view(keys_).substr(slot.begin, slot.length))
        return at;
    }
  }

  void grow() {
    std::vector<Slot> larger(slots_.empty() ? first_slots : 2 * slots_.size());
    const std::size_t mask = larger.size() - 1;
    for (const Slot& slot : slots_) {
      if (slot.number == 0) continue;
      std::size_t at = slot.hash & mask;
      while (larger[at].number != 0) at = (at + 1) & mask;
      larger[at] = slot;
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;  // at most half of them taken
  std::string keys_;         // one after the other
  std::size_t size_ = 0;
};

}  // namespace testigo::store
