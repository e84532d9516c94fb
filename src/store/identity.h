#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/ids.h"
#include "store/connection.h"
#include "store/ingest.h"

namespace testigo::store {

// Which post each sighting of one answer is (DESIGN §2). With an external id that is post_id's
// answer. Without one, several posts of a list may share an identity: known ones are matched to the
// sightings by likeness, the same text first, each once; what is left is new, and takes the
// identity itself as its id, or the next number after it. One that was last seen on another page of
// the list is matched by the same words only: an author may say two things on one day. Two
// sightings with one identity and one text are one post that the page shows twice. Needs
// `prepared`.
//
// A post that is stored under its former id (former_id.h) keeps that, where its page and its words
// or its time are the same.
struct Identities {
  std::vector<PostId> ids;    // of each sighting
  std::vector<bool> are_new;  // surely not stored yet; else they may be
};
[[nodiscard]] Identities identify(Connection& c, const Answer& answer);

// Which post each sighting of Answer::unnamed would be, stored or not; `named` is what identify()
// gave. Without an external id it must be told apart by author and date, and nothing else in the
// answer may have the same: else it is nobody's.
[[nodiscard]] std::vector<std::optional<PostId>> identify_unnamed(Connection& c,
                                                                  const Answer& answer,
                                                                  std::span<const PostId> named);

}  // namespace testigo::store
