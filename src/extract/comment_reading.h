#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "formats/tree.h"

namespace testigo::extract {

// A link to a person's page, as forums and shops write those.
[[nodiscard]] bool leads_to_person(formats::Node element);

// Whether an element's class names it for a person: "message-name", "user".
[[nodiscard]] bool names_person(formats::Node element);

// What marks an element as somebody's contribution.
struct ItemMarks {
  bool author = false;
  bool date = false;
  bool reply = false;   // a link or button to answer it
  bool rating = false;  // stars
};
// What the element itself says, whatever stands in it.
[[nodiscard]] ItemMarks marks_of(formats::Node element, const Measures& measures);

// The date that an element shows, as written: of <time> and <abbr title> the machine's form, else
// what is named a date or links to itself and holds a digit.
[[nodiscard]] std::optional<std::string> date_shown(formats::Node element, const Measure& own);

// A page's elements, and what was found of them.
struct CommentContext {
  const Measures& measures;
  std::span<const formats::Node> dates;  // texts that are dates and nothing else, in order
};

// The comment that an element holds, without those that answer it (`replies`, below it, in document
// order). Of a `record`, one of several siblings that each have words, name and date or rating,
// what stands first is the name where nothing is named so, and what is headed is the title.
[[nodiscard]] PageComment read_comment(formats::Node item, std::span<const formats::Node> replies,
                                       const CommentContext& context, bool record);

}  // namespace testigo::extract
