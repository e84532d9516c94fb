#include "classify/tally.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>

namespace testigo::classify {
namespace {

// What rounding leaves of an entry that was taken back.
constexpr double nothing = 1e-12;

Axis axis_of(const CompiledRules& rules, ValueSlot slot) {
  std::uint8_t axis = 0;
  while (slot >= rules.first_slot[axis + 1u]) ++axis;
  return static_cast<Axis>(axis);
}

// What entries are ordered by, and made one by, in few words: slot, field and whether there is a
// span, then the span, then the row; last the order in which they were entered.
struct Key {
  std::uint64_t value = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint32_t row = 0;
  std::uint32_t entry = 0;

  friend auto operator<=>(const Key&, const Key&) = default;
  [[nodiscard]] bool is_same(const Key& other) const {
    return value == other.value && begin == other.begin && end == other.end && row == other.row;
  }
};

Key key_of(ValueSlot slot, const Origin& origin, std::uint32_t entry) {
  const TextSpan span = origin.span.value_or(TextSpan{});
  const std::uint64_t value = (std::uint64_t{slot} << 9) |
                              (static_cast<std::uint64_t>(origin.field) << 1) |
                              (origin.span ? 1U : 0U);
  return {value, span.begin, span.end, origin.row, entry};
}

}  // namespace

void Tally::reset(std::size_t slots, bool explain) {
  logits_.assign(slots, 0.0);
  entries_.clear();
  explain_ = explain;
}

void Tally::add(ValueSlot slot, double amount, const Origin& origin) {
  logits_[slot] += amount;
  if (explain_) entries_.push_back({slot, amount, origin});
}

std::vector<Reason> Tally::reasons(const CompiledRules& rules) const {
  std::vector<Key> keys;
  keys.reserve(entries_.size());
  for (const Entry& entry : entries_)
    keys.push_back(key_of(entry.slot, entry.origin, static_cast<std::uint32_t>(keys.size())));
  std::sort(keys.begin(), keys.end());
  std::vector<Reason> out;
  out.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size();) {
    const Key& key = keys[i];
    const Entry& first = entries_[key.entry];
    double sum = 0.0;
    for (; i < keys.size() && keys[i].is_same(key); ++i) sum += entries_[keys[i].entry].amount;
    if (std::abs(sum) < nothing) continue;
    const Axis axis = axis_of(rules, first.slot);
    const auto value = static_cast<std::uint16_t>(first.slot - rules.first_slot[index_of(axis)]);
    out.push_back({axis, std::string(rules.value_name(index_of(axis), value)),
                   RuleId(rules.rows[first.origin.row].id), first.origin.field, first.origin.span,
                   sum});
  }
  return out;
}

}  // namespace testigo::classify
