#include "store/post_rows.h"

#include <optional>
#include <vector>

#include "store/evidence.h"

namespace testigo::store {

namespace {

void erase_records_of(Connection& c, std::int64_t revision) {
  std::optional<EvidenceRow> record;
  {
    Rows rows = c.query(
        "SELECT e.file, e.offset, e.length, e.payload_digest, e.url, e.fetched_at FROM revision r "
        "JOIN evidence e ON e.id = r.evidence WHERE r.id = ?1",
        revision);
    if (rows.step()) record = read_evidence(rows);
  }
  if (record) erase_later(c, record->where.file, record->where.offset);
}

}  // namespace

std::vector<std::int64_t> revisions_of(Connection& c, std::int64_t post) {
  std::vector<std::int64_t> revisions;
  Rows rows = c.query(
      "WITH RECURSIVE history(id, previous, place) AS ("
      "SELECT r.id, r.previous, 0 FROM post p JOIN revision r ON r.id = p.revision WHERE p.id = ?1 "
      "UNION SELECT r.id, r.previous, place + 1 FROM revision r JOIN history h ON r.id = "
      "h.previous) "
      "SELECT id FROM history ORDER BY place",
      post);
  while (rows.step()) revisions.push_back(rows.integer(0));
  return revisions;
}

ErasedRows erase_rows(Connection& c, std::int64_t post, PostIndexes indexes) {
  ErasedRows erased;
  indexes.rollups.take_all(c, post);
  indexes.full_text.take_all(c, post);
  const auto copy_hash = c.integer("SELECT copy_hash FROM post WHERE id = ?1", post);
  const std::vector<std::int64_t> revisions = revisions_of(c, post);
  erased.corrections = c.integer(
                            "SELECT count(*) FROM correction WHERE mention IN "
                            "(SELECT id FROM mention WHERE post = ?1)",
                            post)
                           .value_or(0);
  c.run("DELETE FROM mention WHERE post = ?1", post);
  erased.mentions = c.changes();
  for (const std::int64_t revision : revisions) {
    erase_records_of(c, revision);
    c.run("DELETE FROM verdict WHERE revision = ?1", revision);
    erased.verdicts += c.changes();
    c.run("DELETE FROM revision WHERE id = ?1", revision);
    erased.revisions += c.changes();
  }
  c.run("DELETE FROM post WHERE id = ?1", post);
  erased.posts = c.changes();
  indexes.copies.change(copy_hash, {});
  return erased;
}

}  // namespace testigo::store
