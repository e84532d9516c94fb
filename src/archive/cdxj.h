#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/warc_record.h"
#include "core/result.h"
#include "core/time.h"

namespace testigo::archive {

// One capture in a CDXJ index, the form that pywb and cdxj-indexer write: a line of SURT key
// (archive/surt.h), 14-digit time and a JSON object whose values are all strings.
struct CdxjEntry {
  std::string url;
  UtcTime time{};            // to the second
  std::string mime;          // "text/html"; "warc/revisit" for revisits
  int status = 0;            // 0: the record is no HTTP answer
  std::string digest;        // the payload's, as in the record: "sha256:…", "sha1:…"
  std::uint64_t length = 0;  // of the record in the file
  std::uint64_t offset = 0;
  std::string filename;  // without folder

  friend bool operator==(const CdxjEntry&, const CdxjEntry&) = default;
};

// The line, with its "\n".
[[nodiscard]] std::string cdxj_line(const CdxjEntry& entry);
// Reads a line of any tool's index. Errc::malformed.
[[nodiscard]] Result<CdxjEntry> parse_cdxj_line(std::string_view line);

// "text/html; charset=utf-8" → "text/html"; empty where there is no Content-Type.
[[nodiscard]] std::string media_type_of(const std::vector<Header>& headers);

// What an index says of a record: responses, revisits, resources and metadata but erased ones;
// nothing for others. `filename` is the archive file's, without folder.
[[nodiscard]] std::optional<CdxjEntry> cdxj_entry(const WarcRecord& record,
                                                  std::string_view filename);

}  // namespace testigo::archive
