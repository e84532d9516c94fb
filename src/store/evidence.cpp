#include "store/evidence.h"

namespace testigo::store {

std::optional<std::int64_t> evidence_id(Connection& c, const Answer& answer) {
  if (!answer.evidence) return std::nullopt;
  const EvidenceRef& where = *answer.evidence;
  return c.integer(
      "INSERT INTO evidence(file, offset, length, payload_digest, url, fetched_at) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(file, offset) DO UPDATE SET "
      "length = excluded.length, payload_digest = excluded.payload_digest RETURNING id",
      where.file, where.offset, where.length, where.payload_digest, answer.evidence_url,
      answer.fetched_at);
}

}  // namespace testigo::store
