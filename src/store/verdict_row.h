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

// Inserts or replaces the verdict of a revision under one version of the rules. Reasons are rows
// [label, begin, end, contribution]; those that look at no words (bias) are the same for all texts
// of a language and are kept once, in shared_reasons.
void put_verdict(Connection& c, std::int64_t revision, std::int64_t rules, const Verdict& verdict);

// Reads it back whole, but for `targets`, which lie in the mentions.
[[nodiscard]] Verdict get_verdict(Connection& c, std::int64_t revision, std::int64_t rules);

// The facets of one kind, "$.themes", out of facets_json's text.
[[nodiscard]] std::vector<Facet> read_facets(Connection& c, const std::optional<std::string>& json,
                                             std::string_view kind);

// The columns that a verdict leaves NULL, as it does its axes, if it is unclassified.
[[nodiscard]] inline bool classified(const Verdict& verdict) { return verdict.tag.has_value(); }

}  // namespace testigo::store
