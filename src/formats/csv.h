#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::formats {

// Fills the buffer from a file or a string and says how many bytes it put there; 0 is the end.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;

// A source over bytes in memory, which must outlive it.
[[nodiscard]] ByteSource bytes_source(std::string_view bytes);

struct CsvOptions {
  std::optional<char> delimiter = {};      // none: the likeliest of , ; tab | in the first lines
  std::size_t max_field_bytes = 4u << 20;  // a review is a few KiB; an unclosed quote is not
  std::size_t max_fields = 1'000;
  std::string file = {};  // names the input in errors
};

struct CsvRow {
  int line = 0;  // 1-based, where the row begins
  std::vector<std::string> fields;
};

// Reads rows one at a time, holding one row and one chunk: memory does not grow with the file.
// RFC 4180, and leniently beyond it: any line ending, a byte order mark, quotes within an unquoted
// field as they stand, rows of any number of fields, blank lines skipped.
class CsvReader {
 public:
  explicit CsvReader(ByteSource source, CsvOptions options = {});

  // The next row, nothing at the end. Errors: malformed (a quote that is never closed, NUL) and
  // limit_exceeded, at "file:line"; whatever the source failed with.
  [[nodiscard]] Result<std::optional<CsvRow>> next();

  // Known once the first row has been asked for.
  [[nodiscard]] char delimiter() const { return delimiter_; }

 private:
  class RowBuilder;
  [[nodiscard]] std::string place(int line) const;
  [[nodiscard]] Result<bool> fill();
  [[nodiscard]] Result<int> peek();

  ByteSource source_;
  CsvOptions options_;
  std::string buffer_;
  std::size_t position_ = 0;
  bool at_end_ = false;
  bool started_ = false;
  char delimiter_ = ',';
  int line_ = 1;
};

// One row with its CRLF (RFC 4180). A field that a spreadsheet would run as a formula (it begins
// with = + - @ tab or CR and is no number) gets an apostrophe before it.
[[nodiscard]] std::string csv_row(std::span<const std::string_view> fields, char delimiter = ',');
[[nodiscard]] std::string csv_row(std::span<const std::string> fields, char delimiter = ',');

}  // namespace testigo::formats
