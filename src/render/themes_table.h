#pragma once

#include <span>
#include <string>

#include "insight/themes.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// For people: a line per theme with its volume, pain and growth, each with its interval.
[[nodiscard]] std::string render_themes(std::span<const insight::ThemeRank> themes,
                                        const Terminal& terminal);

// For programs. Columns: theme, mentions, before, classified, pain, pain_low, pain_high, growth,
// growth_low, growth_high, rank, small.
[[nodiscard]] Rows theme_rows(std::span<const insight::ThemeRank> themes);

}  // namespace testigo::render
