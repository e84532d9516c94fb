#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "query/parse.h"

namespace testigo::query {

// An error about a filter of a query that parses, with carets under where it stands first in the
// query's text.
[[nodiscard]] Error error_at_filter(std::string_view text, const Filter& filter,
                                    std::string_view what, Errc code);

// Words of a query that look like operators and are none, each with what to write: "or" → OR,
// "NER/3" → NEAR/3. For a query that finds nothing.
[[nodiscard]] std::vector<std::string> likely_slips(std::string_view text);

}  // namespace testigo::query
