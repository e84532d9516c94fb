#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/page.h"
#include "core/post.h"
#include "core/result.h"
#include "core/rollup.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/store.h"

namespace testigo::store {

// One row of `v_mentions`: a brand × post, newest revision.
struct MentionRow {
  MentionId id;
  PostId post;
  BrandId brand;
  SourceId source;
  std::optional<std::string> url;
  std::optional<PostId> parent;       // what it answers, whether or not that is stored
  std::optional<std::string> author;  // pseudonym
  std::optional<std::string> item, location, app_version;
  std::optional<UtcTime> posted_at;
  UtcTime collected_at{};
  std::optional<UtcTime> gone_at;
  std::string language;
  std::optional<double> rating, rating_best;
  std::optional<std::string> title;
  std::string text;
  std::optional<Tag> tag;
  std::optional<Polarity> polarity;
  std::optional<double> score;  // empty, as all axes, where unclassified
  std::optional<double> confidence;
  std::optional<Act> act;
  std::optional<Stage> stage;
  std::optional<Intent> intent;
  std::optional<Degree> degree;
  std::optional<std::int64_t> reach;
  std::optional<UtcTime> owner_reply_at;
  std::optional<PostId> copy_of;
  bool corrected = false;
  std::optional<std::string> evidence;  // "file:offset"
};

enum class MentionOrder : std::uint8_t {
  newest,  // by posted_at, else collected_at
  oldest,
  worst,  // lowest score first
  best,   // highest score first
};

struct MentionFilter {
  std::optional<BrandId> brand;
  std::optional<Day> since;          // first day, in the configured zone
  std::optional<Day> until;          // day after the last one
  std::optional<std::string> query;  // the query language of query/parse.h; malformed if it is not
  std::vector<MentionId> ids;        // if any: these only
  bool voices_only = false;          // without the brand's replies and promotions
  bool shares_only = false;          // the same, without copies as well
  std::vector<Tag> tags;             // if any: one of these
  MentionOrder order = MentionOrder::newest;
  std::size_t limit = 50;  // 0: all
  std::size_t offset = 0;
};

[[nodiscard]] Result<std::vector<MentionRow>> mentions(Store& store, const MentionFilter& filter);

// The same, one row at a time and without holding them: for export. Stops where `take` says false;
// `take` must not use this store.
[[nodiscard]] Result<void> for_each_mention(Store& store, const MentionFilter& filter,
                                            const std::function<bool(const MentionRow&)>& take);

struct RevisionRow {
  UtcTime seen_at{};
  std::optional<double> rating, rating_best, rating_worst;
  std::optional<std::string> title;
  std::string text;
};

struct EvidenceRow {
  EvidenceRef where;
  std::string url;
  UtcTime fetched_at{};
};

// A post that repeats another or is repeated.
struct CopyRow {
  PostId post;
  SourceId source;
  std::optional<std::string> url;
  UtcTime said_at{};  // posted_at, else collected_at
};

// One mention whole: the row, its verdict with every reason, its history and where it was read.
// What a person said of a tag, as it stands.
struct CorrectionRow {
  std::optional<Tag> tag;
  std::string person;
  UtcTime at{};
  std::optional<std::string> note;
};

struct MentionDetail {
  MentionRow row;
  std::optional<CorrectionRow> correction;  // where row.corrected
  Verdict verdict;                          // of the newest revision, by the rules
  std::string rules;                        // "sha256:…"
  std::vector<RevisionRow> revisions;       // newest first
  std::optional<EvidenceRow> evidence;
  std::optional<CopyRow> original;  // where this is a copy
  std::vector<CopyRow> copies;      // the earliest, most_copies_shown of them
  std::size_t copy_count = 0;
};
inline constexpr std::size_t most_copies_shown = 20;

// By mention id, or by post id (the first of its mentions). Errc::not_found.
[[nodiscard]] Result<MentionDetail> find_mention(Store& store, std::int64_t id);

struct RollupFilter {
  std::optional<BrandId> brand;
  std::optional<SourceId> source;
  std::optional<Day> since;  // first day
  std::optional<Day> until;  // day after the last one
};

// Rows of `v_daily` in order of brand and day.
[[nodiscard]] Result<std::vector<DailyRollup>> daily(Store& store, const RollupFilter& filter);

// The same of all sources, languages and stages together, which the rows leave empty: a dozen rows
// of each brand and day, however many mentions there are. Of one source the rows are daily()'s.
[[nodiscard]] Result<std::vector<DailyRollup>> brand_days(Store& store, const RollupFilter& filter);

// Rows of `v_hourly` whose hour lies in [from, to), hours since 1970 in UTC, in order of brand and
// hour; `day` is the hour's in UTC. The days of `filter` are passed over.
[[nodiscard]] Result<std::vector<DailyRollup>> hourly(Store& store, const RollupFilter& filter,
                                                      std::int64_t from, std::int64_t to);

// The first hour that is kept; 0 in a new store.
[[nodiscard]] Result<std::int64_t> first_hour(Store& store);

struct RunRow {
  RunId id;
  UtcTime started{};
  std::optional<UtcTime> ended;
  std::optional<int> exit;
  std::int64_t pages = 0, posts = 0, new_mentions = 0;
  std::string rules;
  // What was said in between, it looked at: from what its lists look back to until its last answer;
  // of an import, between the oldest and the newest of its posts. Empty where nothing was read.
  std::optional<UtcTime> looked_from, looked_to;
};
[[nodiscard]] Result<std::vector<RunRow>> runs(Store& store,
                                               std::size_t limit = 20);  // newest first

// The ledger of one run, or of all.
[[nodiscard]] Result<std::vector<CoverageCounts>> coverage(Store& store, std::optional<RunId> run);

// Every record that some revision or known page was read from, in order of file and offset.
[[nodiscard]] Result<void> for_each_evidence(Store& store,
                                             const std::function<bool(const EvidenceRow&)>& take);

// How much there is: for `status` and `doctor`.
struct StoreCounts {
  std::int64_t posts = 0, revisions = 0, mentions = 0, copies = 0, unclassified = 0, runs = 0;
  std::int64_t evidence = 0, queued = 0, leased = 0, dead = 0;
  std::int64_t bytes = 0;  // of the file
  int version = 0;
};
[[nodiscard]] Result<StoreCounts> counts(Store& store);

}  // namespace testigo::store
