#pragma once

#include <optional>

#include "app/brand_book.h"
#include "app/switch_words.h"
#include "classify/brand_switch.h"
#include "insight/switches.h"
#include "store/read_switching.h"

namespace testigo::app {

// From which brand to which a post's author goes (either end may be open), or prefers to; nothing
// where one that does not go does not take sides.
//
// Of a post that says its author switches: the brands that its own words name (by their queries)
// and that stand after such words are where the author goes to or comes from. Where only one end is
// said, the other is the post's other brand, if it has just one (a review of it, a thread about
// it), else open. A name without such a word is where the author goes, if none else is and the text
// does not speak of elsewhere; one that is denied is no end. Where neither end is said, and of
// another post: from the one brand that it blames to the one that it praises.
[[nodiscard]] std::optional<insight::Crossing> crossing_of(const store::SwitchingPost& post,
                                                           const BrandBook& brands,
                                                           const SwitchWords& words);

// The same by words alone, as places in `post.brands`, to tell praise and blame apart by; nothing
// where an end is open. One that the words do not name is an end only where the text, by its score,
// says of it what is expected: good of the brand gone to, ill of the one that is left. On a page of
// its own the words are of that brand otherwise.
[[nodiscard]] std::optional<classify::BrandSwitch> switch_by_words(const store::SwitchingPost& post,
                                                                   double score,
                                                                   const BrandBook& brands,
                                                                   const SwitchWords& words);

}  // namespace testigo::app
