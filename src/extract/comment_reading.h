#pragma once

#include <span>
#include <string_view>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "extract/star_scale.h"
#include "formats/tree.h"

namespace testigo::extract {

// A page's elements, and what was found of them.
struct CommentContext {
  const Measures& measures;
  std::span<const formats::Node> dates;  // texts that are dates and nothing else, in order
  const StarScales& scales;
  std::string_view subject;  // what the page is about, by its main heading: folded
};

// Where a contribution stands. Lists in document order.
struct CommentPlace {
  formats::Node item;                      // the element that holds it
  std::span<const formats::Node> beside;   // elements beside it that tell of it: name, date
  std::span<const formats::Node> replies;  // below it: what answers it
  bool record = false;   // one of several siblings that each have words, name and date or rating:
                         // what stands first is the name where nothing is named so, and what is
                         // headed is the title
  bool rated = false;    // stars are in it
  bool answers = false;  // it stands within another
};

[[nodiscard]] PageComment read_comment(const CommentPlace& place, const CommentContext& context);

}  // namespace testigo::extract
