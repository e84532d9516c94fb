#pragma once

#include "core/page.h"
#include "core/result.h"
#include "extract/extract.h"
#include "extract/spec.h"

namespace testigo::extract {

// A JSON answer by the pointers of its source. Lists may be arrays, a single object in place of
// one, or (keyed) an object of items. Errors as for extract_page.
[[nodiscard]] Result<Extraction> read_json_source(const Page& page, const ExtractorSpec& spec,
                                                  UtcTime now);

}  // namespace testigo::extract
