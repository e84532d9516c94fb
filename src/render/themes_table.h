#pragma once

#include <string>
#include <vector>

#include "insight/themes.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// The themes of a window, and how much was seen of it and of the one before.
struct RankedThemes {
  std::vector<insight::ThemeRank> themes;
  insight::Exposure seen_now;
  insight::Exposure seen_before;
};

// For people: a line per theme with its volume, pain and growth, each with its interval.
[[nodiscard]] std::string render_themes(const RankedThemes& ranked, const Terminal& terminal);

// For programs. Columns: theme, mentions, before, classified, pain, pain_low, pain_high, growth,
// growth_low, growth_high, rank, small, window (its days), window_seen, before_seen.
[[nodiscard]] Rows theme_rows(const RankedThemes& ranked);

}  // namespace testigo::render
