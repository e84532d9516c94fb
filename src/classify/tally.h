#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "classify/compiled.h"
#include "core/verdict.h"

namespace testigo::classify {

// Where a reason comes from: a rule's row, and the words if there are any. Packed into two numbers
// in the order of reasons (Verdict::why): title, text, each by where the words begin; then those
// without words. Spans lie within text::max_token_text_bytes, so that 32 bits hold either end.
class Origin {
 public:
  Origin(std::uint32_t row, Field field)
      : place_(std::uint64_t{1} << 41 | (0xFF - number(field)) << 8 | number(field)), rest_(row) {}
  Origin(std::uint32_t row, Field field, std::uint32_t begin, std::uint32_t end)
      : place_(std::uint64_t{field != Field::title} << 40 | std::uint64_t{begin} << 8 |
               number(field)),
        rest_(std::uint64_t{end} << 32 | row) {}

  [[nodiscard]] std::uint32_t row() const { return static_cast<std::uint32_t>(rest_); }
  [[nodiscard]] Field field() const { return static_cast<Field>(place_ & 0xFF); }
  [[nodiscard]] std::optional<TextSpan> span() const {
    if (place_ >> 41 != 0) return std::nullopt;
    return TextSpan{place_ >> 8 & UINT32_MAX, rest_ >> 32};
  }

  friend bool operator==(const Origin&, const Origin&) = default;
  friend auto operator<=>(const Origin&, const Origin&) = default;

 private:
  static std::uint64_t number(Field field) { return static_cast<std::uint64_t>(field); }

  std::uint64_t place_;
  std::uint64_t rest_;
};

// The sums of one verdict. Every change of a sum is an entry under its origin, so that the
// explanation is exact by construction; without `explain` the entries are not kept, and the sums
// are the same.
class Tally {
 public:
  void reset(std::size_t slots, bool explain);
  // Whatever is added from here on comes from there.
  void speak_for(const Origin& origin) {
    if (explain_) turns_.push_back({origin, static_cast<std::uint32_t>(entries_.size())});
  }
  void add(ValueSlot slot, double amount) {
    logits_[slot] += amount;
    if (explain_) entries_.push_back({slot, amount});
  }
  [[nodiscard]] double logit(ValueSlot slot) const { return logits_[slot]; }
  // Of `count` values from one on.
  [[nodiscard]] std::span<const double> logits(ValueSlot first, std::size_t count) const {
    return std::span(logits_).subspan(first, count);
  }

  // By origin. Entries of the same origin and value are made one; those that come to nothing are
  // left out.
  [[nodiscard]] std::vector<Reason> reasons(const CompiledRules& rules);

 private:
  struct Entry {
    ValueSlot slot = 0;
    double amount = 0.0;
  };
  // What was entered of one origin at a time: from `first` up to the next turn's first.
  struct Turn {
    Origin origin;
    std::uint32_t first = 0;
    std::uint32_t last = 0;  // one behind the last, once the turns are closed
  };

  void close_turns();
  void sort_turns();

  std::vector<double> logits_;
  bool explain_ = false;
  std::vector<Entry> entries_;
  std::vector<Turn> turns_;
};

}  // namespace testigo::classify
