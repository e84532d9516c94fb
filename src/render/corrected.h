#pragma once

#include <string>

#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// Which figures of a chart the labels of an audit corrected. An audit labels tags: their shares can
// be corrected, counts and net sentiment, which is of polarities, cannot.

// For people, below the chart.
[[nodiscard]] std::string corrected_line(const Terminal& terminal);

// For programs: adds a column `corrected` with the names of the other columns that are.
void say_corrected(Rows& rows);

}  // namespace testigo::render
