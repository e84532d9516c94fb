#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "store/connection.h"
#include "store/rollups.h"
#include "text/near_copies.h"

namespace testigo::store {

// Which posts repeat which: post.copy_of. Posts of the same words (post.copy_hash) are one text,
// and texts that resemble each other (text/near_copies.h), directly or through others, one cluster.
// The earliest post of a cluster is the original; the others are its copies, but for those on its
// page.
//
// Of most texts, which were said once and resemble no other, no more is kept than their copy keys,
// among the known keys of the frontier (known_keys.h): key → text. Texts whose keys meet are
// compared word by word. The keys of a text that went stay, until rebuild, and lead nowhere.
class Copies {
 public:
  // `rollups` must outlive it and gets what changes. A store from before there were clusters gets
  // them now.
  Copies(Connection& c, RollupChanges& rollups);

  // Of a post, as store/ingest.h: PreparedText.
  struct Words {
    std::optional<std::int64_t> hash;
    std::optional<text::CopyKeys> keys;
    std::string_view text;
  };
  struct Newcomer {
    PostId id;
    UtcTime said_at{};
    std::int64_t source = 0;
    std::string_view page_url;
  };
  // What a post repeats that is not stored yet. True at the latest after finish().
  [[nodiscard]] std::optional<PostId> original_of(const Newcomer& post, const Words& words);

  // To be called after a stored post got other words or another time, or went.
  void change(std::optional<std::int64_t> from, const Words& to);

  // Forgets the copy keys of a text that no post has any more.
  void forget(const Words& gone);

  // Says anew who repeats whom, where that changed.
  void finish();

  // Makes keys anew, clusters that are not whole, and who repeats whom. Of a sound store, all posts
  // repeat what they did.
  void rebuild();

 private:
  [[nodiscard]] bool may_be_known(const Words& words);
  bool join(const Words& words);
  void give_cluster(std::int64_t hash);
  [[nodiscard]] std::vector<std::int64_t> resembling(const Words& words);
  bool unite(std::int64_t hash, const std::vector<std::int64_t>& alike);
  void leave(std::int64_t hash);
  void settle(std::int64_t hash);
  [[nodiscard]] std::unordered_set<std::int64_t> loosen();
  void join_loose(const Words& words, const std::unordered_set<std::int64_t>& loose);

  Connection& c_;
  RollupChanges& rollups_;
  std::vector<std::int64_t> unsettled_;  // texts, of clusters in which something changed
};

}  // namespace testigo::store
