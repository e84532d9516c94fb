#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace testigo::store {

// Stands for any number of words. Of a million keys, two are alike once in 10^26 times.
struct NumberKey {
  std::uint64_t one = 0, other = 0;

  void add(std::uint64_t word) {
    one = folded(one ^ word, 0xa0761d6478bd642fU);
    other = folded(other + word, 0xe7037ed1a0b428dbU);
  }
  friend bool operator==(const NumberKey&, const NumberKey&) = default;

 private:
  // Both halves of the product together, as in wyhash; never stuck at nought.
  static std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ 0x8ebc6af09c88c6e3U) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64) ^ a;
  }
};

// Numbers under keys, looked up for every reason of every text. Lies in one block, 24 bytes a slot,
// so that a look-up touches memory in one place. Nothing is taken out of it singly.
class KeyedNumbers {
 public:
  // The key's number; 0 if it has none.
  [[nodiscard]] std::int64_t find(const NumberKey& key) const {
    return slots_.empty() ? 0 : slots_[place_of(slots_, key)].number;
  }

  // `number` is not 0. A key that has one already keeps the newer.
  void put(const NumberKey& key, std::int64_t number) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place_of(slots_, key)];
    if (slot.number == 0) ++size_;
    slot = {key, number};
  }

  void clear() { *this = KeyedNumbers(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t first_slots = 1024;  // a power of two, as all later sizes

  struct Slot {
    NumberKey key;
    std::int64_t number = 0;  // 0: free
  };

  // The slot that holds the key, or else the free one where it belongs.
  [[nodiscard]] static std::size_t place_of(const std::vector<Slot>& slots, const NumberKey& key) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = key.one & mask;
    while (slots[at].number != 0 && slots[at].key != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> larger(slots_.empty() ? first_slots : 2 * slots_.size());
    for (const Slot& slot : slots_)
      if (slot.number != 0) larger[place_of(larger, slot.key)] = slot;
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;  // at most half of them taken
  std::size_t size_ = 0;
};

}  // namespace testigo::store
