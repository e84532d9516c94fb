#pragma once

#include <cstdint>
#include <optional>

#include "core/ids.h"

namespace testigo::store {

class Connection;

// Where a post lies (post.id) by its key, and which posts have a text (post.copy_hash). Both are
// scattered, and in a large store an index would have a page of its own rewritten for each new
// post. So each has two tables: the latest posts are put into a short one, whose pages many of them
// share, and sorted from there into the long one together when they are many. Triggers take out
// what goes and follow texts that change.

// As a query in SQL: the row of the post with a key; none if there is none.
#define TESTIGO_POST_WITH_KEY(key)                   \
  "(SELECT post FROM post_key_late WHERE key = " key \
  " UNION ALL SELECT post FROM post_key WHERE key = " key ")"

// The rows of the posts whose text is as it says ("= ?1").
#define TESTIGO_POSTS_WITH_TEXT(is)                 \
  "(SELECT post FROM post_text_late WHERE text " is \
  " UNION ALL SELECT post FROM post_text WHERE text " is ")"

inline constexpr std::int64_t most_late_posts = 50'000;  // some 500 pages of the file

// To be called for each new row of the table post.
void add_post_place(Connection& c, std::int64_t row, PostId key,
                    std::optional<std::int64_t> copy_hash);

// The row of a stored post.
[[nodiscard]] std::optional<std::int64_t> row_of(Connection& c, PostId post);

// Sorts the latest in, if they are so many.
void sort_in_posts(Connection& c, std::int64_t if_so_many = most_late_posts);

// Makes all four tables again from the posts.
void sort_in_all_posts(Connection& c);

}  // namespace testigo::store
