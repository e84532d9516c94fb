#include "store/evidence.h"

#include <string>

#include "core/digest.h"
#include "store/mention_docs.h"
#include "store/post_places.h"

namespace testigo::store {

std::optional<std::int64_t> Origin::evidence() {
  if (evidence_ || !answer_.evidence) return evidence_;
  const EvidenceRef& where = *answer_.evidence;
  evidence_ = c_.integer(
      "INSERT INTO evidence(file, offset, length, payload_digest, url, fetched_at) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(file, offset) DO UPDATE SET "
      "length = excluded.length, payload_digest = excluded.payload_digest RETURNING id",
      where.file, where.offset, where.length, where.payload_digest, answer_.evidence_url,
      answer_.fetched_at);
  return evidence_;
}

std::int64_t Origin::page(const std::string& url) {
  const auto [known, fresh] = pages_.try_emplace(url, 0);
  if (!fresh) return known->second;
  c_.run("INSERT INTO post_page(url) VALUES(?1)", url);
  known->second = c_.last_insert_id();
  return known->second;
}

void Origin::erase_record() {
  if (answer_.evidence) erase_later(c_, answer_.evidence->file, answer_.evidence->offset);
}

std::optional<std::int64_t> Origin::listing() {
  if (listing_ || !answer_.request) return listing_;
  const std::int64_t list = list_key(answer_);
  {
    Rows rows = c_.query("SELECT id, list FROM listing WHERE request = ?1", *answer_.request);
    if (rows.step()) {
      listing_ = rows.integer(0);
      if (rows.integer(1) == list) return listing_;
    }
  }
  if (listing_) {
    c_.run("UPDATE listing SET list = ?2 WHERE id = ?1", *listing_, list);
    return listing_;
  }
  made_list_ = !c_.integer("SELECT 1 FROM listing WHERE list = ?1", list);
  c_.run("INSERT INTO listing(request, list) VALUES(?1, ?2)", *answer_.request, list);
  listing_ = c_.last_insert_id();
  return listing_;
}

std::int64_t list_key(const Answer& answer) {
  return answer.list.empty() ? answer.request->value : key_of({answer.list});
}

void erase_later(Connection& c, std::string_view file, std::uint64_t offset) {
  c.run("INSERT INTO erasing(file, offset) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET rows = NULL",
        file, offset);
}

EvidenceRow read_evidence(const Rows& rows) {
  EvidenceRow row;
  row.where.file = rows.text(0);
  row.where.offset = static_cast<std::uint64_t>(rows.integer(1));
  row.where.length = static_cast<std::uint64_t>(rows.integer(2));
  row.where.payload_digest = rows.text(3);
  row.url = rows.text(4);
  row.fetched_at = rows.time(5);
  return row;
}

Result<std::optional<EvidenceRow>> find_payload(Store& store, std::string_view payload_digest) {
  Connection& c = store.connection();
  c.clear_error();
  std::optional<EvidenceRow> found;
  {
    // The first comparison is what the index evidence_payload holds. With a "+" the second is not
    // put into it, nor the table read in the order of its ids: both would keep SQLite off the
    // index.
    Rows rows = c.query(
        "SELECT file, offset, length, payload_digest, url, fetched_at FROM evidence "
        "WHERE substr(payload_digest, 8, 12) = substr(?1, 8, 12) AND +payload_digest = ?1 "
        "AND erased_at IS NULL ORDER BY +id LIMIT 1",
        payload_digest);
    if (rows.step()) found = read_evidence(rows);
  }
  if (!c.ok()) return fail(c.error());
  return found;
}

Result<std::optional<EvidenceRow>> find_evidence(Store& store, std::int64_t id) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  bool known = false;
  std::optional<EvidenceRow> found;
  {
    Rows rows = c.query(
        "SELECT e.file, e.offset, e.length, e.payload_digest, e.url, e.fetched_at "
        "FROM post p JOIN revision r ON r.id = p.revision LEFT JOIN evidence e ON e.id = "
        "r.evidence "
        "WHERE p.id = " TESTIGO_POST_WITH_KEY("?1") " OR p.id = (SELECT post FROM mention "
        "WHERE doc IN " TESTIGO_DOC_WITH_ID("= ?1") ")",
        id);
    known = rows.step();
    if (known && !rows.is_null(0)) found = read_evidence(rows);
  }
  if (c.ok() && !known)
    return fail(Errc::not_found, "no mention or post has this id", show_key(id));
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
