#pragma once

#include <optional>
#include <span>
#include <string>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "formats/tree.h"

namespace testigo::extract {

// What marks an element as somebody's contribution.
struct ItemMarks {
  bool author = false;
  bool date = false;
  bool reply = false;  // a link or button to answer it
};
// What the element itself says, whatever stands in it.
[[nodiscard]] ItemMarks marks_of(formats::Node element, const Measures& measures);

// The date that an element shows, as written: of <time> and <abbr title> the machine's form, else
// what is named a date or links to itself and holds a digit.
[[nodiscard]] std::optional<std::string> date_shown(formats::Node element, const Measure& own);

// The comment that an element holds, without those that answer it (`replies`, below it, in document
// order).
[[nodiscard]] PageComment read_comment(formats::Node item, std::span<const formats::Node> replies,
                                       const Measures& measures);

}  // namespace testigo::extract
