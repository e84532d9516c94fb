#pragma once

#include <string_view>
#include <utility>

#include "core/result.h"

namespace testigo::bench {

// For a benchmark, which has nobody to hand an error to.
[[noreturn]] void give_up(std::string_view what);
template <class T>
[[nodiscard]] T value_or_give_up(Result<T> result) {
  if (!result) give_up(describe(result.error()));
  return std::move(*result);
}

}  // namespace testigo::bench
