#pragma once

#include <cstddef>
#include <optional>

#include "formats/tree.h"

namespace testigo::extract {

// A rating drawn as a row of icons: siblings that look alike, but for those that are not filled.
struct StarRow {
  double filled = 0.0;   // a half counts a half
  std::size_t size = 0;  // icons, filled or not
  bool mixed = false;    // they do not all look alike

  friend bool operator==(const StarRow&, const StarRow&) = default;
};

// The first row in an element, its own children or deeper ones; whatever the icons are: fonts,
// pictures, inline SVG, characters. Which of them are filled is told by words in their names
// ("star-empty", "off", "fa-regular", "star_border", a grey fill), else by their order: what comes
// first is filled, what looks otherwise behind it is not. Nothing of rows with gaps, of rows that
// are all empty, and of those that a reader presses to rate. Of a row over a row of empty ones, the
// two together; of a star over another, the first of such siblings, the row that it begins.
[[nodiscard]] std::optional<StarRow> star_row(formats::Node element);

// Whether an element's own children are a row of icons that are stars by themselves, whatever the
// element is named.
[[nodiscard]] bool is_star_row(formats::Node element);

}  // namespace testigo::extract
