#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "store/store.h"

namespace testigo::store {

// What has a name in the store, sorted.
struct StoredNames {
  std::vector<std::string> brands, sources, themes;
};
[[nodiscard]] Result<StoredNames> stored_names(Store& store);

// The first and the last day of mentions that count, if there are any.
struct StoredDays {
  Day first, last;
};
[[nodiscard]] Result<std::optional<StoredDays>> stored_days(Store& store);

// Whether a mention that counts is in this language.
[[nodiscard]] Result<bool> has_language(Store& store, std::string_view language);

}  // namespace testigo::store
