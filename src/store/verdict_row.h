#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/verdict.h"
#include "store/connection.h"

namespace testigo::store {

// How a verdict lies in its row: axes in columns, the rest in two short JSON texts that the views
// take apart with json_each.

// Facets by name, each once; one that is named twice with different polarities is mixed.
[[nodiscard]] std::vector<Facet> merged(const std::vector<Facet>& facets);

// {"themes":{"delivery":1},"service":{…},"cycle":{…},"durations":[[seconds,"waiting",begin,end]]},
// without what is empty; nothing if all is. A polarity is its number.
[[nodiscard]] std::optional<std::string> facets_json(const Verdict& verdict);

// Inserts the verdict of a revision under one version of the rules, where there is none yet; and
// the same where there may be one, which it replaces.
//
// All that the rules give at one place is one firing, and the same in many texts: its rows [label,
// contribution] are kept once. Of the verdict's own there stays [firing, begin, end], or [firing] if
// it stands on a rating. Those that look at no words (bias) are much the same for all texts of a
// language: lists of firings kept once as well, in shared_reasons.
void add_verdict(Connection& c, std::int64_t revision, std::int64_t rules, const Verdict& verdict);
void put_verdict(Connection& c, std::int64_t revision, std::int64_t rules, const Verdict& verdict);

// Reads it back whole, but for `targets`, which lie in the mentions. Reasons come by axis, and for
// each axis in the order of the text.
[[nodiscard]] Verdict get_verdict(Connection& c, std::int64_t revision, std::int64_t rules);

// The facets of one kind, "$.themes", out of facets_json's text.
[[nodiscard]] std::vector<Facet> read_facets(Connection& c, const std::optional<std::string>& json,
                                             std::string_view kind);

// The columns that a verdict leaves NULL, as it does its axes, if it is unclassified.
[[nodiscard]] inline bool classified(const Verdict& verdict) { return verdict.tag.has_value(); }

}  // namespace testigo::store
