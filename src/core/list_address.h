#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testigo {

// Parts of identity that no page may decide by itself: where a list begins and ends, and how far a
// number reaches. Pure text; addresses are canonical (formats/canonical_url.h).

// The address of the list that a page is a part of: posts move from page to page as new ones come.
// Without its query's paging parameters with a number as value ("page=2", "start=15"), the last
// steps "/page/2", "/page-2", "/page2" or "/comment-page-2" of its path, and a session's 32
// hexadecimal digits ("sid=…"). "p" stays: as often it is a post's own number.
[[nodiscard]] std::string list_address(std::string_view page_url);

// The number that such a parameter or step of the address says. None where it has none, or several.
[[nodiscard]] std::optional<std::int64_t> page_number(std::string_view page_url);

// Whether an id is a number with at most a word before it: "17", "post-300", "item 4". Such numbers
// begin anew in each table of a site.
[[nodiscard]] bool is_bare_number(std::string_view id);

// Whether it is such a number of three digits or fewer, which as often counts the places of one
// page ("review-1", on each page of a list) as the posts of a site.
[[nodiscard]] bool is_small_number(std::string_view id);

}  // namespace testigo
