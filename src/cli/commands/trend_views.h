#pragma once

#include <optional>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"
#include "insight/note.h"
#include "insight/trend.h"
#include "store/read.h"

namespace testigo::cli {

// What `trend` was asked.
struct TrendRequest {
  std::optional<BrandId> brand;
  std::optional<SourceId> source;
  insight::TrendOptions options;
};

// Its rollup rows, those of the period before included.
[[nodiscard]] store::RollupFilter filter_of(const TrendRequest& request);

// The configuration's notes of the window that concern the brand, by day.
[[nodiscard]] std::vector<insight::Note> notes_of(Context& context, const TrendRequest& request);

// What `trend` shows instead of buckets.
[[nodiscard]] ExitCode show_changes(Context& context, store::Store& store,
                                    const TrendRequest& request, const Arguments& arguments);
[[nodiscard]] ExitCode show_before_after(Context& context, store::Store& store,
                                         const TrendRequest& request, const Arguments& arguments);
[[nodiscard]] ExitCode show_consistency(Context& context, store::Store& store,
                                        const TrendRequest& request, const Arguments& arguments);

}  // namespace testigo::cli
