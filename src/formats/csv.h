#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "formats/byte_source.h"

namespace testigo::formats {

// How a file parts its fields and hides what is no border.
struct CsvDialect {
  char delimiter = ',';
  bool backslash_escapes = false;  // \" within quotes, as databases write it; else "" alone

  friend bool operator==(const CsvDialect&, const CsvDialect&) = default;
};

// The likeliest dialect of a file that begins so: of , ; tab | the one that parts most rows alike.
// `sep=;` in the first line, which Excel writes, is believed.
[[nodiscard]] CsvDialect sniff_csv(std::string_view head);
// "semicolons", "semicolons, quotes escaped by a backslash".
[[nodiscard]] std::string describe(const CsvDialect& dialect);

struct CsvOptions {
  std::optional<char> delimiter = {};      // none: sniffed
  std::size_t max_field_bytes = 4u << 20;  // a review is a few KiB; an unclosed quote is not
  std::size_t max_row_bytes = 16u << 20;
  std::size_t max_fields = 1'000;
};

struct CsvRow {
  int line = 0;  // 1-based, where the row begins
  std::vector<std::string> fields;
  bool ended = true;                  // false: the file ends here, without a line break
  std::optional<std::string> broken;  // why the row is none; the next one can be read
};

// Reads rows one at a time, holding one row and one chunk: memory does not grow with the file.
// RFC 4180, and leniently beyond it: any line ending, a byte order mark, quotes within an unquoted
// field as they stand, rows of any number of fields, blank lines skipped. A row that cannot be
// (a NUL, a quote that is never closed, beyond the limits) comes back broken, and reading goes on
// with the line after the one where it began. Where tabs or bars part fields, which texts do not
// hold, a quote that would swallow whole rows is one of the text.
class CsvReader {
 public:
  explicit CsvReader(ByteSource source, CsvOptions options = {});

  // The next row, nothing at the end. Errors: whatever the source failed with; limit_exceeded where
  // so many quotes are left open that this is no CSV.
  [[nodiscard]] Result<std::optional<CsvRow>> next();

  // Known once the first row has been asked for.
  [[nodiscard]] const CsvDialect& dialect() const { return dialect_; }

 private:
  class RowBuilder;
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<bool> fill();
  [[nodiscard]] Result<bool> skip_blank_lines();
  [[nodiscard]] Result<void> skip_line();
  [[nodiscard]] Result<void> go_back_to_next_line(int line, std::size_t looked_at);

  ByteSource source_;
  CsvOptions options_;
  CsvDialect dialect_;
  std::string buffer_;     // from the row's beginning on
  std::size_t begin_ = 0;  // of the row, in it
  bool at_end_ = false;
  bool started_ = false;
  std::size_t first_fields_ = 0;  // of the first row
  bool after_cr_ = false;         // the last line break was a CR: an LF right here belongs to it
  int line_ = 1;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t bytes_reread_ = 0;
};

// One row with its CRLF (RFC 4180). A field that a spreadsheet would run as a formula (it begins
// with = + - @ tab or CR and is no number) gets an apostrophe before it.
[[nodiscard]] std::string csv_row(std::span<const std::string_view> fields, char delimiter = ',');
[[nodiscard]] std::string csv_row(std::span<const std::string> fields, char delimiter = ',');

}  // namespace testigo::formats
