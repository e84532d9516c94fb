#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/post.h"
#include "core/result.h"
#include "core/rollup.h"
#include "core/time.h"
#include "core/verdict.h"
#include "store/frontier.h"
#include "store/import_mark.h"
#include "store/store.h"
#include "text/near_copies.h"

namespace testigo::query {
class Document;
}

namespace testigo::store {

// A brand whose query a post matches, with that brand's own tag and score: the verdict's, or what
// the text says of this brand among several (Verdict::targets).
struct BrandMention {
  BrandId brand;
  std::optional<Tag> tag;  // empty: unclassified
  double score = 0.0;

  friend bool operator==(const BrandMention&, const BrandMention&) = default;
};

// What costs time and needs no database, so that worker threads do it: see prepare().
struct PreparedText {
  std::string words;                      // for the full text index, see query/fts.h
  std::vector<std::string> filters;       // the same, one for each of Sighting::brands
  std::int64_t revision_hash = 0;         // of title, text and rating: a new one is a new revision
  std::optional<std::int64_t> copy_hash;  // of the text's words; none if too few to be a copy
  std::optional<text::CopyKeys> copy_keys;  // none if too few to be a copy that was changed
};

// A post as seen once on a page, with all that was found out about it.
struct Sighting {
  Post post;
  UtcTime seen_at{};                     // when the page was fetched: the WARC-Date under replay
  std::optional<UtcTime> as_of = {};     // when the author last changed it, where an import's row
                                         // says so of each post, edited or not
  Day day;                               // of posted_at in the configured zone, else of seen_at
  bool dated = true;                     // false where posted_at is unknown
  Verdict verdict;                       // with `why`, if `v_why` is to show it
  std::vector<BrandMention> brands;      // each once; usually not empty
  std::optional<PreparedText> prepared;  // made by ingest where it is missing
};

// Of title, text and rating: posts that say the same have the same.
[[nodiscard]] std::int64_t revision_hash(const Post& post);

// Fills sighting.prepared, from a post, verdict and brands that no longer change. Pure, safe on any
// thread. `document` is of the post's title and text, whatever heading stands before them.
void prepare(Sighting& sighting, const query::Document& document);
void prepare(Sighting& sighting);

// A shorter text says too little for its repetition to mean that it was copied ("great phone").
inline constexpr std::size_t min_copy_words = 8;

// A post that its source no longer shows.
struct Departure {
  PostId post;
  UtcTime at{};
  bool erase = false;  // the source's terms: delete_when_gone. Rows, full text and counts go too
};

// Which part of a source's list an answer showed, so that a post's absence from it means something.
// A post that was last seen on any page of that list and is not among these is gone if the list is
// whole, or if the post was posted within the window.
struct ShownList {
  bool whole = false;                // every post that the list has is here
  std::optional<TimeWindow> window;  // every post of the list that was posted within it is here
  std::vector<PostId> others{};      // shown too, but of no brand: not lost, only not kept
  std::vector<PostId> before{};      // shown by earlier pages of the list
  std::vector<TimeWindow> gaps{};    // what was posted then, ends included, may have been missed
};

// What one answered request brought. Everything is optional: an import has posts only, a 304 has a
// request, page and coverage only.
struct Answer {
  std::optional<RequestKey> request;    // is done with this commit
  std::string list{};                   // of its watch, of which the request is one page; "" one of
                                        // its own
  std::string unread{};                 // why nothing could be read of it: the request then ends
                                        // dead, as one that was given up; "" it was read
  std::optional<PageState> page;        // remembered for that request
  std::optional<EvidenceRef> evidence;  // on disk before this commit
  std::string evidence_url;             // archive_url of that record
  UtcTime fetched_at{};
  std::vector<Sighting> posts;  // of one page: two of them are never the same post
  // That name no brand: not stored, but an edit may have taken the names out of one that is known.
  std::vector<Sighting> unnamed{};
  std::vector<Departure> departures;
  std::optional<ShownList> shown;        // none: absence means nothing
  std::optional<UtcTime> looks_back_to;  // every post of its list since then is here, or was known
  // 404 or 410: every post last seen here is gone, and every one with this URL that no other page
  // has shown for half a day.
  bool gone = false;
  bool erase_departed = false;          // the source's terms: delete_when_gone
  std::vector<PageRequest> discovered;  // enqueued in the pass of their watch
  CoverageCounts coverage;              // added to the ledger of (batch run, brand, source)
};

// How a lease ends where there is nothing to store.
struct LeaseEnd {
  enum class Kind : std::uint8_t {
    postponed,  // asked again after not_before; counts an attempt
    dead,       // given up, with the reason
    returned,   // as if never leased: interrupted before it was asked
  };
  RequestKey request;
  Kind kind = Kind::dead;
  UtcTime not_before{};
  std::string reason;
  CoverageCounts coverage;
};

// Nobody asks this host before `until`.
struct HostHold {
  std::string host;
  UtcTime until{};
};

struct Batch {
  RunId run;
  std::string rules;  // "sha256:…" of the rules that made the verdicts
  UtcTime now{};      // bounds the 35 days of hourly counts
  std::vector<Answer> answers;
  std::vector<LeaseEnd> ends;
  std::vector<HostHold> holds;
  // Hosts that answered what is no request of the frontier, a name for each answer: robots.txt, a
  // login, where a redirect led to. It counts against their day's budget.
  std::vector<std::string> answered;
  std::optional<ImportMark> mark;     // of an import: how far it is with this batch
  std::optional<LeaseLimits> wanted;  // then also leases requests, after all of the above
};

// Whether the sums of days are written with a transaction, or may be some seconds late: they count
// each mention, then or as soon as the store is next opened for writing.
enum class Sums : std::uint8_t { written, may_wait };

struct IngestCounts {
  std::size_t new_posts = 0;
  std::size_t edited = 0;   // known posts with a new revision
  std::size_t earlier = 0;  // sightings of what a known post said before: kept as such
  std::size_t unchanged = 0;
  std::size_t withheld = 0;  // erased before, and not to come back
  std::size_t departed = 0;
  std::size_t new_mentions = 0;
  std::size_t copies = 0;      // among the new posts
  std::size_t discovered = 0;  // requests that were new to their pass

  IngestCounts& operator+=(const IngestCounts& more) {
    new_posts += more.new_posts;
    edited += more.edited;
    earlier += more.earlier;
    unchanged += more.unchanged;
    withheld += more.withheld;
    departed += more.departed;
    new_mentions += more.new_mentions;
    copies += more.copies;
    discovered += more.discovered;
    return *this;
  }
};

// What a batch came to.
struct Advanced {
  IngestCounts counts;
  std::vector<Lease> leases;  // those that Batch::wanted asked for
};

// Stores batches in ONE transaction: all of them, with commit(), or nothing. Posts, revisions,
// verdicts, mentions, reasons, full text, rollups, evidence, coverage, the run's counters, requests
// done and found.
//
// - Identity is DESIGN §2's. Posts without an external id that share one identity on a page (an
//   anonymous list without dates) are told apart by likeness of their words: each known post is
//   matched at most once per answer, the most similar first.
// - A post whose folded words are those of an earlier one on another page, or nearly so (copies.h),
// is
//   its copy; the earliest by posted_at (else by when it was seen) is the original, in whatever
//   order they arrive.
// - Copies, posts by the brand and verdicts with act reply or promote are stored and shown, but no
//   rollup counts them.
// - A known post seen with other brands gains mentions. It loses those of brands that it no longer
//   names once it says something else: the edit is its newest revision, what it said is in the
//   earlier ones. Among ShownList::others it is still there.
// - Of two versions of a post the one that was edited last, where both say when, is the newest,
//   else the one that was seen last: an older one that comes later is kept, and
//   becomes an earlier revision.
// - Each post remembers the request in whose answer it was last seen; see ShownList for what its
//   absence from a later one means, and Answer::gone. A post that is gone stays, is counted in all
//   rollups (it was said) and shows gone_at, until it is seen again anywhere. With erase_departed
//   nothing of it stays but hashes (copies.h). A 304 leaves all posts as they are.
class Ingestion {
 public:
  // `rules` as in Batch, of all batches.
  Ingestion(Store& store, std::string_view rules);
  Ingestion(Ingestion&& other) noexcept;
  Ingestion& operator=(Ingestion&& other) noexcept;
  ~Ingestion();

  // After an error there is nothing left to commit.
  [[nodiscard]] Result<Advanced> put(Batch batch);
  // Whether it has outgrown SQLite's cache: what more is put would be written to the log again and
  // again.
  [[nodiscard]] bool is_large() const { return is_large_; }
  [[nodiscard]] Result<void> commit(Sums sums = Sums::written);

 private:
  struct State;
  std::unique_ptr<State> state_;
  bool is_large_ = false;
};

// One batch, one transaction.
[[nodiscard]] Result<Advanced> advance(Store& store, Batch batch, Sums sums = Sums::written);
// The same for those who lease nothing.
[[nodiscard]] Result<IngestCounts> ingest(Store& store, Batch batch, Sums sums = Sums::written);

// Writes the sums that wait.
[[nodiscard]] Result<void> write_sums(Store& store, UtcTime now);

// Whether a post is stored, named by a brand's query or not.
[[nodiscard]] Result<bool> is_known(Store& store, PostId id);

// Runs. `rules` as in Batch. With the end of one, sums wait no longer.
[[nodiscard]] Result<RunId> begin_run(Store& store, UtcTime now, std::string_view rules);
[[nodiscard]] Result<void> end_run(Store& store, RunId run, UtcTime now, int exit_code);

// Adds to the ledger outside of an answer: requests refused, capped or given up.
[[nodiscard]] Result<void> add_coverage(Store& store, RunId run, const CoverageCounts& counts);

}  // namespace testigo::store
