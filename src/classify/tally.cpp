#include "classify/tally.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace testigo::classify {
namespace {

// What rounding leaves of an entry that was taken back.
constexpr double nothing = 1e-12;

Axis axis_of(const CompiledRules& rules, ValueSlot slot) {
  std::uint8_t axis = 0;
  while (slot >= rules.first_slot[axis + 1u]) ++axis;
  return static_cast<Axis>(axis);
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
  const auto key = [](const Entry& e) {
    const TextSpan span = e.origin.span.value_or(TextSpan{});
    return std::tuple(e.slot, e.origin.field, e.origin.span.has_value(), span.begin, span.end,
                      e.origin.row);
  };
  std::vector<Entry> sorted = entries_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  std::vector<Reason> out;
  for (std::size_t i = 0; i < sorted.size();) {
    const Entry& first = sorted[i];
    double sum = 0.0;
    for (; i < sorted.size() && key(sorted[i]) == key(first); ++i) sum += sorted[i].amount;
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
