#pragma once

#include <string>

#include "insight/look_alikes.h"
#include "render/rows.h"
#include "render/terminal.h"

namespace testigo::render {

// Bursts with quotes, posts that others repeat, and what the figures are with each as one voice.
[[nodiscard]] std::string render_look_alikes(const insight::LookAlikes& found,
                                             const Terminal& terminal);

// For programs: a row for each burst and syndicated post. Columns: kind (burst, syndicated), first,
// last, posts, authors, sources, counted (in shares), weight (of each post, as one voice),
// expected, p, quotes.
[[nodiscard]] Rows look_alike_rows(const insight::LookAlikes& found);

}  // namespace testigo::render
