#pragma once

#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace testigo::insight {

// A dated remark of the reader's: a campaign, a price change, an outage.
struct Note {
  Day day;
  std::string text;
  std::optional<BrandId> brand;  // empty: about all

  friend bool operator==(const Note&, const Note&) = default;
};

}  // namespace testigo::insight
