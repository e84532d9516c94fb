#pragma once

#include <cstdint>
#include <string>

#include "core/page.h"
#include "sources/source.h"

namespace testigo::sources {

// Where an answer stands in the list that it is a page of: what a post's absence from it means
// depends on that.

// What all pages of one list of a watch share, and no two of its lists: the step with its values,
// and for a site's pages their address, without what belongs to one page or one pass.
[[nodiscard]] std::string list_name(const Source& source, const PageRequest& request);

// Whether the answer holds only what is newer than the last pass ({since_unix}, {since_iso}), or
// what was asked for by its ids: it then shows no part of the list.
[[nodiscard]] bool is_selection(const Source& source, const PageRequest& request);

// Which page of its list the answer is: 0 the first.
[[nodiscard]] std::int64_t page_of_list(const PageRequest& request);

// Whether the source says of its list that it is newest first, and that it has all that there is.
[[nodiscard]] bool is_newest_first(const Source& source, const PageRequest& request);
[[nodiscard]] bool is_whole_list(const Source& source, const PageRequest& request);

}  // namespace testigo::sources
