#pragma once

#include <cstdint>

namespace testigo::classify {

// Of ClassifyInput::brands: the one that the author leaves, and another that they go to.
struct BrandSwitch {
  std::uint16_t from = 0;
  std::uint16_t to = 0;

  friend bool operator==(const BrandSwitch&, const BrandSwitch&) = default;
};

}  // namespace testigo::classify
