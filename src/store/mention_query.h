#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "query/fts.h"
#include "query/match.h"
#include "store/connection.h"
#include "store/read.h"

namespace testigo::store {

// A filter turned into SQL with its values, and what SQL cannot say left to a matcher.
struct MentionQuery {
  using Value = Connection::Value;

  std::string from_where;     // "FROM mention m … WHERE …", with ?1, ?2, …
  std::string order_by;       // "ORDER BY …"
  std::vector<Value> values;
  std::optional<query::Matcher> recheck;  // rows found are too many: ask it of each
  // Names that the query asks for, with the pseudonyms that stand for them in some source.
  std::vector<std::pair<std::string, std::set<std::string>>> authors;
};

// malformed: the filter's query, with its spot.
[[nodiscard]] Result<MentionQuery> plan_mentions(Connection& c, const MentionFilter& filter);

}  // namespace testigo::store
