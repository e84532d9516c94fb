#pragma once

#include <span>
#include <vector>

#include "core/ids.h"
#include "store/connection.h"
#include "store/ingest.h"

namespace testigo::store {

// The stored posts that an answer shows to be gone: by a list in which they stood before
// (Answer::shown), or since the page itself is (Answer::gone). `present` are the posts that it did
// bring. None for an answer that says nothing of them: a 304, or one that belongs to no request.
[[nodiscard]] std::vector<PostId> absent_posts(Connection& c, const Answer& answer,
                                               std::span<const PostId> present);

}  // namespace testigo::store
