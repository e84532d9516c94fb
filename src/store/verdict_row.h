#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/verdict.h"
#include "store/connection.h"

namespace testigo::store {

// How a verdict lies in its row: axes in columns, facets in a short JSON text that the views take
// apart with json_each, reasons in a list of numbers (kept_reasons.h).

// Facets by name, each once; one that is named twice with different polarities is mixed.
[[nodiscard]] std::vector<Facet> merged(const std::vector<Facet>& facets);

// The numbers of themes, service moments and steps of the cycle with their polarity, made where
// they are missing. To be thrown away with its transaction.
class FacetNumbers {
 public:
  explicit FacetNumbers(Connection& c) : c_(c) {}
  [[nodiscard]] std::int64_t of(Axis axis, const Facet& facet);

 private:
  Connection& c_;
  std::map<std::tuple<Axis, Polarity, std::string>, std::int64_t, std::less<>> known_;
};

// [12,40,[seconds,"waiting",begin,end]]: numbers of themes, service moments and steps of the cycle,
// then durations; nothing if there are none.
[[nodiscard]] std::optional<std::string> facets_json(FacetNumbers& numbers, const Verdict& verdict);

// Inserts the verdict of a revision under one version of the rules, where there is none yet; and
// the same where there may be one, which it replaces.
void add_verdict(Connection& c, FacetNumbers& numbers, std::int64_t revision, std::int64_t rules,
                 const Verdict& verdict);
void put_verdict(Connection& c, FacetNumbers& numbers, std::int64_t revision, std::int64_t rules,
                 const Verdict& verdict);

// Reads it back whole, but for `targets`, which lie in the mentions. Reasons come by axis, and for
// each axis in the order of the text.
[[nodiscard]] Verdict get_verdict(Connection& c, std::int64_t revision, std::int64_t rules);

// The facets of one axis (theme, service or cycle) out of facets_json's text.
[[nodiscard]] std::vector<Facet> read_facets(Connection& c, const std::optional<std::string>& json,
                                             Axis axis);

// The columns that a verdict leaves NULL, as it does its axes, if it is unclassified.
[[nodiscard]] inline bool classified(const Verdict& verdict) { return verdict.tag.has_value(); }

}  // namespace testigo::store
