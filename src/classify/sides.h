#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "classify/compiled.h"
#include "core/verdict.h"

namespace testigo::classify {

// The three answers that weights are learnt between: positive, negative, neutral of polarity;
// advocacy, complaint, other of tag.
enum class Side : std::uint8_t { favourable, adverse, neither };
inline constexpr std::size_t side_count = 3;

// An axis that can be learnt, by its sides.
enum class LearntAxis : std::uint8_t { polarity, tag };
[[nodiscard]] std::optional<LearntAxis> parse_learnt_axis(std::string_view name);
[[nodiscard]] std::string_view axis_name(LearntAxis axis);
[[nodiscard]] std::string_view value_name(LearntAxis axis, Side side);

// What a label of a set, or a share of stars in [0, 1], says. Nothing for labels of another kind
// and for `mixed`. Sentiment counts as tag too: positive is advocacy.
[[nodiscard]] std::optional<Side> side_of_label(LearntAxis axis, std::string_view label);
[[nodiscard]] Side side_of_stars(double share);

// What an answer counts as, by the mapping of evaluate.h: mixed polarity is neither, a mixed tag
// goes by the sign of its score, a question is neither.
[[nodiscard]] Side side_of_verdict(LearntAxis axis, const Verdict& verdict);

// Sums by side. The last one is the second way to be neither: a question on axis tag.
using SideSums = std::array<double, side_count + 1>;
// The slots of an axis' sums, in that order; on polarity the last is `mixed`, of which no rule
// speaks.
[[nodiscard]] std::array<ValueSlot, side_count + 1> slots_of(const CompiledRules& rules,
                                                             LearntAxis axis);

}  // namespace testigo::classify
