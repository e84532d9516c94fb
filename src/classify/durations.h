#pragma once

#include <span>
#include <vector>

#include "classify/effects.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "core/verdict.h"
#include "text/words.h"

namespace testigo::classify {

// The lengths of time that a text claims: a number and a unit ("three weeks", "2 años", "an hour
// and a half"); "24 hours a day" is one. What it measures is told by the stage that its clause, or
// else its sentence, speaks about.
[[nodiscard]] std::vector<ClaimedDuration> find_durations(const Reading& reading,
                                                          const text::Tokenizer& tokenizer,
                                                          const Scopes& scopes,
                                                          std::span<const Hit> units,
                                                          std::span<const Outcome> outcomes);

}  // namespace testigo::classify
