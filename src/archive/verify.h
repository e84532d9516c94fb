#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::archive {

// Something wrong (or worth saying) about a record.
struct Finding {
  std::string file;
  std::uint64_t offset = 0;
  std::string what;

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct VerifyReport {
  std::uint64_t files = 0;
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;  // read, as stored
  std::uint64_t digests_checked = 0;
  std::uint64_t erased = 0;       // tombstones among them: of what they held only digests are kept
  std::vector<Finding> problems;  // evidence that no longer holds: exit 7
  std::vector<Finding> notes;     // tombstones, and what other tools do differently

  [[nodiscard]] bool sound() const { return problems.empty(); }
};

// Re-reads every record of the files: framing, Content-Length, and block and payload digests
// (SHA-256 and SHA-1, in hexadecimal or base32). Noted, since other tools do so: digests in other
// algorithms, ids that occur twice, and a WARC-Concurrent-To that points at no record of these
// files.
[[nodiscard]] VerifyReport verify_files(std::span<const std::string> paths);

// All *.warc, *.warc.gz, *.arc, *.arc.gz directly in a folder, in order of name.
[[nodiscard]] std::vector<std::string> archive_files(const std::string& folder);

// Whether the references still lead to responses with these payload digests. `folder` is where the
// references' files lie.
[[nodiscard]] VerifyReport verify_references(const std::string& folder,
                                             std::span<const EvidenceRef> references);

}  // namespace testigo::archive
