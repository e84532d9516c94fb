#pragma once

#include <span>
#include <string>

#include "insight/before_after.h"
#include "insight/change_points.h"
#include "insight/note.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// A paragraph for each change: its day, net sentiment before and after, the notes within a week of
// it, the themes that grew and sentences that weigh most.
[[nodiscard]] std::string render_changes(std::span<const insight::ExplainedChange> changes,
                                         std::span<const insight::Note> notes,
                                         const Terminal& terminal);

// For programs. Columns: day, before_begin, before_end, after_begin, after_end, net_before,
// net_after, change, change_low, change_high, p, themes, notes, quotes.
[[nodiscard]] Rows change_rows(std::span<const insight::ExplainedChange> changes,
                               std::span<const insight::Note> notes);

// A line for each theme: the change about the date, that about the placebo date, and whether the
// first is one.
[[nodiscard]] std::string render_before_after(std::span<const insight::BeforeAfter> found,
                                              const Terminal& terminal);

// For programs. Columns: theme (null: all), date, days, before, after, net_before, net_after,
// change, change_low, change_high, p, adjusted_p, placebo_date, placebo_before, placebo_after,
// placebo_change, placebo_low, placebo_high, placebo_p, small, effect.
[[nodiscard]] Rows before_after_rows(std::span<const insight::BeforeAfter> found);

}  // namespace testigo::render
