#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// A request and its answer, with every secret already out of it (archive/redact.h).
struct Exchange {
  std::string method = "GET";
  std::string archive_url;
  std::vector<Header> request_headers;
  std::string request_body;
  Page page;                   // body_as_sent is what is kept
  std::string payload_digest;  // labelled_digest(page.body_as_sent) if it is known; empty: computed
};

// Why an answer's body is not kept again (WARC 1.1 §6.7.2, §6.7.3).
enum class RevisitProfile : std::uint8_t {
  server_not_modified,       // a 304: there was no body
  identical_payload_digest,  // the body came, and is the one that is kept
};

// What is unchanged: the record that holds the body, as far as it is known.
struct RevisitOf {
  std::string payload_digest;  // "sha256:…"
  std::string record_id;       // "<urn:uuid:…>", or empty
  std::string target_uri;
  UtcTime date{};
  RevisitProfile profile = RevisitProfile::server_not_modified;
};

struct WriterOptions {
  std::string folder;  // made if it is absent
  std::string prefix = "testigo";
  std::uint64_t max_file_bytes = std::uint64_t{1} << 30;  // the next record opens a new file
  std::string software;                                   // "testigo/0.1.0"
  std::string contact;                                    // who runs the crawl
};

// Appends records to FOLDER/PREFIX-YYYYMMDD-NNNNN.warc.gz, one gzip member each, a new file each
// UTC day and at max_file_bytes. A file belongs to one process (flock); a second process takes the
// next number. When a file is full or the writer goes, its index is written beside it
// (archive/cdxj_index.h). One thread.
class WarcWriter {
 public:
  // Takes up the day's last file if it is free: a torn tail (power cut, kill -9) is cut off, and
  // messages() says how many bytes it was. Errc::io names the folder and what to do.
  [[nodiscard]] static Result<WarcWriter> open(WriterOptions options, UtcTime now);

  WarcWriter(WarcWriter&&) noexcept;
  WarcWriter& operator=(WarcWriter&&) noexcept;
  ~WarcWriter();

  // A response record and the request record concurrent to it; the reference is the response's.
  // Where writing fails the file is cut back to what it was: nothing half-written stays.
  [[nodiscard]] Result<EvidenceRef> append(const Exchange& exchange);
  // A revisit record, headers without a body, with its request. For identical_payload_digest `of`
  // must name the target and date of the record that has the body: readers find it by these.
  [[nodiscard]] Result<EvidenceRef> append_revisit(const Exchange& exchange, const RevisitOf& of);
  // Anything said about a URL rather than by it: an import, a correction.
  [[nodiscard]] Result<EvidenceRef> append_metadata(std::string_view target_uri,
                                                    std::string_view content_type,
                                                    std::string_view block, UtcTime now);

  // fdatasync: returns when what was appended survives a power cut. Call before the database
  // commit that refers to it.
  [[nodiscard]] Result<void> sync();

  // What a person should know of opening and recovering; grows only.
  [[nodiscard]] const std::vector<std::string>& messages() const;
  // Name of the file that is written now.
  [[nodiscard]] std::string current_file() const;

 private:
  class State;
  explicit WarcWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testigo::archive
