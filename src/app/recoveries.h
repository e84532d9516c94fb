#pragma once

#include <chrono>
#include <cstddef>

#include "core/result.h"
#include "insight/recoveries.h"
#include "insight/trend.h"
#include "store/store.h"

namespace testigo::app {

// Of a kind of post the newest so many are read.
inline constexpr std::size_t most_recovery_posts = 20'000;

// What is read before the window, to tell which pains in it are older.
inline constexpr std::chrono::days pain_memory{365};

// Of the pains that began in a window: which ended in it, and how fast.
[[nodiscard]] Result<insight::Recoveries> recoveries_of(store::Store& store, const BrandId& brand,
                                                        const insight::DayRange& window,
                                                        UtcTime now);

}  // namespace testigo::app
