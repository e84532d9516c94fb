#pragma once

#include <chrono>
#include <cstdint>
#include <string>

// Figures as people read them; programs get theirs from rows.h.

namespace testigo::render {

[[nodiscard]] std::string fixed(double value, int decimals);         // "0.31"; never "-0.00"
[[nodiscard]] std::string signed_fixed(double value, int decimals);  // "+0.31", "−" is ASCII "-"
[[nodiscard]] std::string percent(double share);                     // 0.421 → "42%"
[[nodiscard]] std::string grouped(std::int64_t number);              // 1234567 → "1,234,567"
[[nodiscard]] std::string byte_size(std::int64_t bytes);             // "1.4 MB" (powers of 1000)
[[nodiscard]] std::string duration(
    std::chrono::milliseconds took);  // "850 ms", "12.3 s", "4 min 5 s"

// "1 page", "2 pages", "3 replies" with an irregular plural.
[[nodiscard]] std::string counted(std::int64_t number, const std::string& one,
                                  const std::string& many = {});

}  // namespace testigo::render
