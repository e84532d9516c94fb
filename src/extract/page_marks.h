#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// What shows that a part of a page is somebody's contribution.
enum Mark : std::uint8_t {
  authored = 1,    // a name
  dated = 2,       // when
  answerable = 4,  // a link or button to answer it
  starred = 8,     // a rating
};

struct PageMarks {
  std::vector<std::uint8_t> own;            // of a node itself, by its id
  std::vector<std::uint8_t> below;          // of it and all below
  std::vector<std::uint32_t> before;        // how many nodes with marks come before an id
  std::vector<std::uint32_t> names_before;  // how many of them are names
  std::vector<std::uint32_t> dates_before;  // how many of them are dates
  std::vector<formats::Node> dates;         // texts that are dates and nothing else, in order
};

// `language` of the page, for its dates; may be empty.
[[nodiscard]] PageMarks marks_of_page(const formats::Tree& tree, const Measures& measures,
                                      std::string_view language);

}  // namespace testigo::extract
