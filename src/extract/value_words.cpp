#include "extract/value_words.h"

#include <algorithm>

#include "extract/control_words.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/html.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

// A link, a button, or what a page's script makes one of.
bool may_be_pressed(Node node) {
  if (node.name() == "a" || node.name() == "button") return true;
  if (node.attribute("role") == "button") return true;
  return node.name() == "span" &&
         text::ascii_lower(node.attribute("class").value_or("")).find("more") != std::string::npos;
}

bool shows_more(Node node) {
  constexpr std::size_t most_nodes = 8;  // an icon beside the words
  if (!node.is_element() || !may_be_pressed(node)) return false;
  std::size_t nodes = 0;
  for ([[maybe_unused]] const Node below : node.descendants())
    if (++nodes > most_nodes) return false;
  return asks_for_more(text::fold(text::collapse_space(formats::text_of(node))));
}

bool is_not_own(Node node) { return is_quote(node) || shows_more(node); }

}  // namespace

ValueWords words_of_value(Node element) {
  ValueWords words;
  const auto below = element.descendants();
  if (std::any_of(below.begin(), below.end(), shows_more))
    words.text = plain_text(formats::text_of(element, shows_more), Markup::none);
  if (words.text.empty()) words.text = plain_text(formats::text_of(element), Markup::none);
  if (std::any_of(below.begin(), below.end(), is_quote))
    words.own = plain_text(formats::text_of(element, is_not_own), Markup::none);
  return words;
}

}  // namespace testigo::extract
