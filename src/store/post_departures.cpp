// Posts that are no more: post_writer.h.
#include <algorithm>

#include "store/evidence.h"
#include "store/post_rows.h"
#include "store/post_writer.h"

namespace testigo::store {

bool PostWriter::depart(const Departure& departure) {
  const std::optional<Known> known = find(departure.post);
  if (!known || (known->gone && !departure.erase)) return false;
  if (departure.erase) {
    erase(known->row, departure.at);
  } else {
    c_.run("UPDATE post SET gone_at = ?2 WHERE id = ?1", known->row, departure.at);
  }
  return true;
}

void PostWriter::erase(std::int64_t row, UtcTime gone_at) {
  for (const std::int64_t revision : revisions_of(c_, row)) {
    const auto url =
        c_.text("SELECT e.url FROM revision r JOIN evidence e ON e.id = r.evidence WHERE r.id = ?1",
                revision);
    if (url) erased_pages_[*url] = std::max(gone_at, erased_pages_[*url]);
  }
  erase_rows(c_, row, {rollups_, full_text_, copies_});
  c_.run("INSERT OR REPLACE INTO setting VALUES('rows_were_erased', 1)");
}

// Each time that a page was archived before something was gone from it, it may have been there.
void PostWriter::erase_earlier_records() {
  if (erased_pages_.empty()) return;
  std::vector<EvidenceRow> records;
  {
    Rows rows =
        c_.query("SELECT file, offset, length, payload_digest, url, fetched_at FROM evidence");
    while (rows.step()) {
      const auto page = erased_pages_.find(std::string(rows.text(4)));
      if (page != erased_pages_.end() && rows.time(5) < page->second)
        records.push_back(read_evidence(rows));
    }
  }
  for (const EvidenceRow& record : records) erase_later(c_, record.where.file, record.where.offset);
  erased_pages_.clear();
}

}  // namespace testigo::store
