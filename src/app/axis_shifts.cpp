#include "app/axis_shifts.h"

#include <algorithm>
#include <string_view>

namespace testigo::app {
namespace {

constexpr std::string_view no_value = "none";

template <class Value>
std::string named(const std::optional<Value>& value) {
  return std::string(value ? to_string(*value) : no_value);
}

std::map<std::string, std::string> themes_of(const Verdict& verdict) {
  std::map<std::string, std::string> themes;
  for (const Facet& theme : verdict.themes)
    themes.emplace(theme.name, theme.name + ":" + std::string(to_string(theme.polarity)));
  return themes;
}

// The themes that come, go, or sound otherwise.
std::vector<ValuePair> theme_pairs(const Verdict& before, const Verdict& after) {
  const auto were = themes_of(before), are = themes_of(after);
  std::vector<ValuePair> pairs;
  for (const auto& [name, shown] : were) {
    const auto is = are.find(name);
    const std::string then = is == are.end() ? std::string(no_value) : is->second;
    if (then != shown) pairs.emplace_back(shown, then);
  }
  for (const auto& [name, shown] : are)
    if (!were.contains(name)) pairs.emplace_back(no_value, shown);
  return pairs;
}

std::vector<ValuePair> pairs_on(Axis axis, const MentionValues& before,
                                const MentionValues& after) {
  ValuePair pair;
  switch (axis) {
    case Axis::polarity:
      pair = {named(before.polarity), named(after.polarity)};
      break;
    case Axis::act:
      pair = {named(before.verdict.act), named(after.verdict.act)};
      break;
    case Axis::stage:
      pair = {named(before.verdict.stage), named(after.verdict.stage)};
      break;
    case Axis::intent:
      pair = {named(before.verdict.intent), named(after.verdict.intent)};
      break;
    default:
      return theme_pairs(before.verdict, after.verdict);
  }
  if (pair.first == pair.second) return {};
  return {std::move(pair)};
}

}  // namespace

std::vector<std::pair<ValuePair, ValueShift>> commonest(const AxisShift& shift) {
  std::vector<std::pair<ValuePair, ValueShift>> sorted(shift.values.begin(), shift.values.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.second.mentions > b.second.mentions;
  });
  return sorted;
}

std::vector<Axis> count_shifts(AxisShifts& shifts, MentionId mention, const MentionValues& before,
                               const MentionValues& after) {
  std::vector<Axis> changed;
  for (const Axis axis : shifted_axes) {
    const std::vector<ValuePair> pairs = pairs_on(axis, before, after);
    if (pairs.empty()) continue;
    changed.push_back(axis);
    AxisShift& shift = shifts[axis];
    ++shift.mentions;
    for (const ValuePair& pair : pairs) {
      ValueShift& value = shift.values[pair];
      if (value.mentions++ == 0) value.example = mention;
    }
  }
  return changed;
}

}  // namespace testigo::app
