#pragma once

#include <span>
#include <string>

#include "insight/loyalty.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// A line for each brand with its fans, detractors and intents, then the loudest of both of the
// first brand under their pseudonyms.
[[nodiscard]] std::string render_loyalty(std::span<const insight::Loyalty> found,
                                         const Terminal& terminal);

// For programs. Columns: brand, authors, fans, detractors, silent, net_advocacy, net_advocacy_low,
// net_advocacy_high, small, classified, then for each of buy, repurchase, churn and switch the
// count, NAME_share, NAME_low and NAME_high; arrivals, top_fans, top_detractors.
[[nodiscard]] Rows loyalty_rows(std::span<const insight::Loyalty> found);

}  // namespace testigo::render
