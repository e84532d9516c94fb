#pragma once

#include "core/page.h"
#include "core/result.h"
#include "extract/extract.h"
#include "extract/spec.h"

namespace testigo::extract {

// An HTML answer by the XPaths of its source. Errors as for extract_page; an XPath that does not
// compile is Errc::malformed (sources check theirs when they are loaded).
[[nodiscard]] Result<Extraction> read_html_source(const Page& page, const ExtractorSpec& spec,
                                                  UtcTime now);

}  // namespace testigo::extract
