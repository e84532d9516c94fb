#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/verdict.h"

namespace testigo {

// Of one brand over a window: the mentions that speak of a theme.
struct ThemeSums {
  std::string theme;
  std::int64_t mentions = 0;
  std::array<std::int64_t, 4> polarities{};  // by Polarity, of the theme's own clauses

  [[nodiscard]] std::int64_t count(Polarity polarity) const {
    return polarities[static_cast<std::size_t>(polarity)];
  }
  friend bool operator==(const ThemeSums&, const ThemeSums&) = default;
};

}  // namespace testigo
