#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/import.h"
#include "core/post.h"
#include "core/result.h"

namespace testigo::app {

// One row of an import file, by column, and its bytes as evidence.
struct ImportRow {
  std::size_t line = 0;
  std::map<std::string, std::string> fields;  // by post field; absent and null are left out
  std::string raw;                            // the row as JSON, one line
  std::optional<std::string> broken;          // why it could not be read
};

// Rows of a CSV or JSONL file, one at a time, with the mapping from post fields to columns resolved.
class ImportReader {
 public:
  virtual ~ImportReader() = default;

  // Nothing at the end. Errors end the import: the file cannot be read further.
  [[nodiscard]] virtual Result<std::optional<ImportRow>> next() = 0;
  [[nodiscard]] virtual const std::map<std::string, std::string>& mapping() const = 0;
};

// Errc::malformed for a mapped field or column that does not exist, with those that do.
[[nodiscard]] Result<std::unique_ptr<ImportReader>> open_import(const ImportOptions& options);

// A row as a post. The error says which field is wrong: no text, a rating that is no number, a date
// that cannot be read.
[[nodiscard]] Result<Post> post_of(const ImportRow& row, const ImportOptions& options, UtcTime now);

}  // namespace testigo::app
