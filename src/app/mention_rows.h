#pragma once

#include <string>
#include <vector>

#include "render/rows.h"
#include "store/read.h"

namespace testigo::app {

// The columns of `v_mentions`, in its order (DESIGN §8).
[[nodiscard]] std::vector<std::string> mention_columns();
[[nodiscard]] std::vector<render::Value> mention_values(const store::MentionRow& row);

}  // namespace testigo::app
