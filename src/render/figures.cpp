#include "render/figures.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace testigo::render {

std::string fixed(double value, int decimals) {
  std::array<char, 400> buffer{};  // the widest double has 309 digits before its point
  if (!std::isfinite(value)) return "–";
  const int size = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string text(buffer.data(), static_cast<std::size_t>(size));
  const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
  return is_zero && text.front() == '-' ? text.substr(1) : text;
}

std::string signed_fixed(double value, int decimals) {
  const std::string text = fixed(value, decimals);
  const bool is_positive = value > 0.0 && text.find_first_not_of("0.") != std::string::npos;
  return is_positive ? "+" + text : text;
}

std::string percent(double share) { return fixed(100.0 * share, 0) + "%"; }

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string byte_size(std::int64_t bytes) {
  constexpr std::array units = {"kB", "MB", "GB", "TB"};
  if (std::llabs(bytes) < 1000) return std::to_string(bytes) + " B";
  double amount = static_cast<double>(bytes) / 1000.0;
  std::size_t unit = 0;
  // 999.95 would be written "1000.0".
  while (std::fabs(amount) >= 999.95 && unit + 1 < units.size()) {
    amount /= 1000.0;
    ++unit;
  }
  return fixed(amount, 1) + " " + units[unit];
}

std::string duration(std::chrono::milliseconds took) {
  const std::int64_t ms = took.count();
  if (ms < 1'000) return std::to_string(ms) + " ms";
  if (ms < 59'950) return fixed(static_cast<double>(ms) / 1000.0, 1) + " s";
  const std::int64_t seconds = (ms + 500) / 1000;
  if (seconds < 3'600)
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

std::string counted(std::int64_t number, const std::string& one, const std::string& many) {
  if (number == 1) return "1 " + one;
  return grouped(number) + " " + (many.empty() ? one + "s" : many);
}

}  // namespace testigo::render
