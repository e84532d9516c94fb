#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/time_zone.h"

namespace testigo::app {

// What a column's head says beside its name: "Rating (1-5)", "Created at (UTC)", "posted_at_utc".
struct ColumnHead {
  struct Scale {
    std::optional<double> worst;
    double best = 5.0;
  };
  std::string name;                    // without the note
  std::optional<Scale> scale;          // "(1-5)", "(out of 10)", "(/5)"
  std::optional<text::TimeZone> zone;  // "(UTC)", "(GMT+2)", "(Europe/Madrid)"
};

// A note that is neither scale nor zone stays in the name.
[[nodiscard]] ColumnHead read_column_head(std::string_view head);

}  // namespace testigo::app
