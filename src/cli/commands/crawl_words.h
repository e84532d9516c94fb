#pragma once

#include <functional>

#include "app/crawl.h"
#include "cli/context.h"
#include "render/coverage_table.h"

namespace testigo::cli {

// Shows progress on `err` as the context wants it: a line that is drawn over, JSON lines, or nothing.
[[nodiscard]] std::function<void(const app::CrawlProgress&)> progress_on(const Context& context);

// The last words of a crawl: a table for people, one object for --json.
void tell_summary(const Context& context, const app::CrawlSummary& summary,
                  const std::string& rules);

[[nodiscard]] ExitCode exit_code_of(const app::CrawlSummary& summary);

}  // namespace testigo::cli
