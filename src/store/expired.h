#pragma once

#include <cstdint>

#include "core/ids.h"
#include "core/post.h"
#include "store/connection.h"

namespace testigo::store {

// Posts whose period of retention has passed are known again, so that a list that still shows them
// does not bring them back as new. One with an external id is known by its key; of one without, of
// which a place may have many with the same identity, by a mark: HMAC-SHA-256 under the database's
// own key over identity and words, cut to 64 bits. Of neither a text can be made.

[[nodiscard]] bool some_are_expired(Connection& c);

// `row` is the post's, before it goes.
void note_expired(Connection& c, std::int64_t row);

// `id` is what the post would be stored as, `words` its revision_hash.
[[nodiscard]] bool is_expired(Connection& c, const Post& post, PostId id, std::int64_t words);

}  // namespace testigo::store
