#pragma once

#include <span>
#include <string>

#include "insight/consistency.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// A line for each brand and what its mentions are grouped by.
[[nodiscard]] std::string render_consistency(std::span<const insight::Consistency> found,
                                             const Terminal& terminal);

// For programs. Columns: brand, across, groups, classified, net, net_low, net_high, spread,
// beyond_chance, lowest, lowest_net, highest, highest_net, small.
[[nodiscard]] Rows consistency_rows(std::span<const insight::Consistency> found);

}  // namespace testigo::render
