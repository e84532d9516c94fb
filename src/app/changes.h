#pragma once

#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "insight/change_points.h"
#include "store/store.h"
#include "text/time_zone.h"

namespace testigo::app {

struct ChangeRequest {
  std::optional<BrandId> brand;
  std::optional<SourceId> source;
  insight::DayRange window;
  text::TimeZone zone;
};

// Where net sentiment changed in the window, with the themes that grew and, for each, sentences of
// the first four weeks after the change that weigh most on its side.
[[nodiscard]] Result<std::vector<insight::ExplainedChange>> explained_changes(
    store::Store& store, const ChangeRequest& request);

}  // namespace testigo::app
