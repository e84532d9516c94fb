#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace testigo {

// A star rating on the scale that its source uses.
struct Rating {
  double value = 0.0;
  double best = 5.0;
  double worst = 1.0;

  friend bool operator==(const Rating&, const Rating&) = default;
};

// A rating on a scale of one to five stars, so that ratings of several scales compare and add:
// 1 + 4·(value − worst)/(best − worst), held within [1, 5]. A scale without width gives its value.
[[nodiscard]] double stars(const Rating& rating);

// What names a post without an external id on its page: see post_id.
struct Answered {
  std::optional<std::string> author;
  std::optional<std::string> posted_at_written;
  std::optional<std::string> item;

  friend bool operator==(const Answered&, const Answered&) = default;
};

// One public statement as a page shows it: the extractors' product. Text is plain UTF-8 in NFC,
// without markup. Unknown stays empty: never "", never the epoch.
struct Post {
  SourceId source;
  std::optional<std::string> external_id;  // the service's own id, where it has one
  std::string page_url;                    // canonical URL of the page it was read from
  std::optional<std::string> url;          // its permalink, canonical
  std::optional<std::string> parent;       // external id of what it answers
  std::optional<Answered> answered;        // the same on its page, where that has no external id
  std::optional<std::string> author;       // as shown; the store keeps a pseudonym only
  std::optional<std::string> item;         // what is reviewed: a product, a place, a thread
  std::optional<std::string> location;     // where the author or the branch is
  std::optional<std::string> app_version;
  std::optional<UtcTime> posted_at;
  std::optional<std::string> posted_at_written;  // the date as it stood in the source
  std::optional<UtcTime> edited_at;
  std::optional<std::string> language;  // BCP 47, as the source declares it
  std::optional<Rating> rating;
  std::optional<std::string> title;
  std::string text;
  std::optional<std::int64_t> reach;       // likes, points, helpful votes
  std::optional<UtcTime> owner_reply_at;   // when the brand answered, where that stands on the
  std::optional<std::string> owner_reply;  // post itself, and what it said
  bool by_brand = false;                   // written by the brand's own account

  friend bool operator==(const Post&, const Post&) = default;
};

// The post's stable id (DESIGN §2): over source and external id; without one, over source, the
// page's list (list_address.h), author, posted_at as written, item. Never its text: edits revise.
[[nodiscard]] PostId post_id(const Post& post);

// The id of what it answers, stored or not; nothing of a post that answers none.
[[nodiscard]] std::optional<PostId> parent_id(const Post& post);

[[nodiscard]] MentionId mention_id(const BrandId& brand, PostId post);

}  // namespace testigo
