#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace testigo::render {

// The scale of a drawing. Values outside are held at its ends.
struct Scale {
  double low = 0.0;
  double high = 1.0;
};

// One of ▁▂▃▄▅▆▇█ per value, and a blank for a gap: where nothing was seen there is no zero.
[[nodiscard]] std::string sparkline(std::span<const std::optional<double>> values, Scale scale);

// The same, on the scale from 0 (or the least value, if negative) to the greatest.
[[nodiscard]] std::string sparkline(std::span<const std::optional<double>> values);

// A bar from the scale's zero (or low end) to the value, with the interval drawn over it:
// "█████├──┤···". `columns` wide exactly; at least 3.
[[nodiscard]] std::string interval_bar(double value, double low, double high, Scale scale,
                                       std::size_t columns);

}  // namespace testigo::render
