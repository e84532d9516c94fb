#pragma once

#include <span>

#include "extract/page_marks.h"
#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// What tells contributions where a page shows one or two of them, too few to be known by repeating.

// Whether two siblings are: with stars and a date in what is named for reviews or makes up the
// page, or signed by members, dated and numbered alike ("post1", "post2").
[[nodiscard]] bool is_pair_of_contributions(std::span<const formats::Node> pair,
                                            const Measures& measures, const PageMarks& marks);

// Whether an element is a post alone on its page: named so and numbered, signed and dated, with
// words in an element of their own; and since an article may be all that, stated for scripts, with
// what forums tell of a member, or `announced` by a heading for comments and signed by a member.
[[nodiscard]] bool is_lone_post(formats::Node node, const Measures& measures,
                                const PageMarks& marks, bool announced);

}  // namespace testigo::extract
