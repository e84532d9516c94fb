#pragma once

#include <string>

#include "insight/quote.h"
#include "render/terminal.h"

namespace testigo::render {

// A quote and, on a line of its own, whose it is: language, source, day and the mention's id. Cut
// to the terminal's width, and at most to quote_columns: the rest is behind the id.
[[nodiscard]] std::string quote_lines(const insight::Quote& quote, const Terminal& terminal);
inline constexpr std::size_t quote_columns = 300;

}  // namespace testigo::render
