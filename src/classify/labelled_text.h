#pragma once

#include <cstdint>
#include <string>

#include "classify/sides.h"

namespace testigo::classify {

// One text of one language with what people, or its stars, say of it.
struct LabelledText {
  std::string text;
  Side side = Side::neither;
  std::uint32_t set = 0;  // which collection it is from, counted from 0
};

}  // namespace testigo::classify
