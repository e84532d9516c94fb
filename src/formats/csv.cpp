#include "formats/csv.h"

#include <algorithm>

#include "formats/csv_lines.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
// Reading on after a quote that is never closed means reading some lines twice; beyond so much for
// each byte of the file it would no longer be linear, and the file is no CSV.
constexpr std::uint64_t max_rereading = 4;
constexpr std::uint64_t free_rereading = 64u << 20;
constexpr int enough_lines = 2;  // for a quote to go over, to see what it swallows

}  // namespace

// One row in the making, from `begin_` of the reader's buffer on.
class CsvReader::RowBuilder {
 public:
  explicit RowBuilder(CsvReader& reader) : reader_(reader), at_(reader.begin_) {
    row_.line = reader.line_;
  }

  Result<std::optional<CsvRow>> read() {
    while (!done_) {
      if (at_ == reader_.buffer_.size()) {
        auto more = refill();
        if (!more) return fail(std::move(more.error()));
        if (!*more) {
          end_of_file();
          continue;
        }
      }
      quoted_ ? take_quoted() : take_plain();
      check_sizes();
    }
    if (swallows_ || is_swallowing()) {
      take_line();
      given_up_ = true;
    }
    if (given_up_) {
      if (row_.broken) row_.fields.clear();
      if (auto back = reader_.go_back_to_next_line(row_.line, at_); !back)
        return fail(std::move(back.error()));
      return std::optional(std::move(row_));
    }
    reader_.begin_ = at_;
    reader_.line_ += line_breaks_;
    return std::optional(std::move(row_));
  }

 private:
  // Whether a quoted field has gone beyond its line, and each line that it began or went over is a
  // row by itself.
  [[nodiscard]] bool is_swallowing() const {
    const char delimiter = reader_.dialect_.delimiter;
    if ((delimiter != '\t' && delimiter != '|') || reader_.first_fields_ < 2) return false;
    if (row_.broken && !given_up_) return false;
    const bool ends_file = given_up_ && quoted_ && reader_.at_end_;
    if (!ends_file && quoted_lines_ == 0) return false;
    std::string_view lines = reader_.buffer_;
    lines = lines.substr(reader_.begin_, at_ - reader_.begin_);
    if (!done_ || given_up_) {  // the last one may not be whole
      const std::size_t last = lines.find_last_of("\r\n");
      if (last != std::string_view::npos) lines = lines.substr(0, last);
    }
    return lines.find('\0') == std::string_view::npos &&
           is_rows(lines, delimiter, reader_.first_fields_);
  }

  // The first line alone.
  void take_line() {
    std::string_view line = reader_.buffer_;
    line = line.substr(reader_.begin_, at_ - reader_.begin_);
    const std::size_t end = line.find_first_of("\r\n");
    row_.broken.reset();
    row_.ended = end != std::string_view::npos;
    row_.fields = split_line(line.substr(0, end), reader_.dialect_.delimiter);
  }

  Result<bool> refill() {
    const std::size_t before = reader_.begin_;
    auto more = reader_.fill();
    at_ -= before - reader_.begin_;  // the buffer was moved up to the row's beginning
    return more;
  }

  void take_plain() {
    const std::string& bytes = reader_.buffer_;
    const char delimiter = reader_.dialect_.delimiter;
    std::size_t end = at_;
    while (end < bytes.size() && bytes[end] != delimiter && bytes[end] != '\n' &&
           bytes[end] != '\r' && bytes[end] != '"' && bytes[end] != '\0')
      ++end;
    field_.append(bytes, at_, end - at_);
    at_ = end;
    if (end == bytes.size()) return;
    const char c = bytes[at_++];
    if (c == delimiter) {
      end_field();
    } else if (c == '\0') {
      row_.broken = "there is a NUL byte in this row";
    } else if (c != '"') {
      line_break(c);
    } else if (field_.empty() && !was_quoted_) {
      quoted_ = was_quoted_ = true;
    } else {
      field_ += c;
    }
  }

  void take_quoted() {
    const std::string& bytes = reader_.buffer_;
    if (quote_seen_) {  // the one before was a quote: does this one make it a character?
      quote_seen_ = false;
      if (bytes[at_] == '"') {
        field_ += bytes[at_++];
      } else if (begins_another(bytes[at_])) {
        give_up("a quoted field that begins in this row is not closed before another begins");
      } else {
        quoted_ = false;
      }
      return;
    }
    if (escaped_) {
      escaped_ = false;
      if (bytes[at_] == '"' || bytes[at_] == '\\') {
        field_ += bytes[at_++];
        return;
      }
      field_ += '\\';  // it escapes nothing: what follows is read as ever
    }
    std::size_t end = at_;
    while (end < bytes.size() && bytes[end] != '"' && bytes[end] != '\n' && bytes[end] != '\0' &&
           bytes[end] != '\\')
      ++end;
    field_.append(bytes, at_, end - at_);
    at_ = end;
    if (end == bytes.size()) return;
    take_special(bytes[at_++]);
  }

  // Whether the quote before `next` begins a field of a later line, which the open one has reached.
  [[nodiscard]] bool begins_another(char next) const {
    const char delimiter = reader_.dialect_.delimiter;
    return field_lines_ > 0 && !field_.empty() && field_.back() == delimiter && next != delimiter &&
           next != '\n' && next != '\r' && next != ' ';
  }

  void take_special(char c) {
    if (c == '\\' && !reader_.dialect_.backslash_escapes) {
      field_ += c;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      quote_seen_ = true;
    } else if (c == '\0') {
      row_.broken = "there is a NUL byte in this row";
    } else {
      ++line_breaks_;
      ++field_lines_;
      field_ += c;
      if (++quoted_lines_ == enough_lines) done_ = swallows_ = is_swallowing();
    }
  }

  void line_break(char c) {
    ++line_breaks_;
    done_ = true;
    // Of CR LF the LF is left to skip_blank_lines, which knows it by what was before.
    reader_.after_cr_ = c == '\r';
    end_field();
  }

  void end_field() {
    if (row_.fields.size() >= reader_.options_.max_fields)
      return give_up("the row has more than " + std::to_string(reader_.options_.max_fields) +
                     " fields");
    check_field();
    row_.fields.push_back(std::move(field_));
    field_.clear();
    field_lines_ = 0;
    was_quoted_ = false;
  }

  void end_of_file() {
    if (quoted_ && !quote_seen_)
      return give_up("a quoted field that begins in this row is never closed");
    done_ = true;
    row_.ended = false;
    end_field();
  }

  void check_field() {
    if (field_.size() > reader_.options_.max_field_bytes)
      give_up("a field has more than " + std::to_string(reader_.options_.max_field_bytes) +
              " bytes; is a quote left open?");
  }

  void check_sizes() {
    if (done_) return;
    check_field();
    if (at_ - reader_.begin_ > reader_.options_.max_row_bytes)
      give_up("the row has more than " + std::to_string(reader_.options_.max_row_bytes) + " bytes");
  }

  void give_up(std::string why) {
    row_.broken = std::move(why);
    done_ = given_up_ = true;
  }

  CsvReader& reader_;
  std::size_t at_;
  CsvRow row_;
  std::string field_;
  int line_breaks_ = 0;
  int quoted_lines_ = 0;     // line breaks within quotes
  int field_lines_ = 0;      // of them, in this field
  bool quoted_ = false;      // inside of quotes now
  bool was_quoted_ = false;  // the field began with a quote
  bool quote_seen_ = false;  // within quotes, the last byte was one
  bool escaped_ = false;     // within quotes, the last byte was the backslash
  bool done_ = false;
  bool swallows_ = false;  // an open quote swallows whole rows
  bool given_up_ = false;
};

CsvReader::CsvReader(ByteSource source, CsvOptions options)
    : source_(std::move(source)), options_(std::move(options)) {}

// Reads one more chunk behind what is there of the row; false at the end.
Result<bool> CsvReader::fill() {
  if (at_end_) return false;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + chunk_bytes);
  const Result<std::size_t> size = source_(std::span(buffer_.data() + before, chunk_bytes));
  buffer_.resize(before + (size ? *size : 0));
  if (!size) return fail(size.error());
  bytes_read_ += *size;
  at_end_ = *size == 0;
  return !at_end_;
}

Result<void> CsvReader::start() {
  started_ = true;
  while (buffer_.size() < chunk_bytes) {
    const Result<bool> filled = fill();
    if (!filled) return fail(filled.error());
    if (!*filled) break;
  }
  if (buffer_.starts_with(utf8_mark)) begin_ = utf8_mark.size();
  const std::string_view head = std::string_view(buffer_).substr(begin_);
  dialect_ = sniff_csv(head);
  if (text::equal_ignoring_case(head.substr(0, 4), "sep=") &&
      head.substr(4, 1) == std::string_view(&dialect_.delimiter, 1)) {
    if (auto skipped = skip_line(); !skipped) return skipped;
  }
  if (options_.delimiter) dialect_.delimiter = *options_.delimiter;
  return {};
}

Result<std::optional<CsvRow>> CsvReader::next() {
  if (!started_) {
    if (auto begun = start(); !begun) return fail(std::move(begun.error()));
  }
  const Result<bool> more = skip_blank_lines();
  if (!more) return fail(more.error());
  if (!*more) return std::optional<CsvRow>();
  auto row = RowBuilder(*this).read();
  if (row && *row && first_fields_ == 0) first_fields_ = (*row)->fields.size();
  return row;
}

// Whether anything follows the line breaks here.
Result<bool> CsvReader::skip_blank_lines() {
  while (true) {
    if (begin_ == buffer_.size()) {
      const Result<bool> filled = fill();
      if (!filled || !*filled) return filled;
    }
    const char c = buffer_[begin_];
    if (c != '\n' && c != '\r') break;
    if (!(c == '\n' && after_cr_)) ++line_;
    after_cr_ = c == '\r';
    ++begin_;
  }
  after_cr_ = false;
  return true;
}

// To the line break that ends the line of begin_, which is then what is read next.
Result<void> CsvReader::skip_line() {
  while (true) {
    const std::size_t end = buffer_.find_first_of("\r\n", begin_);
    begin_ = std::min(end, buffer_.size());
    if (end != std::string::npos) return {};
    const Result<bool> filled = fill();
    if (!filled) return fail(filled.error());
    if (!*filled) return {};
  }
}

Result<void> CsvReader::go_back_to_next_line(int line, std::size_t looked_at) {
  bytes_reread_ += looked_at - begin_;
  if (bytes_reread_ > free_rereading + max_rereading * bytes_read_)
    return fail(Errc::limit_exceeded, "quotes are left open all over the file; is it CSV?",
                "line " + std::to_string(line));
  return skip_line();
}

}  // namespace testigo::formats
