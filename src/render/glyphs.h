#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::render {

// One character as it is shown: a base with its marks, made harmless (terminal.h: neutralise).
struct Glyph {
  std::string shown;
  std::size_t width = 1;  // columns
  std::size_t begin = 0;  // bytes of the text that it stands for
  std::size_t end = 0;

  [[nodiscard]] bool is_blank() const { return shown == " "; }
};

// Characters that vanish belong to the glyph before them, so that every byte has its glyph.
[[nodiscard]] std::vector<Glyph> glyphs(std::string_view text);

[[nodiscard]] std::size_t width_of(std::span<const Glyph> glyphs);
[[nodiscard]] std::string shown(std::span<const Glyph> glyphs);

}  // namespace testigo::render
