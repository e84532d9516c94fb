#pragma once

#include <vector>

#include "extract/page_marks.h"
#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// Which elements are records, by node id: siblings of one kind that each bear a name and a date, or
// stars, around words of their own, as the posts of a thread and the reviews of a shop do, whatever
// they are named; and single answers of their kind within them.
[[nodiscard]] std::vector<bool> find_records(const formats::Tree& tree, const Measures& measures,
                                             const PageMarks& marks);

// Whether a heading says that comments or reviews follow: "3 comments", "Opiniones de clientes".
[[nodiscard]] bool announces_comments(formats::Node heading, const Measure& own);

inline constexpr std::uint32_t min_comment_text = 2;  // characters: "Ok"

// Whether an element is neither too small nor too large to be a contribution.
[[nodiscard]] bool may_frame(formats::Node node, const Measure& own);

}  // namespace testigo::extract
