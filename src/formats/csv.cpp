#include "formats/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace testigo::formats {
namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr int end_of_input = -1;

// The delimiter that the first line has most of, outside of quotes; a comma if none.
char sniff_delimiter(std::string_view head) {
  constexpr std::string_view candidates = ",;\t|";
  std::array<int, 4> counts{};
  bool quoted = false;
  for (const char c : head) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (*std::max_element(counts.begin(), counts.end()) > 0) break;
    }
    const std::size_t which = candidates.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? ',' : candidates[static_cast<std::size_t>(most - counts.begin())];
}

bool is_number(std::string_view field) {
  if (field.substr(0, 1) == "+") field.remove_prefix(1);
  double value = 0;
  const char* last = field.data() + field.size();
  const auto result = std::from_chars(field.data(), last, value);
  return result.ec == std::errc() && result.ptr == last;
}

// OWASP's list of first characters that spreadsheets take for a formula.
bool is_formula(std::string_view field) {
  return !field.empty() && std::string_view("=+-@\t\r").find(field[0]) != std::string_view::npos &&
         !is_number(field);
}

void append_field(std::string& out, std::string_view field, char delimiter) {
  const std::string_view guard = is_formula(field) ? "'" : "";
  const bool quote = field.find_first_of("\"\r\n") != std::string_view::npos ||
                     field.find(delimiter) != std::string_view::npos ||
                     (!field.empty() && (field.front() == ' ' || field.back() == ' '));
  if (!quote) {
    out.append(guard).append(field);
    return;
  }
  out.append("\"").append(guard);
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

template <class Fields>
std::string make_row(const Fields& fields, char delimiter) {
  std::string out;
  bool first = true;
  for (const auto& field : fields) {
    if (!first) out += delimiter;
    first = false;
    append_field(out, field, delimiter);
  }
  return out + "\r\n";
}

}  // namespace

// One row in the making.
class CsvReader::RowBuilder {
 public:
  explicit RowBuilder(CsvReader& reader) : reader_(reader) {}

  Result<std::optional<CsvRow>> read() {
    row_.line = reader_.line_;
    while (true) {
      const Result<int> c = reader_.peek();
      if (!c) return fail(c.error());
      if (Result<void> step = take(*c); !step) return fail(std::move(step).error());
      if (done_) break;
    }
    if (at_end_ && row_.fields.empty()) return std::optional<CsvRow>();
    return std::optional(std::move(row_));
  }

 private:
  std::string place() const { return reader_.place(row_.line); }

  Result<void> take(int c) {
    if (quoted_) return in_quotes(c);
    if (c == end_of_input) return end();
    if (c == '\n' || c == '\r') return line_break(c);
    ++reader_.position_;
    if (c == reader_.delimiter_) return end_field();
    if (c == '"' && field_.empty() && !was_quoted_) {
      quoted_ = was_quoted_ = true;
      return {};
    }
    return append(c);
  }

  Result<void> in_quotes(int c) {
    if (c == end_of_input) {
      return fail(Errc::malformed, "A quoted field that begins in this row is never closed.",
                  place());
    }
    ++reader_.position_;
    if (c == '\n') ++reader_.line_;
    if (c != '"') return append(c);
    const Result<int> next = reader_.peek();
    if (!next) return fail(next.error());
    if (*next != '"') {
      quoted_ = false;
      return {};
    }
    ++reader_.position_;
    return append('"');
  }

  Result<void> append(int c) {
    if (c == 0) return fail(Errc::malformed, "There is a NUL byte in this row.", place());
    if (field_.size() >= reader_.options_.max_field_bytes) {
      return fail(Errc::limit_exceeded,
                  "A field has more than " + std::to_string(reader_.options_.max_field_bytes) +
                      " bytes; is a quote left open?",
                  place());
    }
    field_ += static_cast<char>(c);
    return {};
  }

  Result<void> end_field() {
    if (row_.fields.size() >= reader_.options_.max_fields) {
      return fail(Errc::limit_exceeded,
                  "A row has more than " + std::to_string(reader_.options_.max_fields) + " fields.",
                  place());
    }
    row_.fields.push_back(std::move(field_));
    field_.clear();
    was_quoted_ = false;
    return {};
  }

  bool is_blank() const { return row_.fields.empty() && field_.empty() && !was_quoted_; }

  Result<void> end() {
    at_end_ = done_ = true;
    return is_blank() ? Result<void>() : end_field();
  }

  Result<void> line_break(int c) {
    ++reader_.position_;
    if (c == '\r') {
      const Result<int> next = reader_.peek();
      if (!next) return fail(next.error());
      if (*next == '\n') ++reader_.position_;
    }
    ++reader_.line_;
    if (is_blank()) {
      row_.line = reader_.line_;
      return {};
    }
    done_ = true;
    return end_field();
  }

  CsvReader& reader_;
  CsvRow row_;
  std::string field_;
  bool quoted_ = false;      // inside of quotes now
  bool was_quoted_ = false;  // the field began with a quote
  bool done_ = false;
  bool at_end_ = false;
};

ByteSource bytes_source(std::string_view bytes) {
  return [bytes](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t size = std::min(buffer.size(), bytes.size());
    std::memcpy(buffer.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    return size;
  };
}

CsvReader::CsvReader(ByteSource source, CsvOptions options)
    : source_(std::move(source)), options_(std::move(options)) {}

std::string CsvReader::place(int line) const {
  return options_.file + (options_.file.empty() ? "line " : ":") + std::to_string(line);
}

Result<bool> CsvReader::fill() {
  if (at_end_) return false;
  buffer_.resize(chunk_bytes);
  position_ = 0;
  const Result<std::size_t> size = source_(std::span(buffer_.data(), buffer_.size()));
  if (!size) return fail(size.error());
  buffer_.resize(*size);
  at_end_ = *size == 0;
  return !at_end_;
}

Result<int> CsvReader::peek() {
  if (position_ == buffer_.size()) {
    const Result<bool> filled = fill();
    if (!filled) return fail(filled.error());
    if (!*filled) return end_of_input;
  }
  return static_cast<unsigned char>(buffer_[position_]);
}

Result<std::optional<CsvRow>> CsvReader::next() {
  if (!started_) {
    if (const Result<bool> filled = fill(); !filled) return fail(filled.error());
    if (std::string_view(buffer_).substr(0, 3) == "\xEF\xBB\xBF") position_ = 3;
    delimiter_ =
        options_.delimiter.value_or(sniff_delimiter(std::string_view(buffer_).substr(position_)));
    started_ = true;
  }
  return RowBuilder(*this).read();
}

std::string csv_row(std::span<const std::string_view> fields, char delimiter) {
  return make_row(fields, delimiter);
}

std::string csv_row(std::span<const std::string> fields, char delimiter) {
  return make_row(fields, delimiter);
}

}  // namespace testigo::formats
