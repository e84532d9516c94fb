#include "store/erasure.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "core/digest.h"
#include "store/answer.h"
#include "store/connection.h"
#include "store/evidence.h"
#include "store/expired.h"
#include "store/ingest.h"
#include "store/late_sums.h"
#include "store/post_places.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

// Their full text and sums are held in memory until they are written.
constexpr std::size_t posts_at_once = 5'000;

struct Revision {
  std::optional<std::string> title;
  std::string text;
};

std::optional<Revision> revision_at(Connection& c, std::int64_t id) {
  Rows rows = c.query("SELECT title, text FROM revision WHERE id = ?1", id);
  if (!rows.step()) return std::nullopt;
  return Revision{rows.maybe_text(0), std::string(rows.text(1))};
}

// Takes posts out, and forgets what their texts resembled.
class Eraser {
 public:
  explicit Eraser(Connection& c) : c_(c), copies_(c, rollups_) { add_late_sums(c); }

  void erase(std::int64_t post) {
    for (const std::int64_t revision : revisions_of(c_, post)) {
      const auto said = revision_at(c_, revision);
      if (!said) continue;
      const Sha256 one = sha256(said->title.value_or("") + "\n" + said->text);
      digests_.append(one.begin(), one.end());
      texts_.push_back(std::move(said->text));
    }
    erased_ += erase_rows(c_, post, {rollups_, full_text_, copies_});
  }

  void write(UtcTime now) {
    copies_.finish();
    for (std::string& text : std::exchange(texts_, {})) {
      Sighting gone;
      gone.post.text = std::move(text);
      prepare(gone);
      copies_.forget({gone.prepared->copy_hash, gone.prepared->copy_keys, gone.post.text});
    }
    rollups_.write(c_, now);
    full_text_.write(c_);
  }

  [[nodiscard]] const ErasedRows& erased() const { return erased_; }
  [[nodiscard]] std::string digest() const { return labelled_digest(digests_); }

 private:
  Connection& c_;
  RollupChanges rollups_;
  FullTextChanges full_text_;
  Copies copies_;
  std::vector<std::string> texts_;
  std::string digests_;
  ErasedRows erased_;
};

void erase_posts(Connection& c, const Erasure& erasure, ErasureReceipt& receipt) {
  Eraser eraser(c);
  std::vector<PostId> posts = erasure.posts;
  std::sort(posts.begin(), posts.end());
  std::size_t done = 0;
  for (const PostId post : posts) {
    const auto row = row_of(c, post);
    if (!row) continue;
    if (erasure.afterwards == Afterwards::expired) note_expired(c, *row);
    if (erasure.afterwards == Afterwards::unwanted)
      c.run("INSERT OR IGNORE INTO unwanted VALUES(?1)", post);
    eraser.erase(*row);
    if (++done % posts_at_once == 0) eraser.write(erasure.at);
  }
  eraser.write(erasure.at);
  receipt.rows = eraser.erased();
  receipt.digest = eraser.digest();
}

void forget_requests(Connection& c, const Erasure& erasure, ErasureReceipt& receipt) {
  if (!erasure.names) return;
  std::set<RequestKey> named;
  {
    Rows rows = c.query(
        "SELECT key, url FROM queued UNION ALL SELECT key, url FROM postponed UNION ALL "
        "SELECT key, url FROM dead UNION ALL SELECT key, url FROM standing");
    while (rows.step())
      if (erasure.names(rows.text(1))) named.insert(RequestKey(rows.integer(0)));
  }
  for (const RequestKey key : named)
    if (forget_within(c, key)) ++receipt.requests;
}

void forget_addresses(Connection& c, const Erasure& erasure) {
  if (!erasure.names) return;
  std::vector<std::int64_t> named;
  {
    Rows rows = c.query("SELECT id, url FROM evidence");
    while (rows.step())
      if (erasure.names(rows.text(1))) named.push_back(rows.integer(0));
  }
  for (const std::int64_t id : named) c.run("UPDATE evidence SET url = '' WHERE id = ?1", id);
}

// Addresses of pages that no post stands on any more.
void forget_pages(Connection& c) {
  c.run("DELETE FROM post_page WHERE id NOT IN (SELECT page FROM post)");
}

// As the column erasing.rows has them.
std::string written(const std::vector<ByteRange>& ranges) {
  std::string text;
  for (const ByteRange& range : ranges)
    text += (text.empty() ? "" : " ") + std::to_string(range.begin) + " " +
            std::to_string(range.length);
  return text;
}

std::vector<ByteRange> read_ranges(std::string_view text) {
  std::vector<ByteRange> ranges;
  std::istringstream in{std::string(text)};
  for (ByteRange range; in >> range.begin >> range.length;) ranges.push_back(range);
  return ranges;
}

std::vector<ArchiveRecord> noted_records(Connection& c) {
  std::vector<ArchiveRecord> records;
  Rows rows = c.query("SELECT file, offset, rows FROM erasing ORDER BY file, offset");
  while (rows.step())
    records.push_back({std::string(rows.text(0)), static_cast<std::uint64_t>(rows.integer(1)),
                       read_ranges(rows.text(2))});
  return records;
}

// Notes the records that were found to hold what is erased. `before` are those that were noted
// before its posts went, which notes the records that these were read from whole.
void note_records(Connection& c, const Erasure& erasure, const std::vector<ArchiveRecord>& before) {
  for (const ArchiveRecord& record : erasure.records) {
    const auto earlier = std::find_if(before.begin(), before.end(), [&](const ArchiveRecord& one) {
      return one.file == record.file && one.offset == record.offset;
    });
    const bool whole = record.rows.empty() || (earlier != before.end() && earlier->rows.empty());
    if (whole) {
      erase_later(c, record.file, record.offset);
      continue;
    }
    std::vector<ByteRange> rows = record.rows;
    if (earlier != before.end())
      rows.insert(rows.end(), earlier->rows.begin(), earlier->rows.end());
    c.run("INSERT OR REPLACE INTO erasing(file, offset, rows) VALUES(?1, ?2, ?3)", record.file,
          record.offset, written(rows));
  }
}

std::int64_t posts_left_with_digest(Connection& c) {
  return c
      .integer(
          "SELECT count(*) FROM post p JOIN revision r ON r.id = p.revision WHERE r.evidence IN "
          "(SELECT e.id FROM erasing x JOIN evidence e ON e.file = x.file AND e.offset = x.offset "
          "WHERE x.rows IS NULL)")
      .value_or(0);
}

std::int64_t note_erasure(Connection& c, const ErasureReceipt& receipt) {
  c.run(
      "INSERT INTO erasure(at, reason, posts, revisions, mentions, verdicts, corrections, "
      "requests, records, digest) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      receipt.at, receipt.reason, receipt.rows.posts, receipt.rows.revisions, receipt.rows.mentions,
      receipt.rows.verdicts, receipt.rows.corrections, receipt.requests, receipt.records.size(),
      receipt.digest);
  return c.last_insert_id();
}

}  // namespace

Result<ErasureReceipt> begin_erasure(Store& store, const Erasure& erasure) {
  Connection& c = store.connection();
  ErasureReceipt receipt;
  receipt.at = erasure.at;
  receipt.reason = erasure.reason;
  c.clear_error();
  c.script("PRAGMA secure_delete = ON");
  Transaction transaction(c);
  const std::vector<ArchiveRecord> before = noted_records(c);
  erase_posts(c, erasure, receipt);
  note_records(c, erasure, before);
  for (const std::string& pseudonym : erasure.pseudonyms)
    if (const auto number = parse_key(pseudonym))
      c.run("INSERT OR IGNORE INTO unwanted VALUES(?1)", *number);
  forget_requests(c, erasure, receipt);
  forget_addresses(c, erasure);
  forget_pages(c);
  const std::vector<ArchiveRecord> after = noted_records(c);
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(receipt.records));
  receipt.digest_only = posts_left_with_digest(c);
  const bool nothing = receipt.rows.posts == 0 && receipt.requests == 0 && receipt.records.empty();
  if (!nothing && !erasure.dry_run) receipt.id = note_erasure(c, receipt);
  if (erasure.dry_run) return answer(c, std::move(receipt));  // and all is rolled back
  return transaction.commit(std::move(receipt));
}

Result<std::vector<ArchiveRecord>> records_to_erase(Store& store) {
  Connection& c = store.connection();
  c.clear_error();
  return answer(c, noted_records(c));
}

Result<void> records_erased(Store& store, std::string_view file,
                            std::span<const std::uint64_t> offsets, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  for (const std::uint64_t offset : offsets) {
    c.run("DELETE FROM erasing WHERE file = ?1 AND offset = ?2", file, offset);
    c.run("UPDATE evidence SET erased_at = coalesce(erased_at, ?3) WHERE file = ?1 AND offset = ?2",
          file, offset, now);
  }
  // A page that is "not modified" would be one without bytes.
  c.run(
      "UPDATE page SET etag = NULL, last_modified = NULL, evidence = NULL WHERE evidence IN "
      "(SELECT id FROM evidence WHERE erased_at IS NOT NULL)");
  c.run(
      "DELETE FROM evidence WHERE erased_at IS NOT NULL "
      "AND id NOT IN (SELECT evidence FROM revision WHERE evidence IS NOT NULL)");
  return transaction.commit();
}

Result<void> rows_erased(Store& store, std::string_view file,
                         std::span<const BlankedRecord> records) {
  Connection& c = store.connection();
  Transaction transaction(c);
  for (const BlankedRecord& record : records) {
    c.run("DELETE FROM erasing WHERE file = ?1 AND offset = ?2", file, record.offset);
    c.run("UPDATE evidence SET payload_digest = ?3 WHERE file = ?1 AND offset = ?2", file,
          record.offset, record.digest);
  }
  return transaction.commit();
}

Result<ErasureState> erasure_state(Store& store) {
  Connection& c = store.connection();
  c.clear_error();
  ErasureState state;
  state.unfinished =
      c.integer("SELECT count(*) FROM erasure WHERE finished_at IS NULL").value_or(0);
  state.records = c.integer("SELECT count(*) FROM erasing").value_or(0);
  state.unclean = c.integer("SELECT 1 FROM setting WHERE name = 'rows_were_erased'").has_value();
  return answer(c, state);
}

Result<void> finish_erasures(Store& store, UtcTime now) {
  Connection& c = store.connection();
  c.clear_error();
  c.script("PRAGMA secure_delete = ON");
  forget_pages(c);
  for (const char* step : {"INSERT INTO mention_fts(mention_fts) VALUES('optimize')", "VACUUM"})
    c.script(step);
  const bool hindered = c.integer("PRAGMA wal_checkpoint(TRUNCATE)").value_or(0) != 0;
  if (!c.ok()) return fail(c.error());
  if (hindered)
    return fail(Errc::busy,
                "another process reads the database, so its log still holds what was erased; run "
                "again when it has ended",
                store.path());
  Transaction transaction(c);
  c.run(
      "UPDATE erasure SET finished_at = ?1 WHERE finished_at IS NULL "
      "AND NOT EXISTS (SELECT 1 FROM erasing)",
      now);
  c.run("DELETE FROM setting WHERE name = 'rows_were_erased'");
  return transaction.commit();
}

}  // namespace testigo::store
