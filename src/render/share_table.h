#pragma once

#include <span>
#include <string>

#include "insight/share.h"
#include "insight/switches.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// For people: a line per brand with share of voice and share of advocacy, each with its interval,
// and net sentiment. Figures of small samples are grey and marked "~".
[[nodiscard]] std::string render_voices(std::span<const insight::Voice> voices,
                                        const Terminal& terminal);

// For programs. Columns: brand, mentions, advocacy, complaint, share, share_low, share_high,
// advocacy_share, advocacy_low, advocacy_high, net, net_low, net_high, small, advocacy_small,
// net_small.
[[nodiscard]] Rows voice_rows(std::span<const insight::Voice> voices);

// For people: a line per cell, then the newest words of each with their ids.
[[nodiscard]] std::string render_switches(std::span<const insight::SwitchCell> cells,
                                          const Terminal& terminal);

// For programs. Columns: from, to (null: none of the brands compared), goes, prefers, share,
// share_low, share_high, balance, balance_low, balance_high, small, themes (JSON: name → posts),
// quotes (JSON: id, text, language, source, url, evidence, day).
[[nodiscard]] Rows switch_rows(std::span<const insight::SwitchCell> cells);

}  // namespace testigo::render
