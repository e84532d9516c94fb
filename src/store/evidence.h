#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/connection.h"
#include "store/ingest.h"
#include "store/read.h"

namespace testigo::store {

// The rows that posts of one answer refer to, each made once, and only where one of them does.
class Origin {
 public:
  // Keeps both: they must outlive it.
  Origin(Connection& c, const Answer& answer) : c_(c), answer_(answer) {}

  // The record that the answer was archived as; none if it was not archived.
  [[nodiscard]] std::optional<std::int64_t> evidence();
  // The record holds what is not to be kept: it is overwritten when the archive is free.
  void erase_record();
  // The row of a page on which posts of the answer stand.
  [[nodiscard]] std::int64_t page(const std::string& url);
  // The request in whose answers posts are seen; none for an import.
  [[nodiscard]] std::optional<std::int64_t> listing();
  // Whether listing() has made the first of its list just now: then nothing was seen in it before.
  [[nodiscard]] bool made_list() const { return made_list_; }

 private:
  Connection& c_;
  const Answer& answer_;
  std::optional<std::int64_t> evidence_, listing_;
  std::unordered_map<std::string, std::int64_t> pages_;
  bool made_list_ = false;
};

// What the pages of one list share in the table `listing`. The answer has a request.
[[nodiscard]] std::int64_t list_key(const Answer& answer);

// The oldest record whose payload has this digest ("sha256:…"): what a WARC revisit record of an
// identical payload refers to.
[[nodiscard]] Result<std::optional<EvidenceRow>> find_payload(Store& store,
                                                              std::string_view payload_digest);

// Where the newest revision of a post was read from, by a mention's id or the post's own, also of
// one that no brand's query matches any more; nothing where no evidence is kept. Errc::not_found.
[[nodiscard]] Result<std::optional<EvidenceRow>> find_evidence(Store& store, std::int64_t id);

// Notes that a record of the archive is to be overwritten, all of it: see erasure.h.
void erase_later(Connection& c, std::string_view file, std::uint64_t offset);

// A row of: file, offset, length, payload_digest, url, fetched_at.
[[nodiscard]] EvidenceRow read_evidence(const Rows& rows);

}  // namespace testigo::store
