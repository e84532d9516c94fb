#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/check.h"
#include "store/store.h"

namespace testigo::store {

// Reads every verdict with its reasons: those must all be there, and come out as the tag and the
// score that the verdict has (DESIGN §8: why "must come out the same").
[[nodiscard]] Result<std::vector<CheckResult>> check_verdicts(Store& store);

// The rules that the reasons of verdicts under this version ("sha256:…") name.
[[nodiscard]] Result<std::set<std::string>> rules_named(Store& store, std::string_view rules);

}  // namespace testigo::store
