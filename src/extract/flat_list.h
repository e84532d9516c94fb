#pragma once

#include <string>
#include <vector>

#include "extract/page_marks.h"
#include "extract/page_measure.h"
#include "formats/tree.h"

namespace testigo::extract {

// A contribution that no element holds whole: what heads it and its words stand side by side, as in
// <dt>Ana, 5 May</dt><dd>It leaks.</dd> and in rows of a table.
struct FlatItem {
  formats::Node words;
  std::vector<formats::Node> beside;  // before and behind the words: who, when
};

// Those of a page, in document order: two or more of one parent, of which the headings or names
// around say that they are contributions, or three that each bear a name and a date; and those that
// each stand behind a line with their date, both named for a comment. What `record` holds is found
// already.
[[nodiscard]] std::vector<FlatItem> find_flat_items(const formats::Tree& tree,
                                                    const Measures& measures,
                                                    const PageMarks& marks,
                                                    const std::vector<bool>& record);

}  // namespace testigo::extract
