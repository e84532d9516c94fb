#pragma once

#include <optional>
#include <string_view>

#include "extract/paging.h"

namespace testigo::extract {

// How plainly a link says that it leads to the next or the previous page, by its rel attribute, its
// words and its hints: 0 not at all. Words beat glyphs, since "»" is also last.
struct PagingScore {
  int next = 0;
  int previous = 0;
};
[[nodiscard]] PagingScore paging_score(const PageAnchor& anchor);

// A label that is the number of a page.
[[nodiscard]] std::optional<int> page_number(std::string_view text);

// Whether a rel attribute, in lower case, has the token.
[[nodiscard]] bool has_token(std::string_view rel, std::string_view token);

}  // namespace testigo::extract
