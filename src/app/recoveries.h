#pragma once

#include "core/result.h"
#include "insight/recoveries.h"
#include "insight/trend.h"
#include "store/store.h"

namespace testigo::app {

// Of a kind of post the newest so many are read.
inline constexpr std::size_t most_recovery_posts = 20'000;

// Reads what was said of a brand in a window: whose pain ended, and how fast.
[[nodiscard]] Result<insight::Recoveries> recoveries_of(store::Store& store, const BrandId& brand,
                                                        const insight::DayRange& window,
                                                        UtcTime now);

}  // namespace testigo::app
