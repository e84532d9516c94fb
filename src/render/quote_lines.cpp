#include "render/quote_lines.h"

#include <algorithm>

#include "core/digest.h"

namespace testigo::render {

std::string quote_lines(const insight::Quote& quote, const Terminal& terminal) {
  const std::size_t room = std::max(terminal.width, least_width) - 2;
  return "  " + fit("“" + neutralise(quote.text) + "”", std::min(room, quote_columns)) + "\n  " +
         paint(quote.language + ", " + neutralise(quote.source.value) + ", " +
                   to_string(quote.day) + ", id " + show_key(quote.mention.value),
               Style::dim, terminal) +
         "\n";
}

}  // namespace testigo::render
