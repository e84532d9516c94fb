#pragma once

#include <string_view>

namespace testigo::store {

// A migration of its own length: migrations.cpp says which. How far back a run looked; of earlier
// ones it is known only that they looked at what there was when they ran.
inline constexpr std::string_view run_looks = R"sql(
ALTER TABLE run ADD COLUMN looked_from INTEGER;  -- NULL: nothing was read
ALTER TABLE run ADD COLUMN looked_to INTEGER;
UPDATE run SET looked_from = started, looked_to = coalesce(ended, started) WHERE pages > 0;
)sql";

}  // namespace testigo::store
