#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "core/verdict.h"

namespace testigo::classify {

// Where a reason comes from: a rule's row, and the words if there are any. Packed into two numbers
// in the order of reasons: field, whether there is a span, its beginning; its end, the row. Spans
// lie within text::max_token_text_bytes, so that 32 bits hold either end.
class Origin {
 public:
  Origin(std::uint32_t row, Field field)
      : place_(static_cast<std::uint64_t>(field) << 33), rest_(row) {}
  Origin(std::uint32_t row, Field field, std::uint32_t begin, std::uint32_t end)
      : place_(static_cast<std::uint64_t>(field) << 33 | std::uint64_t{1} << 32 | begin),
        rest_(std::uint64_t{end} << 32 | row) {}

  [[nodiscard]] std::uint64_t place() const { return place_; }  // in the lower 41 bits
  [[nodiscard]] std::uint64_t rest() const { return rest_; }

 private:
  std::uint64_t place_;
  std::uint64_t rest_;
};

// The sums of one verdict. Every change of a sum is an entry with its origin, so that the
// explanation is exact by construction; without `explain` the entries are not kept, and the sums
// are the same.
class Tally {
 public:
  void reset(std::size_t slots, bool explain);
  void add(ValueSlot slot, double amount, const Origin& origin) {
    logits_[slot] += amount;
    if (explain_)
      entries_.push_back({std::uint64_t{slot} << 41 | origin.place(), origin.rest(), amount});
  }
  [[nodiscard]] double logit(ValueSlot slot) const { return logits_[slot]; }
  // Of `count` values from one on.
  [[nodiscard]] std::span<const double> logits(ValueSlot first, std::size_t count) const {
    return std::span(logits_).subspan(first, count);
  }

  // Entries of the same value, rule and place made one; those that come to nothing are left out. By
  // axis, value, field and place.
  [[nodiscard]] std::vector<Reason> reasons(const CompiledRules& rules);

 private:
  struct Entry {
    std::uint64_t place = 0;  // the origin's, after the slot
    std::uint64_t rest = 0;
    double amount = 0.0;

    [[nodiscard]] ValueSlot slot() const { return static_cast<ValueSlot>(place >> 41); }
    [[nodiscard]] Field field() const { return static_cast<Field>(place >> 33 & 0xFF); }
    [[nodiscard]] std::optional<TextSpan> span() const {
      if ((place >> 32 & 1) == 0) return std::nullopt;
      return TextSpan{place & UINT32_MAX, rest >> 32};
    }
    [[nodiscard]] bool has_origin_of(const Entry& other) const {
      return place == other.place && rest == other.rest;
    }
    [[nodiscard]] bool stands_before(const Entry& other) const {
      return place != other.place ? place < other.place : rest < other.rest;
    }
  };

  void sort_entries();

  std::vector<double> logits_;
  bool explain_ = false;
  std::vector<Entry> entries_;
  std::vector<Entry> by_slot_;
  std::vector<std::uint32_t> slot_begins_;
};

}  // namespace testigo::classify
