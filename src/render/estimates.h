#pragma once

#include <optional>
#include <string>
#include <vector>

#include "insight/statistics.h"
#include "insight/trend.h"
#include "render/rows.h"

namespace testigo::render {

// A figure with its interval, as people read it.
[[nodiscard]] std::string share_figure(const std::optional<insight::Estimate>& share);  // "42%"
// "42% [36, 48]": where a table has several.
[[nodiscard]] std::string share_and_interval(const std::optional<insight::Estimate>& share);
[[nodiscard]] std::string share_interval(const std::optional<insight::Estimate>& share);
[[nodiscard]] std::string net_figure(const std::optional<insight::Estimate>& net);  // "+0.31"
[[nodiscard]] std::string net_interval(const std::optional<insight::Estimate>& net);

// "×1.8" and "[1.2, 2.7]", of a growth.
[[nodiscard]] std::string growth_figure(const std::optional<insight::Estimate>& growth);
[[nodiscard]] std::string growth_interval(const std::optional<insight::Estimate>& growth);
// "seen 32 of 32 days, before 19 of 32".
[[nodiscard]] std::string exposure_words(const insight::Exposure& now,
                                         const insight::Exposure& before);

// Three values of a row: the figure and the ends of its interval; three nulls where there is none.
void append_estimate(std::vector<Value>& values, const std::optional<insight::Estimate>& estimate);

}  // namespace testigo::render
