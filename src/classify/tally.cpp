#include "classify/tally.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

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

// What entries are ordered by, and made one by, in few words: slot, field, whether there is a span,
// and its beginning; then its end and the row; last the order in which they were entered. Spans lie
// within text::max_token_text_bytes, so that 32 bits hold either end.
struct Key {
  std::uint64_t place = 0;
  std::uint64_t rest = 0;
  std::uint32_t entry = 0;

  friend bool operator<(const Key& a, const Key& b) {
    if (a.place != b.place) return a.place < b.place;
    return a.rest != b.rest ? a.rest < b.rest : a.entry < b.entry;
  }
  [[nodiscard]] bool is_same(const Key& other) const {
    return place == other.place && rest == other.rest;
  }
};

Key key_of(ValueSlot slot, const Origin& origin, std::uint32_t entry) {
  const TextSpan span = origin.span.value_or(TextSpan{});
  const std::uint64_t value = (std::uint64_t{slot} << 9) |
                              (static_cast<std::uint64_t>(origin.field) << 1) |
                              (origin.span ? 1U : 0U);
  return {value << 32 | span.begin, std::uint64_t{span.end} << 32 | origin.row, entry};
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
  std::optional<ValueSlot> slot;
  NamedSlot named;  // by that slot: they come in runs
  for (std::size_t i = 0; i < keys.size();) {
    const Key& key = keys[i];
    const Entry& first = entries_[key.entry];
    double sum = 0.0;
    for (; i < keys.size() && keys[i].is_same(key); ++i) sum += entries_[keys[i].entry].amount;
    if (std::abs(sum) < nothing) continue;
    if (slot != first.slot) named = name_of(rules, *(slot = first.slot));
    out.push_back({named.axis, named.value, rules.ids[first.origin.row], first.origin.field,
                   first.origin.span, sum});
  }
  return out;
}

}  // namespace testigo::classify
