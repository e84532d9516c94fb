#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/page_words.h"
#include "formats/tree.h"

namespace testigo::extract {

// What a node and everything below it holds, counted in characters that are not space.
struct Measure {
  std::uint32_t text = 0;
  std::uint32_t links = 0;     // of `text`: within <a>
  std::uint32_t breaks = 0;    // sentence ends, commas
  std::uint32_t end = 0;       // one past the id of the last node below
  bool unseen = false;         // scripts, styles, hidden: nothing of it counts
  bool holds_heading = false;  // an <h1> is below
  Hints hints;
  // Whether an element named for the main matter, with running text, is here or below, and not
  // among comments.
  bool holds_main = false;
};

// One for each node of the tree, by id. What is there for readers without scripts counts where it
// is all that the page has to say.
using Measures = std::vector<Measure>;
[[nodiscard]] Measures measure(const formats::Tree& tree);

[[nodiscard]] bool is_heading(std::string_view name);  // h1 to h6

// The share of a node's text that is links, in [0, 1].
[[nodiscard]] double link_share(const Measure& measure);

}  // namespace testigo::extract
