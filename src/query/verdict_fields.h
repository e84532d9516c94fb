#pragma once

#include "query/parse.h"

namespace testigo::query {

// Whether a query has a filter that only a verdict answers (tag:, stage:, theme:, …), or answers
// best: lang: is the verdict's language where that is known.
[[nodiscard]] bool asks_verdict(const Node& node);

}  // namespace testigo::query
