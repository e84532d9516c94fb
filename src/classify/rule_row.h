#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "classify/collect.h"
#include "classify/compiled.h"

namespace testigo::classify {

// The axis, value and weight of a row, read and checked.
struct RuleHead {
  enum class Kind : std::uint8_t { axis, modifier, unit, language, calibration, declare };
  Kind kind = Kind::axis;
  std::uint8_t axis = 0;  // rule axis, for kinds axis, modifier and unit
  std::uint16_t value = 0;
  bool none = false;  // value `none` of an axis that may have no answer
  double weight = 0.0;
};

// A row that was read.
struct HeadedRow {
  const PlacedRow* row = nullptr;
  RuleHead head;
  std::uint32_t index = 0;  // in CompiledRules::rows
};

// `themes` are the theme names known so far, declared ones included.
[[nodiscard]] std::variant<RuleHead, Finding> read_head(const PlacedRow& row,
                                                        const std::vector<std::string>& themes);

// The number of a value by name among the values of a rule axis, `none` excluded.
[[nodiscard]] std::optional<std::uint16_t> find_value(std::uint8_t axis, std::string_view name,
                                                      const std::vector<std::string>& themes);

// A decimal number that fills the whole cell.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

}  // namespace testigo::classify
