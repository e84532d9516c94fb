#pragma once

#include <cstdint>

namespace testigo::store {

class Connection;

// Where a mention lies (mention.doc) by its id. Ids are scattered, and in a large store an index
// would have a page of its own rewritten for each new one. So the latest mentions are looked
// through, and sorted into the table mention_doc together when they are many.

// As a query in SQL: the doc, or docs, of which the id is as it says ("= ?1").
#define TESTIGO_DOC_WITH_ID(is)               \
  "(SELECT doc FROM mention_doc WHERE id " is \
  " UNION ALL SELECT doc FROM mention "       \
  "WHERE doc > (SELECT value FROM setting WHERE name = 'mentions_sorted_to') AND id " is ")"

inline constexpr std::int64_t most_unsorted_mentions = 50'000;  // looked through in some ms

// Sorts them in, if they are so many.
void sort_in_mentions(Connection& c, std::int64_t if_so_many = most_unsorted_mentions);

// Makes the table again from the mentions.
void sort_in_all_mentions(Connection& c);

}  // namespace testigo::store
