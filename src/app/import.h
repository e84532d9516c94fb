#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/clock.h"
#include "app/configuration.h"
#include "app/rule_book.h"
#include "core/result.h"
#include "store/ingest.h"

namespace testigo::app {

enum class ImportFormat : std::uint8_t { csv, jsonl };

struct ImportOptions {
  std::string file;
  std::optional<ImportFormat> format;  // else by the file's ending
  std::map<std::string, std::string> map;  // post field → column; JSONL also a JSON Pointer "/a/b"
  std::optional<BrandId> brand;        // every row is about this brand; else those its query matches
  SourceId source{"import"};
  double rating_best = 5.0;            // where no column says it
  bool dry_run = false;                // read and judge, write nothing
};

struct RejectedRow {
  std::size_t line = 0;
  std::string why;
};

struct ImportSummary {
  std::map<std::string, std::string> mapping;  // post field → column, as used
  std::size_t rows = 0;
  std::size_t without_brand = 0;  // no brand's query matched: not stored
  std::size_t rejected = 0;
  std::vector<RejectedRow> first_rejects;  // at most max_shown_rejects
  store::IngestCounts counts;
  std::vector<store::Sighting> preview;    // under dry_run: the first rows, judged
};
inline constexpr std::size_t max_shown_rejects = 20;

// The post fields that a column can give: text, title, id, author, rating, rating_best, posted_at,
// url, lang, item, location, parent, reach, app_version.
[[nodiscard]] const std::vector<std::string>& import_fields();

struct ImportTools {
  const Configuration& configuration;
  const RuleBook& book;
  const Clock& clock;
  std::string store_path;
  std::string archive_folder;
  std::function<void(const RejectedRow&)> on_reject;  // each of them; may be empty
};

// Reads a file of posts in bounded memory and stores them like those of a crawl: judged, counted
// once, with their rows in the archive as evidence. Importing the same file twice adds nothing.
// Errc::malformed where a mapped column is not in the file, with the columns that are; not_found.
[[nodiscard]] Result<ImportSummary> import_posts(const ImportTools& tools,
                                                 const ImportOptions& options);

}  // namespace testigo::app
