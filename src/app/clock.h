#pragma once

#include <chrono>
#include <optional>

#include "core/time.h"

namespace testigo::app {

// The one place where the time is read. With --now the clock starts at that instant and goes on
// from there, so that a run can be repeated as if it were that day.
class Clock {
 public:
  explicit Clock(std::optional<UtcTime> start = std::nullopt)
      : start_(start), shift_(start ? *start - system_now() : Millis(0)) {}

  [[nodiscard]] UtcTime now() const { return system_now() + shift_; }
  // With --now that very instant: for what is stamped once, so that the same command gives the same
  // bytes.
  [[nodiscard]] UtcTime stamp() const { return start_.value_or(now()); }

 private:
  static UtcTime system_now() {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
  }
  std::optional<UtcTime> start_;
  Millis shift_;
};

}  // namespace testigo::app
