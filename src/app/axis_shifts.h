#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/verdict.h"

namespace testigo::app {

// How many mentions get another value on the axes beside the tag, when they are judged again.

inline constexpr std::array shifted_axes{Axis::polarity, Axis::act, Axis::stage, Axis::intent,
                                         Axis::theme};

struct ValueShift {
  std::int64_t mentions = 0;
  MentionId example;  // the first
};
using ValuePair = std::pair<std::string, std::string>;  // before, after; "none" where there is none

struct AxisShift {
  std::int64_t mentions = 0;  // with another value; of themes, with any other
  // By name; a theme with its polarity, "price:negative". A mention may have several themes.
  std::map<ValuePair, ValueShift> values;
};
using AxisShifts = std::map<Axis, AxisShift>;  // without the axes on which nothing changes

// Where most mentions change first.
[[nodiscard]] std::vector<std::pair<ValuePair, ValueShift>> commonest(const AxisShift& shift);

// A mention as it is judged: its own polarity, the rest is its text's.
struct MentionValues {
  std::optional<Polarity> polarity;
  const Verdict& verdict;
};
// Counts a mention; the axes on which it changes.
std::vector<Axis> count_shifts(AxisShifts& shifts, MentionId mention, const MentionValues& before,
                               const MentionValues& after);

}  // namespace testigo::app
