#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "extract/number.h"
#include "extract/own_nodes.h"
#include "extract/star_scale.h"
#include "formats/tree.h"

namespace testigo::extract {

// Who wrote a contribution, when, with how many stars and under which title; each with the element
// that shows it.
struct FoundMarks {
  std::optional<std::string> author;
  std::optional<std::string> date;  // as written
  std::optional<WrittenRating> rating;
  std::optional<std::int64_t> reach;  // "3 people found this helpful"
  formats::Node author_node;
  formats::Node author_frame;  // of no more than the name and what is said of its bearer
  formats::Node time_node;     // a <time>
  formats::Node date_text;     // a text that no element holds alone
  formats::Node rating_node;
  formats::Node title_node;
};

// `dates`: texts of the page that are dates and nothing else, in order; `scales` of its stars. Of a
// `record`, one of several siblings that each have words, name and date or rating, what stands
// first is the name where nothing is named so.
[[nodiscard]] FoundMarks find_marks(const OwnNodes& own, std::span<const formats::Node> dates,
                                    const StarScales& scales, bool record);

// Whether a date stands within.
[[nodiscard]] bool holds_date(const OwnNodes& own, std::span<const formats::Node> dates,
                              formats::Node node);

}  // namespace testigo::extract
