#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "store/connection.h"
#include "store/copies.h"
#include "store/day_docs.h"
#include "store/evidence.h"
#include "store/full_text.h"
#include "store/ingest.h"
#include "store/late_sums.h"
#include "store/rollups.h"
#include "store/verdict_row.h"

namespace testigo::store {

// Writes posts with their revisions, verdicts and mentions inside one transaction, and gathers what
// that changes in rollups and full text, written once at the end.
//
// A new post is written straight. A known one that changed is first taken out of rollups and full
// text, from the rows as they stand, then changed, then put back from the rows as they then stand:
// so the counts follow the rows by construction.
class PostWriter {
 public:
  PostWriter(Connection& c, std::string_view rules);

  enum class Outcome : std::uint8_t {
    added,
    edited,
    earlier,  // an older version than the known one, which stays the newest
    unchanged,
    withheld,  // erased before, and not to come back: not stored
  };
  struct Identity {
    PostId id;
    bool is_new = false;  // as store/identity.h: Identities
  };
  Outcome put(const Sighting& sighting, Identity identity, Origin& origin);
  // A post that names no brand. False where there is no such post, or it says what it said.
  bool unname(const Sighting& sighting, PostId id, Origin& origin);
  // A post that is still there, of which no more is told. One that is not known stays so.
  void mark_seen(PostId id, Origin& origin);
  // False if there is no such post, or it is known to be gone.
  bool depart(const Departure& departure);
  void finish(UtcTime now, Sums sums);

  [[nodiscard]] std::size_t new_mentions() const { return new_mentions_; }
  [[nodiscard]] std::size_t new_copies() const { return new_copies_; }

 private:
  struct Known {
    std::int64_t row = 0;
    std::int64_t revision = 0;
    std::int64_t hash = 0;
    std::optional<std::int64_t> copy_hash;
    bool dated_by_source = false;
    bool has_url = false;
    bool by_brand = false;
    bool gone = false;
    UtcTime seen_at{};  // first, with this text
    std::optional<UtcTime> edited_at;
  };
  struct KnownMention;
  struct StoredAs {
    PostId key;
    std::int64_t row = 0;
  };

  std::optional<Known> find(PostId id);
  std::vector<KnownMention> mentions_of(std::int64_t row);

  void add(const Sighting& sighting, PostId id, Origin& origin);
  std::optional<PostId> original_of(const Sighting& sighting, PostId id);
  void change(const Sighting& sighting, const Known& known, Origin& origin);
  void refresh(const Sighting& sighting, std::int64_t row, Origin& origin);
  void add_earlier(const Sighting& sighting, const Known& known, Origin& origin);
  bool says_nothing_new(const Sighting& sighting, const Known& known);

  std::int64_t add_revision(const Sighting& sighting, std::optional<std::int64_t> previous,
                            Origin& origin);
  bool said_before(std::int64_t newest, std::int64_t hash);
  std::optional<std::int64_t> revive_revision(const Sighting& sighting, std::int64_t newest,
                                              Origin& origin);
  std::int64_t add_mention(StoredAs post, Day day, UtcTime said_at, const BrandMention& brand,
                           const Verdict& verdict);
  void change_mentions(const Sighting& sighting, std::int64_t row, bool edited);
  std::optional<std::string> author_of(const Post& post);
  bool is_unwanted(const Post& post, PostId id);

  void erase(std::int64_t row, UtcTime gone_at);
  void erase_earlier_records();
  void take_out(std::int64_t row);
  void put_back(std::int64_t row);

  Connection& c_;
  std::int64_t rules_;
  std::string author_key_;
  FacetNumbers facet_numbers_;
  bool some_are_unwanted_;
  bool some_are_expired_;
  RollupChanges& rollups_;
  Copies copies_;
  FullTextChanges full_text_;
  DayDocs day_docs_;
  std::map<std::string, UtcTime> erased_pages_;  // and when something was gone from them
  std::size_t new_mentions_ = 0;
  std::size_t new_copies_ = 0;
};

}  // namespace testigo::store
