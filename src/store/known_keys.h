#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "store/connection.h"

namespace testigo::store {

// A set of keys that grows by random ones at little cost, where a B-tree would rewrite a page of
// its own for each: new keys are held in memory and logged in blocks, and when they are many they
// are merged into sorted runs. A filter of fixed size spares most look-ups of what is not there.
//
// Keys lie in spaces, which are forgotten whole, and in each at a place, by which they are sorted:
// keys that come together should have places near each other. Memory: some 10 MB at most.
class KnownKeys {
 public:
  struct Key {
    std::int64_t space = 0;
    std::int64_t place = 0;  // not negative
    std::int64_t key = 0;

    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // Reads what the tables hold.
  explicit KnownKeys(Connection& c);

  [[nodiscard]] bool contains(Connection& c, const Key& key) const;
  // The first key at a place.
  [[nodiscard]] std::optional<std::int64_t> at(Connection& c, std::int64_t space,
                                               std::int64_t place) const;
  // All keys at a place.
  [[nodiscard]] std::vector<std::int64_t> all_at(Connection& c, std::int64_t space,
                                                 std::int64_t place) const;
  // A key that is not contained. In the tables after `save`.
  void add(const Key& key);
  void save(Connection& c);
  // Sorts in what is not yet: costs more than a look-up.
  void remove(Connection& c, const Key& key);
  void forget(Connection& c, std::int64_t space);

 private:
  struct Spot {
    std::int64_t space = 0;
    std::int64_t place = 0;
    friend bool operator==(const Spot&, const Spot&) = default;
  };
  struct SpotHash {
    std::size_t operator()(const Spot& spot) const;
  };

  void add_lately(const Key& key);
  void put_in_slot(std::size_t index);
  void clear_lately();
  // The first of `lately_` for which `fits`, among those at the spot; null if there is none.
  template <class Fits>
  [[nodiscard]] const Key* find_lately(const Spot& spot, const Fits& fits) const;
  [[nodiscard]] bool maybe_sorted(const Spot& spot) const;
  void mark(const Spot& spot);
  void sort_in(Connection& c);

  std::vector<Key> lately_;
  std::size_t saved_ = 0;  // so many of them, from the first
  // A hash table with open addresses: places in `lately_`, counted from 1; 0 is a free slot.
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint64_t> filter_;  // of those that are sorted in
};

}  // namespace testigo::store
