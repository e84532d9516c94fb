#pragma once

#include <string>
#include <string_view>

#include "formats/tree.h"

namespace testigo::extract {

// How much of an icon is filled, as its names tell ("star-half", "off", a grey paint).
enum class Fill : unsigned char { unknown, none, half, full };

// One icon of a row, whatever draws it: a font, a picture, inline SVG, a character.
struct Icon {
  std::string look;  // the same of icons that look alike: names and paint, but for their places
  std::string path;  // of the first SVG path in it
  Fill fill = Fill::unknown;
  bool is_star = false;  // by its own names
};

// Whether an element may be an icon: it holds few others, none that is pressed, and no words.
[[nodiscard]] bool may_be_icon(formats::Node element);
[[nodiscard]] Icon read_icon(formats::Node element);

// "icon-star", "estrella", not "start"; of lower-case names.
[[nodiscard]] bool holds_star_name(std::string_view names);

}  // namespace testigo::extract
