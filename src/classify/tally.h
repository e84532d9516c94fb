#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "classify/compiled.h"
#include "core/verdict.h"

namespace testigo::classify {

// Where a reason comes from: a rule's row, and the words if there are any.
struct Origin {
  std::uint32_t row = 0;  // in CompiledRules::rows
  Field field = Field::text;
  std::optional<TextSpan> span;
};

// The sums of one verdict. Every change of a sum is an entry with its origin, so that the
// explanation is exact by construction; without `explain` the entries are not kept, and the sums
// are the same.
class Tally {
 public:
  void reset(std::size_t slots, bool explain);
  void add(ValueSlot slot, double amount, const Origin& origin);
  [[nodiscard]] double logit(ValueSlot slot) const { return logits_[slot]; }

  // Entries of the same value, rule and place made one; those that come to nothing are left out. By
  // axis, value, field and place.
  [[nodiscard]] std::vector<Reason> reasons(const CompiledRules& rules) const;

 private:
  struct Entry {
    ValueSlot slot = 0;
    double amount = 0.0;
    Origin origin;
  };

  std::vector<double> logits_;
  bool explain_ = false;
  std::vector<Entry> entries_;
};

}  // namespace testigo::classify
