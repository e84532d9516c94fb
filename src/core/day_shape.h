#pragma once

#include <algorithm>
#include <string_view>

namespace testigo {

// Whether a text has the digits and dashes of a day, as "2026-02-30": what parse_day does not take
// of these does not exist.
[[nodiscard]] inline bool has_shape_of_day(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  return text.size() == shape.size() &&
         std::equal(text.begin(), text.end(), shape.begin(), [](char c, char like) {
           return like == '0' ? c >= '0' && c <= '9' : c == like;
         });
}

}  // namespace testigo
