#pragma once

#include <optional>
#include <vector>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "formats/tree.h"

namespace testigo::extract {

// How far an element is indented, as lists show what answers what: by an attribute ("indent",
// "data-depth"), a class ("depth-2"), a margin, a picture without anything to see, or how many
// elements around it are named for an indented list. The unit is the page's own.
[[nodiscard]] std::optional<double> indent_of(formats::Node element, const Measures& measures);

// Gives each comment the one before it that is indented less as parent, where the list is indented
// at all and no comment stands within another. `indents`: one for each comment, in the same order.
void nest_by_indent(std::vector<PageComment>& comments,
                    const std::vector<std::optional<double>>& indents);

}  // namespace testigo::extract
