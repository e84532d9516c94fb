#pragma once

#include <cstdint>
#include <vector>

#include "extract/page_measure.h"
#include "extract/page_reading.h"
#include "formats/tree.h"

namespace testigo::extract {

// Readers' comments, found by what lists of them have in common and not by site: elements that are
// named as comments, repeat or stand in a list, and bear marks of a contribution (who, when, a
// number, a way to answer). `parent` of a comment is the id of the one that it stands in.
struct CommentList {
  std::vector<PageComment> comments;   // in document order
  std::vector<std::uint32_t> regions;  // nodes about comments, which are not the page's own matter
  bool cut = false;                    // there are more than are read of one page
};

// `language` of the page, for its dates; may be empty.
[[nodiscard]] CommentList find_comments(const formats::Tree& tree, const Measures& measures,
                                        std::string_view language = {});

}  // namespace testigo::extract
