#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace testigo::extract {

// What an element's name and a line's words tell of a page's main text.

template <std::size_t n>
[[nodiscard]] bool is_one_of(std::string_view name, const std::string_view (&names)[n]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

[[nodiscard]] bool is_block(std::string_view name);       // of text: it begins a new line
[[nodiscard]] bool is_never_main(std::string_view name);  // menus, forms and what is beside
// Whether a folded heading or line leads to other pages or asks for something.
[[nodiscard]] bool leads_aside(std::string_view line);

// Whether a line (folded) at the end asks the reader to subscribe, to follow or to write: "Sign up
// for our newsletter".
[[nodiscard]] bool bids_farewell(std::string_view line);

}  // namespace testigo::extract
