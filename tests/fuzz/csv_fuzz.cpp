// Any bytes are CSV: reading ends, in pieces as in one, rows move forward through the lines, and
// the fields of a sound row survive being written and read again. The same bytes are a text in some
// encoding, and what is read of it is UTF-8.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/csv.h"
#include "formats/utf8_source.h"
#include "text/normalize.h"
#include "text/utf8.h"

using namespace testigo;
using namespace testigo::formats;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

std::vector<CsvRow> rows_of(ByteSource source) {
  CsvOptions options;
  options.max_field_bytes = 4096;
  options.max_row_bytes = 16384;
  CsvReader reader(std::move(source), options);
  std::vector<CsvRow> rows;
  while (true) {
    auto row = reader.next();
    if (!row || !*row) return rows;
    expect(rows.empty() || (*row)->line > rows.back().line);
    rows.push_back(std::move(**row));
  }
}

ByteSource in_pieces(std::string_view bytes) {
  return [bytes](std::span<char> room) mutable -> Result<std::size_t> {
    const std::size_t size = std::min<std::size_t>({3, bytes.size(), room.size()});
    std::copy_n(bytes.data(), size, room.data());
    bytes.remove_prefix(size);
    return size;
  };
}

// "sep=;", in whatever case.
bool begins_as_excel_does(std::string_view text) {
  return text::equal_ignoring_case(text.substr(0, 4), "sep=");
}

void expect_written_and_read(const CsvRow& row) {
  const std::string written = csv_row(row.fields, ',');
  CsvOptions comma;
  comma.delimiter = ',';
  CsvReader reader(bytes_source(written), comma);
  const auto again = reader.next();
  const bool guarded = written.find('\'') != std::string::npos;  // against formulas: not the same
  const bool odd =
      written.starts_with("\xEF\xBB\xBF") || begins_as_excel_does(written) ||
      std::all_of(row.fields.begin(), row.fields.end(), [](const auto& f) { return f.empty(); });
  if (guarded || odd || reader.dialect().backslash_escapes) return;
  expect(again && *again && (*again)->fields == row.fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::vector<CsvRow> rows = rows_of(bytes_source(bytes));
  const std::vector<CsvRow> pieces = rows_of(in_pieces(bytes));
  expect(rows.size() == pieces.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    expect(rows[i].line == pieces[i].line && rows[i].fields == pieces[i].fields);
    if (!rows[i].broken && rows[i].fields.size() < 100) expect_written_and_read(rows[i]);
  }
  const TextEncoding encoding = sniff_text_encoding(bytes, true);
  const auto text = read_up_to(utf8_source(in_pieces(bytes), encoding), 8 * size + 64);
  expect(text && text::is_valid_utf8(*text));
  ByteSource packed = gunzip_source(in_pieces(bytes));
  (void)read_up_to(packed, 1u << 20);
  return 0;
}
