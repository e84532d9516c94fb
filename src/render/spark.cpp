#include "render/spark.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace testigo::render {
namespace {

constexpr std::array<std::string_view, 8> levels = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::size_t least_bar = 3;

// Where a value lies on a scale, in [0, 1]. A scale without height puts all at its low end.
double position(double value, Scale scale) {
  const double height = scale.high - scale.low;
  if (!(height > 0.0) || !std::isfinite(value)) return 0.0;
  return std::clamp((value - scale.low) / height, 0.0, 1.0);
}

std::string_view level(double value, Scale scale) {
  const double step = position(value, scale) * static_cast<double>(levels.size() - 1);
  return levels[static_cast<std::size_t>(std::lround(step))];
}

std::size_t column(double value, Scale scale, std::size_t columns) {
  return static_cast<std::size_t>(
      std::lround(position(value, scale) * static_cast<double>(columns - 1)));
}

}  // namespace

std::string sparkline(std::span<const std::optional<double>> values, Scale scale) {
  std::string line;
  for (const auto& value : values) line += value ? level(*value, scale) : " ";
  return line;
}

std::string sparkline(std::span<const std::optional<double>> values) {
  Scale scale{0.0, 0.0};
  for (const auto& value : values) {
    if (!value) continue;
    scale.low = std::min(scale.low, *value);
    scale.high = std::max(scale.high, *value);
  }
  return sparkline(values, scale);
}

std::string interval_bar(double value, double low, double high, Scale scale, std::size_t columns) {
  columns = std::max(columns, least_bar);
  const std::size_t zero = column(std::max(0.0, scale.low), scale, columns);
  const std::size_t end = column(value, scale, columns);
  const std::size_t from = column(std::min(low, value), scale, columns);
  const std::size_t to = column(std::max(high, value), scale, columns);
  std::string bar;
  for (std::size_t at = 0; at < columns; ++at) {
    if (at == end)
      bar += "●";
    else if (at == from)
      bar += "├";
    else if (at == to)
      bar += "┤";
    else if (from < at && at < to)
      bar += "─";
    else if (std::min(zero, end) <= at && at <= std::max(zero, end))
      bar += "█";
    else
      bar += "·";
  }
  return bar;
}

}  // namespace testigo::render
