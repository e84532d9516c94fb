#include "classify/rule_row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace testigo::classify {
namespace {

using namespace std::string_view_literals;

constexpr std::array modifier_names = {
    "negator"sv,     "pseudo_negator"sv, "intensifier"sv, "diminisher"sv, "contrast"sv,
    "concession"sv,  "boundary"sv,       "conditional"sv, "past"sv,       "comparator"sv,
    "comparative"sv, "equative"sv,       "joiner"sv,      "question"sv,   "exclaim"sv,
    "caps"sv,        "elongated"sv,      "quoted"sv};
static_assert(modifier_names.size() == modifier_count);

constexpr std::array unit_names = {"duration"sv, "money"sv, "number"sv, "article"sv, "part"sv};

// A weight beyond this would silence everything else that a text says.
constexpr double max_weight = 9.0;

constexpr double max_factor = 5.0;  // of an intensifier
constexpr double max_reach = 12.0;  // of a negator, in words

template <class Names>
std::optional<std::uint16_t> index_in(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - names.begin());
}

std::string join(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

std::string values_of(std::uint8_t axis, const std::vector<std::string>& themes) {
  if (axis == modifier_axis) return join(modifier_names);
  if (axis == unit_axis) return join(unit_names);
  if (axis != index_of(Axis::theme)) return join(value_names(static_cast<Axis>(axis)));
  const std::vector<std::string_view> names(themes.begin(), themes.end());
  return join(names);
}

// Modifiers whose weight says nothing.
bool is_weightless(std::uint16_t modifier) {
  switch (static_cast<Modifier>(modifier)) {
    case Modifier::pseudo_negator:
    case Modifier::boundary:
    case Modifier::conditional:
    case Modifier::comparator:
    case Modifier::comparative:
    case Modifier::equative:
    case Modifier::joiner:
    case Modifier::question:
      return true;
    default:
      return false;
  }
}

std::optional<std::string> wrong_weight(const RuleHead& head) {
  const double weight = head.weight;
  if (head.kind == RuleHead::Kind::unit) {
    return weight > 0 ? std::nullopt : std::optional<std::string>("a unit is a positive number");
  }
  if (head.kind == RuleHead::Kind::modifier) {
    if (is_weightless(head.value)) return std::nullopt;
    if (static_cast<Modifier>(head.value) == Modifier::negator) {
      if (weight >= 1 && weight <= max_reach && weight == std::floor(weight)) return std::nullopt;
      return "a negator's weight is its reach in words, from 1 to 12";
    }
    if (static_cast<Modifier>(head.value) == Modifier::contrast && !(weight >= 1 && weight <= 2)) {
      return "a contrast's weight is from 1 to 2: what follows counts so much, what came before 2 "
             "less that";
    }
    if (weight >= 0 && weight <= max_factor) return std::nullopt;
    return "a modifier's weight is a factor from 0 to 5";
  }
  if (head.kind == RuleHead::Kind::calibration) {
    return weight > 0 ? std::nullopt : std::optional<std::string>("a temperature is positive");
  }
  if (std::abs(weight) <= max_weight) return std::nullopt;
  return "a weight is from -9 to 9";
}

struct NamedAxis {
  RuleHead::Kind kind;
  std::uint8_t axis;
};

std::optional<NamedAxis> axis_of(std::string_view name) {
  if (const auto axis = parse_axis(name)) return NamedAxis{RuleHead::Kind::axis, index_of(*axis)};
  if (name == "modifier") return NamedAxis{RuleHead::Kind::modifier, modifier_axis};
  if (name == "unit") return NamedAxis{RuleHead::Kind::unit, unit_axis};
  if (name == "language") return NamedAxis{RuleHead::Kind::language, 0};
  if (name == "calibration") return NamedAxis{RuleHead::Kind::calibration, 0};
  if (name == "declare") return NamedAxis{RuleHead::Kind::declare, 0};
  return std::nullopt;
}

bool has_values(RuleHead::Kind kind) {
  return kind == RuleHead::Kind::axis || kind == RuleHead::Kind::modifier ||
         kind == RuleHead::Kind::unit;
}

// "polarity positive -2" means "polarity negative 2".
void turn_negative_polarity(RuleHead& head) {
  if (head.kind != RuleHead::Kind::axis || head.axis != index_of(Axis::polarity)) return;
  if (head.weight >= 0 || head.value > static_cast<std::uint16_t>(Polarity::negative)) return;
  head.value =
      static_cast<std::uint16_t>(head.value == 0 ? Polarity::negative : Polarity::positive);
  head.weight = -head.weight;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<std::uint16_t> find_value(std::uint8_t axis, std::string_view name,
                                        const std::vector<std::string>& themes) {
  if (axis == modifier_axis) return index_in(modifier_names, name);
  if (axis == unit_axis) return index_in(unit_names, name);
  if (axis == index_of(Axis::theme)) return index_in(themes, name);
  return parse_value(static_cast<Axis>(axis), name);
}

std::variant<RuleHead, Finding> read_head(const PlacedRow& row,
                                          const std::vector<std::string>& themes) {
  const Cell axis_cell = row.row.cell(axis_column);
  const Cell value_cell = row.row.cell(value_column);
  const Cell weight_cell = row.row.cell(weight_column);
  const auto axis = axis_of(axis_cell.text);
  if (!axis) {
    return row.finding(
        axis_cell.column,
        "there is no axis '" + std::string(axis_cell.text) +
            "'; it is one of tag, polarity, act, stage, intent, service, cycle, theme, recovery, "
            "modifier, unit, language, calibration, declare");
  }
  RuleHead head{axis->kind, axis->axis, 0, false, 0.0};
  head.none =
      axis->kind == RuleHead::Kind::axis && has_none(axis->axis) && value_cell.text == "none";
  if (has_values(axis->kind) && !head.none) {
    const auto value = find_value(axis->axis, value_cell.text, themes);
    if (!value) {
      return row.finding(value_cell.column, "'" + std::string(value_cell.text) +
                                                "' is no value of " + std::string(axis_cell.text) +
                                                "; it is one of " + values_of(axis->axis, themes));
    }
    head.value = *value;
  }
  const bool may_lack_weight = head.kind == RuleHead::Kind::declare ||
                               (head.kind == RuleHead::Kind::modifier && is_weightless(head.value));
  const auto weight = read_number(weight_cell.text);
  if (!weight && !(may_lack_weight && weight_cell.text == "-")) {
    return row.finding(weight_cell.column,
                       "'" + std::string(weight_cell.text) +
                           "' is no weight; write a number such as 2 or -1.5, or off");
  }
  head.weight = weight.value_or(1.0);
  if (const auto wrong = wrong_weight(head)) return row.finding(weight_cell.column, *wrong);
  turn_negative_polarity(head);
  return head;
}

}  // namespace testigo::classify
