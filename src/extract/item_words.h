#pragma once

#include <optional>
#include <span>
#include <string>

#include "extract/item_marks.h"
#include "extract/own_nodes.h"
#include "formats/tree.h"

namespace testigo::extract {

struct ItemWords {
  std::string text;                      // plain, without name, date, title and controls
  std::optional<std::string> own_words;  // `text` without what it quotes of others, where it does
  std::optional<std::string> title;
};

// What a contribution says. `dates` and `record` as for find_marks.
[[nodiscard]] ItemWords read_words(const OwnNodes& own, const FoundMarks& marks,
                                   std::span<const formats::Node> dates, bool record);

}  // namespace testigo::extract
