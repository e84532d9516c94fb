#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "query/fts.h"
#include "store/connection.h"

namespace testigo::store {

// A mention as the full text index has it: mention.doc and its tokens.
struct IndexedMention {
  std::int64_t doc = 0;
  query::FtsRow tokens;
};

// The tokens of a post's mentions, made from the rows as they are now. The index keeps no content,
// so this is also how a row is taken out: call it before the rows change.
[[nodiscard]] std::vector<IndexedMention> indexed_mentions(Connection& c, std::int64_t post);

// Puts all mentions into the empty index, or into one beside it: `insert` takes a doc, the facts
// and the words.
void fill_full_text(Connection& c);
void fill_full_text(Connection& c, Sql insert);

// Changes to the index, gathered over a batch and written in ascending order: FTS5 writes out what
// it has gathered whenever a row does not come after the one before.
class FullTextChanges {
 public:
  void take_all(Connection& c, std::int64_t post);
  void add_all(Connection& c, std::int64_t post);
  void add(std::int64_t doc, query::FtsRow tokens);
  void write(Connection& c);

 private:
  struct Change {
    std::optional<query::FtsRow> before;  // in the index
    std::optional<query::FtsRow> after;
  };
  void take(std::int64_t doc, query::FtsRow tokens);

  std::map<std::int64_t, Change> changes_;
};

}  // namespace testigo::store
