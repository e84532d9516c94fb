#pragma once

#include <cstdint>
#include <string_view>

namespace testigo::formats {

// What an element asks of whoever builds the tree.
enum class PlainSort : std::uint8_t {
  odd,         // brings rules of its own: not here
  empty,       // has no end tag
  rule,        // <hr>: has none, and ends a paragraph
  metadata,    // may stand in the head too
  raw,         // holds text only
  block,       // ends a paragraph; its end tag may leave out those of p, li, dd and dt
  form,        // a block that does not stand in another form
  button,      // a wall like a block, but paragraphs go on through it
  textarea,    // holds text only, with references
  heading,     // a block that does not stand in another heading
  paragraph,   // p
  list_item,   // li, dd, dt
  anchor,      // a: not within another
  formatting,  // b, i, …: must close in order
  ordinary,
};

// By lower-case name; what is not known is ordinary.
[[nodiscard]] PlainSort plain_sort_of(std::string_view name);

}  // namespace testigo::formats
