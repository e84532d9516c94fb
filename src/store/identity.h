#pragma once

#include <span>
#include <vector>

#include "core/ids.h"
#include "store/connection.h"
#include "store/ingest.h"

namespace testigo::store {

// Which post each sighting of one page is (DESIGN §2). With an external id that is post_id's
// answer. Without one, several posts of a page may share an identity: known ones are matched to the
// sightings by likeness, the same text first, each once; what is left is new, and takes the
// identity itself as its id, or the next number after it. Two sightings with one identity and one
// text are one post that the page shows twice. Needs `prepared`.
[[nodiscard]] std::vector<PostId> identify(Connection& c, std::span<const Sighting> sightings);

}  // namespace testigo::store
