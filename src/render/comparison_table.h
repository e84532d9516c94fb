#pragma once

#include <span>
#include <string>

#include "insight/trend.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// How often is told as a growth per seen day where some of the periods was not seen.
// "mentions 412 (+38), net sentiment +0.31 [+0.22, +0.40], before +0.12: notably better".
[[nodiscard]] std::string render_change(const insight::Change& change, const Terminal& terminal);

// A line for each series beside the period before; of one without a name render_change.
[[nodiscard]] std::string render_comparison(std::span<const insight::SeriesChange> changes,
                                            const Terminal& terminal);

// For programs. Columns: series, begin, end, gap, mentions, net, net_low, net_high, before_begin,
// before_end, before_gap, before_mentions, before_net, before_net_low, before_net_high, change,
// change_low, change_high, p, notable, growth, growth_low, growth_high (of mentions on a seen day
// or hour, as `seen_by` says), window (its days or hours), window_seen, before_seen.
[[nodiscard]] Rows comparison_rows(std::span<const insight::SeriesChange> changes);

}  // namespace testigo::render
