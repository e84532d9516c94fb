#include "classify/tally.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

namespace testigo::classify {
namespace {

// What rounding leaves of an entry that was taken back.
constexpr double nothing = 1e-12;

struct NamedSlot {
  Axis axis = Axis::tag;
  std::string_view value;
};

NamedSlot name_of(const CompiledRules& rules, ValueSlot slot) {
  std::uint8_t axis = 0;
  while (slot >= rules.first_slot[axis + 1u]) ++axis;
  const auto value = static_cast<std::uint16_t>(slot - rules.first_slot[axis]);
  return {static_cast<Axis>(axis), rules.value_name(axis, value)};
}

constexpr std::uint64_t low_half = UINT32_MAX;

}  // namespace

void Tally::reset(std::size_t slots, bool explain) {
  logits_.assign(slots, 0.0);
  entries_.clear();
  explain_ = explain;
}

// Stable, since amounts of one place are summed in the order in which they were entered. The
// entries of a slot come nearly in order: what is left to do is a few steps for each, unless they
// are many.
void Tally::sort_entries() {
  constexpr std::size_t many = 256;
  if (entries_.size() > many) {
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.stands_before(b); });
    return;
  }
  slot_begins_.assign(logits_.size() + 1, 0);
  for (const Entry& entry : entries_) ++slot_begins_[entry.slot() + 1u];
  std::partial_sum(slot_begins_.begin(), slot_begins_.end(), slot_begins_.begin());
  by_slot_.resize(entries_.size());
  for (const Entry& entry : entries_) by_slot_[slot_begins_[entry.slot()]++] = entry;
  entries_.swap(by_slot_);
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    const Entry entry = entries_[i];
    std::size_t at = i;
    for (; at > 0 && entry.stands_before(entries_[at - 1]); --at) entries_[at] = entries_[at - 1];
    entries_[at] = entry;
  }
}

std::vector<Reason> Tally::reasons(const CompiledRules& rules) {
  sort_entries();
  std::vector<Reason> out;
  out.reserve(entries_.size());
  std::optional<ValueSlot> slot;
  NamedSlot named;  // by that slot: they come in runs
  for (auto entry = entries_.cbegin(); entry != entries_.cend();) {
    const Entry& first = *entry;
    double sum = first.amount;
    while (++entry != entries_.cend() && entry->has_origin_of(first)) sum += entry->amount;
    if (std::abs(sum) < nothing) continue;
    if (slot != first.slot()) named = name_of(rules, *(slot = first.slot()));
    out.push_back({named.axis, named.value, rules.ids[first.rest & low_half], first.field(),
                   first.span(), sum});
  }
  return out;
}

}  // namespace testigo::classify
