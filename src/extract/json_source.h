#pragma once

#include <optional>
#include <string>

#include "core/page.h"
#include "core/result.h"
#include "extract/extract.h"
#include "extract/spec.h"

namespace testigo::extract {

// A JSON answer by the pointers of its source. Lists may be arrays, a single object in place of
// one, or (keyed) an object of items. Errors as for extract_page.
[[nodiscard]] Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec,
                                                  UtcTime now);

// error_words() of a JSON answer.
[[nodiscard]] std::optional<std::string> error_words_of_json(const Page& page,
                                                             const ExtractorSpec& spec);

}  // namespace testigo::extract
