#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// What one element says by itself of a contribution: who, when, how many stars.

// A link to a person's page, as forums and shops write those.
[[nodiscard]] bool leads_to_person(formats::Node element);

// Whether an element's class names it for a person: "message-name", "user".
[[nodiscard]] bool names_person(formats::Node element);

// Whether an element holds the name of who wrote, and little else.
[[nodiscard]] bool names_author(formats::Node element, const Measures& measures);

// Whether it stands in what is there for readers without scripts.
[[nodiscard]] bool is_for_no_scripts(formats::Node node);

// Whether an element is a picture of who wrote, drawn from the first letters of the name.
[[nodiscard]] bool is_initials(formats::Node element, const Measure& own);

// Whether an element is made to show a rating: by its name, or by a label of stars.
[[nodiscard]] bool may_show_rating(formats::Node element, const Measure& own);

// Who wrote, as forums state it of a contribution for their own scripts: data-author="Ana".
[[nodiscard]] std::optional<std::string> stated_author(formats::Node item);

// A link or button to answer.
[[nodiscard]] bool is_reply_control(formats::Node element, const Measure& own);

// The date that an element shows, as written: of <time> and <abbr title> the machine's form, else
// what is named a date or links to itself and holds a digit.
[[nodiscard]] std::optional<std::string> date_shown(formats::Node element, const Measure& own);

// What marks an element as somebody's contribution.
struct ItemMarks {
  bool author = false;
  bool date = false;
  bool reply = false;   // a link or button to answer it
  bool rating = false;  // stars
};
// What the element itself says, whatever stands in it.
[[nodiscard]] ItemMarks marks_of(formats::Node element, const Measures& measures);

[[nodiscard]] bool has_digit(std::string_view text);
[[nodiscard]] bool has_letter(std::string_view text);  // all beyond ASCII counts as one

inline constexpr std::uint32_t longest_name = 60;    // characters of a person's or account's name
inline constexpr std::uint32_t longest_title = 200;  // of a contribution's title
inline constexpr std::uint32_t longest_date = 60;    // of what shows a date
inline constexpr std::size_t longest_rating = 60;    // bytes of what says a rating

}  // namespace testigo::extract
