#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "query/fts.h"
#include "query/match.h"
#include "store/connection.h"
#include "store/day_docs.h"
#include "store/read.h"

namespace testigo::store {

// A filter turned into SQL with its values, and what SQL cannot say left to a matcher.
struct MentionQuery {
  using Value = Connection::Value;

  // The whole SELECT of these columns, over tables m(ention), p(ost), b(rand), s(ource),
  // r(evision), v(erdict) and e(vidence). Where only some rows are wanted, those are picked first,
  // by what that needs, and only they are read whole.
  // Of the mentions of a window alone, `limit` of them at most, if so asked.
  [[nodiscard]] std::string select(const std::string& columns) const;
  [[nodiscard]] std::string select(const std::string& columns, const DocWindow& within,
                                   std::size_t limit) const;

  std::string where;               // "WHERE …" but for `match`, with ?1, ?2, …; or empty
  std::string match;               // the ?n to which the full text's MATCH is bound; or empty
  std::string order_by;            // "ORDER BY …", of m's columns
  std::string window;              // "LIMIT … OFFSET …", or empty: all
  bool where_needs_joins = false;  // it looks at more than m
  std::optional<std::int64_t> since, until;  // days: none of the rows lies outside
  std::vector<Value> values;
  std::optional<query::Matcher> recheck;  // rows found are too many: ask it of each
  // Names that the query asks for, with the pseudonyms that stand for them in some source.
  std::vector<std::pair<std::string, std::set<std::string>>> authors;
};

// malformed: the filter's query, with its spot.
[[nodiscard]] Result<MentionQuery> plan_mentions(Connection& c, const MentionFilter& filter);

}  // namespace testigo::store
