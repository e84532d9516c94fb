#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

// One line of a table. Fields view the bytes given to parse_tsv, which must outlive the row.
struct TsvRow {
  int line = 0;           // 1-based
  std::string_view text;  // the whole line
  std::vector<std::string_view> fields;

  // The 1-based column, in bytes, at which a field begins: for "file:line:col".
  [[nodiscard]] int column_of(std::size_t field) const;
};

// What a row must look like.
struct TsvShape {
  std::size_t min_fields = 1;
  std::size_t max_fields = 64;
};

// Tab-separated rows: UTF-8, lines end in LF or CRLF, blank lines and lines that begin with "#" are
// skipped, a byte order mark too. No quoting; fields are trimmed of spaces.
// Errors: malformed, at "file:line:col": a row with too few or too many fields, invalid UTF-8, NUL.
[[nodiscard]] Result<std::vector<TsvRow>> parse_tsv(std::string_view file, std::string_view bytes,
                                                    const TsvShape& shape = {});

}  // namespace testigo::formats
