#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/store.h"

namespace testigo::store {

// A mention with what its weight in a brief depends on. Its newest revision.
struct WeighedMention {
  MentionId id;
  PostId post;
  std::optional<PostId> parent;
  std::optional<std::string> author;  // pseudonym
  SourceId source;
  std::optional<std::string> url;       // its own, else that of the page it stands on
  std::optional<std::string> evidence;  // "file:offset"
  Day day;
  UtcTime said_at{};  // posted_at, else collected_at
  bool dated = true;  // said_at is posted_at
  std::string language;
  std::optional<std::string> title;
  std::string text;
  std::optional<Tag> tag;
  std::optional<Stage> stage;
  std::optional<Act> act;
  std::optional<Intent> intent;
  std::optional<Recovery> recovery;
  double score = 0.0;
  double confidence = 0.0;
  std::int64_t reach = 0;
  std::vector<Facet> themes;
  bool owner_replied = false;
  std::optional<UtcTime> owner_reply_at;  // where that is known
  // An earlier revision was a complaint: when the newest was edited, as the source says, else seen.
  std::optional<UtcTime> turned_at;
  std::optional<std::string> turned_from;      // the words of the newest that was one
  std::optional<std::string> turned_evidence;  // "file:offset" of them
};

struct WeighedFilter {
  BrandId brand;
  Tag tag = Tag::question;
  Day since;              // first day
  Day until;              // day after the last one
  std::size_t limit = 0;  // so many of the newest; 0: all
};

// Newest first. Without copies, the brand's own posts, advertisements and posts that are gone.
[[nodiscard]] Result<std::vector<WeighedMention>> weighed_mentions(Store& store,
                                                                   const WeighedFilter& filter);

// A post by the brand that answers another.
struct BrandReply {
  PostId to;
  UtcTime at{};

  friend bool operator==(const BrandReply&, const BrandReply&) = default;
};

// The brand's own posts since a day that answer somebody, oldest first: `limit` of the newest
// stored; 0: all.
[[nodiscard]] Result<std::vector<BrandReply>> brand_replies(Store& store, const BrandId& brand,
                                                            Day since, std::size_t limit);

}  // namespace testigo::store
