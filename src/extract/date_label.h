#pragma once

#include <cstdint>
#include <string_view>

namespace testigo::extract {

// How well a date tells when a contribution was written, the worst first.
enum class DateWorth : std::uint8_t {
  none,
  of_use,     // of the stay, visit or purchase that it tells of
  of_month,   // without a day
  shown,      // a date that says no more
  stated,     // in the machine's form
  of_writing  // said to be that: "Reviewed: 5 May 2026"
};

// What the words before a date, or around it, say of it: of_use, of_writing, or else shown.
[[nodiscard]] DateWorth worth_by_label(std::string_view words);

// "October 2026", "2026-10", "10/2026"
[[nodiscard]] bool is_month_alone(std::string_view date);

}  // namespace testigo::extract
