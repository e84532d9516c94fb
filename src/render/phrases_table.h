#pragma once

#include <span>
#include <string>

#include "insight/phrases.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// A line for each phrase: who says it now and before, and where.
[[nodiscard]] std::string render_phrases(std::span<const insight::QuotedPhrase> phrases,
                                         const Terminal& terminal);

// For programs. Columns: phrase, now, before, share, share_low, share_high, share_before,
// share_before_low, share_before_high, g2, sure, quote.
[[nodiscard]] Rows phrase_rows(std::span<const insight::QuotedPhrase> phrases);

}  // namespace testigo::render
