#pragma once

#include <optional>

#include "core/ids.h"
#include "core/post.h"

namespace testigo::store {

class Connection;

// The id that a post had before ids were held to the page or feed that gives them, where that
// differs: an element's id named one post of its host ("host/post-300", now "page#post-300"), and
// of posts without an external id each page of a list was a place of its own. Stores hold such
// posts, and what was erased under them.
[[nodiscard]] std::optional<PostId> former_id(const Post& post);

// Whether the store may hold any: it held posts when ids became what they are.
[[nodiscard]] bool has_former_ids(Connection& c);

}  // namespace testigo::store
