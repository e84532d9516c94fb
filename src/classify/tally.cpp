#include "classify/tally.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace testigo::classify {
namespace {

// What rounding leaves of an entry that was taken back.
constexpr double nothing = 1e-12;

// The reasons of one origin, at the end of the list of all.
class OriginReasons {
 public:
  OriginReasons(const CompiledRules& rules, const Origin& origin, std::vector<Reason>& out)
      : names_(rules.slot_names),
        rule_(rules.ids[origin.row()]),
        field_(origin.field()),
        span_(origin.span()),
        out_(out),
        first_(out.size()) {}

  void add(ValueSlot slot, double amount) {
    if (std::abs(amount) < nothing) return;
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    const SlotName& name = names_[slot];
    if ((seen_ & bit) != 0 && add_to_known(name, amount)) return;
    seen_ |= bit;
    Reason& reason = out_.emplace_back();
    reason.axis = name.axis;
    reason.value = name.value;
    reason.rule = rule_;
    reason.field = field_;
    reason.span = span_;
    reason.contribution = amount;
  }

  void leave_out_nothing() {
    if (!summed_) return;
    const auto first = out_.begin() + static_cast<std::ptrdiff_t>(first_);
    const auto is_nothing = [](const Reason& r) { return std::abs(r.contribution) < nothing; };
    out_.erase(std::remove_if(first, out_.end(), is_nothing), out_.end());
  }

 private:
  bool add_to_known(const SlotName& name, double amount) {
    for (std::size_t i = first_; i < out_.size(); ++i) {
      if (out_[i].axis != name.axis || out_[i].value.data() != name.value.data()) continue;
      out_[i].contribution += amount;
      return summed_ = true;
    }
    return false;
  }

  std::span<const SlotName> names_;
  std::string_view rule_;
  Field field_;
  std::optional<TextSpan> span_;
  std::vector<Reason>& out_;
  std::size_t first_;
  std::uint64_t seen_ = 0;  // a bit for each slot; others may have the same
  bool summed_ = false;
};

}  // namespace

void Tally::reset(std::size_t slots, bool explain) {
  logits_.assign(slots, 0.0);
  entries_.clear();
  turns_.clear();
  explain_ = explain;
}

void Tally::close_turns() {
  auto last = static_cast<std::uint32_t>(entries_.size());
  for (auto turn = turns_.rbegin(); turn != turns_.rend(); ++turn) {
    turn->last = last;
    last = turn->first;
  }
}

// Stable, since amounts of one origin are summed in the order in which they were entered. The turns
// come nearly in order: what is left to do is a few steps for some, unless they are many.
void Tally::sort_turns() {
  constexpr std::size_t many = 256;
  const auto before = [](const Turn& a, const Turn& b) { return a.origin < b.origin; };
  if (turns_.size() > many) return std::stable_sort(turns_.begin(), turns_.end(), before);
  for (std::size_t i = 1; i < turns_.size(); ++i) {
    if (!before(turns_[i], turns_[i - 1])) continue;
    const Turn turn = turns_[i];
    std::size_t at = i;
    for (; at > 0 && before(turn, turns_[at - 1]); --at) turns_[at] = turns_[at - 1];
    turns_[at] = turn;
  }
}

std::vector<Reason> Tally::reasons(const CompiledRules& rules) {
  close_turns();
  sort_turns();
  std::vector<Reason> out;
  out.reserve(entries_.size());
  for (auto turn = turns_.cbegin(); turn != turns_.cend();) {
    const Origin& origin = turn->origin;
    OriginReasons its(rules, origin, out);
    for (; turn != turns_.cend() && turn->origin == origin; ++turn)
      for (std::size_t i = turn->first; i < turn->last; ++i)
        its.add(entries_[i].slot, entries_[i].amount);
    its.leave_out_nothing();
  }
  return out;
}

}  // namespace testigo::classify
