#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace testigo::render {

// Where text is shown. The caller looks at the stream, the environment (NO_COLOR) and the flags.
struct Terminal {
  std::size_t width = 80;  // columns
  bool color = false;      // ANSI SGR sequences may be written

  friend bool operator==(const Terminal&, const Terminal&) = default;
};

inline constexpr std::size_t least_width = 20;  // narrower terminals are written as if this wide

// Text that cannot act on a terminal or reorder what stands beside it: controls (C0, C1, DEL, so
// every escape sequence) and bidirectional controls become visible as U+FFFD, line breaks and tabs
// become one blank, zero-width characters and byte order marks vanish (a joiner between emoji
// stays), what is not UTF-8 becomes U+FFFD. All scraped text goes through here before a terminal.
[[nodiscard]] std::string neutralise(std::string_view text);

// Columns that a neutralised text takes: 2 for East Asian wide characters and emoji, 0 for marks.
[[nodiscard]] std::size_t display_width(std::string_view text);

// The longest beginning that fits in `columns`, with "…" in its last column if anything was cut.
// Never cuts inside a character or before its marks.
[[nodiscard]] std::string fit(std::string_view text, std::size_t columns);

// `fit`, then blanks up to `columns`.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t columns);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t columns);

enum class Style : std::uint8_t { plain, bold, dim, good, bad, mixed, asking };

// The text in a style where the terminal takes colour, else as it is.
[[nodiscard]] std::string paint(std::string_view text, Style style, const Terminal& terminal);

}  // namespace testigo::render
