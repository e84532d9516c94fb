#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/import_preset.h"
#include "core/ids.h"
#include "core/time.h"
#include "text/time_zone.h"

namespace testigo::app {

enum class ImportFormat : std::uint8_t { csv, jsonl, mbox, warc };
[[nodiscard]] std::string_view to_string(ImportFormat format);
[[nodiscard]] std::optional<ImportFormat> parse_import_format(std::string_view name);

struct ImportOptions {
  std::string file;
  std::optional<ImportFormat> format;      // else by the file's ending and its first bytes
  std::optional<std::string> preset;       // else the one that knows the columns
  // Post field → column, "={a} {b}" of several, "" of none; JSONL also a JSON Pointer "/a/b".
  std::map<std::string, std::string> map;
  std::optional<BrandId> brand;       // every row is about this brand; else those its query matches
  std::optional<SourceId> source;     // else the preset's; of an archive, which source reads it
  std::optional<double> rating_best;  // where no column says it
  std::optional<std::string> encoding;
  std::optional<bool> day_first;    // what 3/4/2026 means
  std::optional<std::string> zone;  // of times that are written without one
  std::string configured_zone = "UTC";
  bool dry_run = false;  // read and judge, write nothing
};

// A post field's columns in the file at hand, most telling first.
using ImportMapping = std::map<std::string, std::vector<std::string>>;

// How the dates of one column are read, where its head or its own cells show it.
struct DateColumn {
  std::optional<text::TimeZone> zone;  // of times that are written without one
  std::optional<bool> day_first;
  std::string day_first_why;  // "25/03/2026 in line 7"
  std::string other_order;    // a date that contradicts it, likewise; empty: none does
};

// How a file will be read: what was said, and for the rest what the file itself shows.
struct ImportPlan {
  ImportFormat format = ImportFormat::csv;
  std::string file;
  std::string encoding;  // "UTF-16LE, by its byte order mark"
  std::string dialect;   // of CSV: "semicolons"
  ImportPreset preset;
  ImportMapping mapping;
  std::vector<std::string> unused;  // columns that no field takes
  SourceId source{"import"};
  std::optional<BrandId> brand;
  double rating_best = 5.0;
  double rating_worst = 1.0;
  bool rating_best_said = false;  // by somebody or the preset; else five is supposed
  std::optional<bool> day_first;  // of columns that show none; none: no date of the file needs it
  std::string day_first_why;      // "25/03/2026 in line 7"; empty where it was said
  std::string either_order;       // "3/4/2026 in line 2", where nothing says what it means
  std::map<std::string, DateColumn> date_columns;  // those that show how they are read
  text::TimeZone zone;
};

}  // namespace testigo::app
