#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "render/terminal.h"

namespace testigo::render {

// Words of a text to be underlined, and what to write beside the line under them.
struct Underline {
  TextSpan span;      // bytes of the text
  std::string label;  // "es.act.no-recomendar +2.4"
  Style style = Style::plain;
};

// A text with its reasons under it, as in the house's tests:
//
//   Nu recomand nimanui, teapa totala
//   ^^^^^^^^^^^                        ro.act.nu-recomand
//                        ^^^^^         ro.lex.teapa
//
// The text is neutralised and wrapped to the terminal's width; each underline takes a line of its
// own below the line of text it begins on, labels in one column (under the carets where there's no
// room). Of a text longer than `max_lines` lines only the surroundings of the underlined words are
// shown, with "…" for what is left out. Underlines are sorted by where they begin; spans that lie
// outside the text are cut to it. Ends with a line break.
[[nodiscard]] std::string render_explained(std::string_view text,
                                           std::span<const Underline> underlines,
                                           const Terminal& terminal, std::size_t max_lines = 6);

// The verdict's reasons for one value of an axis ("" for any value) that lie in one field,
// strongest first, at most `most`; of the same rule on the same words only the strongest.
[[nodiscard]] std::vector<Underline> underlines_of(std::span<const Reason> why, Axis axis,
                                                   std::string_view value, Field field,
                                                   std::size_t most = 5);

// One text with its marks inside the line: hits of a query in bold, cut around the first to fit
// one terminal line of `columns`.
[[nodiscard]] std::string excerpt(std::string_view text, std::span<const TextSpan> hits,
                                  std::size_t columns, const Terminal& terminal);

}  // namespace testigo::render
