#include "render/terminal.h"

#include <array>
#include <span>

#include "render/glyphs.h"

namespace testigo::render {

std::string neutralise(std::string_view text) { return shown(glyphs(text)); }

std::size_t display_width(std::string_view text) { return width_of(glyphs(text)); }

std::string fit(std::string_view text, std::size_t columns) {
  const auto all = glyphs(text);
  if (width_of(all) <= columns) return shown(all);
  if (columns == 0) return {};
  std::size_t width = 0;
  std::size_t count = 0;
  while (width + all[count].width <= columns - 1) width += all[count++].width;
  return shown(std::span(all).first(count)) + "…";
}

std::string pad_right(std::string_view text, std::size_t columns) {
  std::string fitted = fit(text, columns);
  return fitted + std::string(columns - display_width(fitted), ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::string fitted = fit(text, columns);
  return std::string(columns - display_width(fitted), ' ') + fitted;
}

std::string paint(std::string_view text, Style style, const Terminal& terminal) {
  // ECMA-48 SGR: bold, faint, green, red, yellow, cyan; readable on light and dark grounds.
  constexpr std::array<std::string_view, 7> codes = {"", "1", "2", "32", "31", "33", "36"};
  if (!terminal.color || style == Style::plain || text.empty()) return std::string(text);
  const std::string_view code = codes[static_cast<std::size_t>(style)];
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace testigo::render
