#include <algorithm>
#include <deque>
#include <set>

#include "app/import_mapping.h"
#include "app/import_open.h"
#include "app/import_words.h"
#include "formats/csv.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "text/double_utf8.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

using formats::CsvRow;

constexpr std::size_t longest_preamble = 10;  // rows that a report has before its table

// Values of one row by column name.
class Cells {
 public:
  Cells(const std::vector<std::string>& columns, const std::vector<std::string>& fields)
      : columns_(columns), fields_(fields) {}

  [[nodiscard]] std::string_view at(const std::string& column) const {
    const auto found = std::find(columns_.begin(), columns_.end(), column);
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    return index < fields_.size() && found != columns_.end() ? text::trim(fields_[index]) : "";
  }

 private:
  const std::vector<std::string>& columns_;
  const std::vector<std::string>& fields_;
};

class CsvImport final : public ImportReader {
 public:
  CsvImport(ImportPlan plan, formats::CsvReader rows, std::vector<std::string> columns,
            std::vector<std::string> written_columns, std::deque<CsvRow> waiting)
      : ImportReader(std::move(plan)),
        rows_(std::move(rows)),
        columns_(std::move(columns)),
        written_columns_(std::move(written_columns)),
        waiting_(std::move(waiting)) {
    for (const std::string& condition : plan_.preset.skip_if) {
      const std::size_t equals = condition.find('=');
      for (const std::string& column : columns_)
        if (column_key(column) == column_key(condition.substr(0, equals)))
          skip_if_.emplace_back(column, text::fold(condition.substr(equals + 1)));
    }
  }

  Result<std::optional<ImportRow>> next() override {
    auto row = take();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return std::optional<ImportRow>();
    ImportRow out;
    out.line = static_cast<std::size_t>((*row)->line);
    out.broken = wrong_with(**row);
    if (out.broken) return std::optional(std::move(out));
    fill(out, (*row)->fields);
    return std::optional(std::move(out));
  }

 private:
  Result<std::optional<CsvRow>> take() {
    if (waiting_.empty()) return rows_.next();
    CsvRow row = std::move(waiting_.front());
    waiting_.pop_front();
    return std::optional(std::move(row));
  }

  [[nodiscard]] std::optional<std::string> wrong_with(const CsvRow& row) const {
    if (row.broken) return row.broken;
    if (!row.ended && row.fields.size() < columns_.size())
      return "the file ends in the middle of this row; export it again";
    const auto beyond =
        std::find_if(row.fields.begin() +
                         static_cast<std::ptrdiff_t>(std::min(columns_.size(), row.fields.size())),
                     row.fields.end(), [](const std::string& field) { return !field.empty(); });
    if (beyond == row.fields.end()) return std::nullopt;
    return "the row has " + std::to_string(row.fields.size()) + " fields, the header " +
           std::to_string(columns_.size()) + "; is a field with a delimiter in it not quoted?";
  }

  void fill(ImportRow& out, const std::vector<std::string>& fields) const {
    const Cells cells(columns_, fields);
    formats::JsonWriter raw;
    raw.begin_object();
    for (std::size_t i = 0; i < std::min(columns_.size(), fields.size()); ++i)
      raw.field(written_columns_[i], fields[i]);
    out.raw = raw.end_object().take();
    for (const auto& [column, word] : skip_if_)
      out.skipped = out.skipped || text::fold(cells.at(column)) == word;
    for (const auto& [field, columns] : plan_.mapping) {
      for (const std::string& column : columns) {
        std::string value =
            column.starts_with('=') ? filled(column, cells) : std::string(cells.at(column));
        if (value.empty() || says_no_value(value)) continue;
        out.fields[field] = std::move(value);
        if (is_date_field(field)) out.date_columns[field] = column;
        break;
      }
    }
  }

  // "=https://x.example/{id}" with the row's values; "" where one is missing.
  [[nodiscard]] std::string filled(const std::string& pattern, const Cells& cells) const {
    std::string out;
    for (std::size_t at = 1; at < pattern.size(); ++at) {
      const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
      if (end == std::string::npos) {
        out += pattern[at];
        continue;
      }
      const std::string key = column_key(pattern.substr(at + 1, end - at - 1));
      const auto column =
          std::find_if(columns_.begin(), columns_.end(),
                       [&](const std::string& name) { return column_key(name) == key; });
      const std::string_view value = column == columns_.end() ? "" : cells.at(*column);
      if (value.empty() || says_no_value(value)) return {};
      out += value;
      at = end;
    }
    return out;
  }

  formats::CsvReader rows_;
  std::vector<std::string> columns_;
  std::vector<std::string> written_columns_;                  // as the file has them
  std::deque<CsvRow> waiting_;                                // read while the header was looked at
  std::vector<std::pair<std::string, std::string>> skip_if_;  // column, folded word
};

bool is_import_ids(const CsvRow& row) {
  return !row.fields.empty() && row.fields.front().starts_with("{\"ImportId\"");
}

// " (America/Denver)", as a head says it, of {"ImportId":"endDate","timeZone":"America/Denver"}.
std::string zone_note(const std::string& import_id) {
  const auto about = formats::parse_json(import_id);
  const formats::JsonValue* zone = about ? about->find("timeZone") : nullptr;
  const auto name = zone == nullptr ? std::nullopt : zone->to_text();
  return name && text::find_time_zone(*name) ? " (" + *name + ")" : "";
}

// What the third row of Qualtrics' header says of the zones of columns; "" of the others.
std::vector<std::string> zone_notes(const std::deque<CsvRow>& rows) {
  std::vector<std::string> notes(rows[0].fields.size());
  if (rows.size() <= 2 || !is_import_ids(rows[2])) return notes;
  for (std::size_t i = 0; i < std::min(notes.size(), rows[2].fields.size()); ++i)
    notes[i] = zone_note(rows[2].fields[i]);
  return notes;
}

// SurveyMonkey writes a question over its options: the second row has names only where a question
// has several columns, and never one for the respondent.
bool is_option_row(const CsvRow& header, const CsvRow& row) {
  if (header.fields.empty() || column_key(header.fields.front()) != "respondentid") return false;
  return row.fields.empty() || row.fields.front().empty();
}

// The names that presets or whoever imports have for columns.
class KnownNames {
 public:
  KnownNames(const ImportPresets& presets, const ImportOptions& options) {
    for (const auto& [name, preset] : presets)
      for (const auto& [field, columns] : preset.fields)
        for (const std::string& column : columns) add(column);
    for (const auto& [field, column] : options.map)
      if (!column.empty()) add(column);
  }

  [[nodiscard]] bool contains(const std::string& name) const {
    const std::string key = column_key(name);
    return keys_.contains(key) ||
           std::any_of(beginnings_.begin(), beginnings_.end(),
                       [&](const std::string& beginning) { return key.starts_with(beginning); });
  }
  [[nodiscard]] std::size_t count_in(const CsvRow& row) const {
    return static_cast<std::size_t>(std::count_if(
        row.fields.begin(), row.fields.end(),
        [&](const std::string& name) { return !text::trim(name).empty() && contains(name); }));
  }

 private:
  void add(const std::string& column) {
    if (column.ends_with('*'))
      beginnings_.push_back(column_key(column));
    else
      keys_.insert(column_key(column));
  }

  std::set<std::string> keys_;
  std::vector<std::string> beginnings_;
};

// Takes off what reports say before their table: rows without the name of a column, with one that
// has several of them below.
void drop_preamble(std::deque<CsvRow>& rows, const KnownNames& known) {
  constexpr std::size_t several = 2;
  if (known.count_in(rows[0]) > 0) return;
  const auto header = std::find_if(
      rows.begin(),
      rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), longest_preamble + 1)),
      [&](const CsvRow& row) { return known.count_in(row) >= several; });
  if (header != rows.end() && known.count_in(*header) >= several) rows.erase(rows.begin(), header);
}

// The column names that a header of one to three rows gives; takes them off `rows`.
// Qualtrics has ids, questions and import ids; whoever maps uses questions or ids, so a column that
// both name is known by its question where that is telling ("How likely are you…").
std::vector<std::string> take_header(std::deque<CsvRow>& rows, const KnownNames& known) {
  std::vector<std::string> columns = rows[0].fields;
  std::size_t header_rows = 1;
  if (rows.size() > 2 && is_import_ids(rows[2])) {
    header_rows = 3;
    for (std::size_t i = 0; i < std::min(columns.size(), rows[1].fields.size()); ++i)
      if (!known.contains(columns[i]) && !rows[1].fields[i].empty()) columns[i] = rows[1].fields[i];
  } else if (rows.size() > 1 && is_option_row(rows[0], rows[1])) {
    header_rows = 2;
    for (std::size_t i = 0; i < std::min(columns.size(), rows[1].fields.size()); ++i)
      if (columns[i].empty()) columns[i] = rows[1].fields[i];
  }
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(header_rows));
  return columns;
}

}  // namespace

Result<std::unique_ptr<ImportReader>> open_csv_import(ImportFile file, const ImportOptions& options,
                                                      const ImportPresets& presets) {
  auto decoded = decode_import_file(std::move(file), options.encoding);
  if (!decoded) return fail(std::move(decoded.error()));
  formats::CsvReader reader(std::move(decoded->text));
  constexpr std::size_t longest_header = 3;
  const KnownNames known(presets, options);
  std::deque<CsvRow> rows;
  while (rows.size() < longest_preamble + longest_header) {
    auto row = reader.next();
    if (!row) return fail(row.error().code, row.error().what, options.file);
    if (!*row) break;
    rows.push_back(std::move(**row));
  }
  if (rows.empty()) return fail(Errc::malformed, "the file is empty", options.file);
  drop_preamble(rows, known);
  if (rows[0].broken)
    return fail(Errc::malformed,
                "the header cannot be read: " + *rows[0].broken +
                    "; is this a CSV file? If not, say --type",
                options.file + ":" + std::to_string(rows[0].line));
  const std::vector<std::string> notes = zone_notes(rows);
  std::vector<std::string> columns = take_header(rows, known);
  for (std::string& column : columns) column = text::trim(column);
  const std::vector<std::string> written_columns = columns;
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i] = text::mend_short_double_utf8(std::move(columns[i])) + notes[i];
  auto plan = plan_import(options, presets, ImportFormat::csv, columns);
  if (!plan) return fail(std::move(plan.error()));
  plan->encoding = std::move(decoded->about);
  plan->dialect = formats::describe(reader.dialect());
  // Lands that part fields by semicolons write decimals with commas and days before months.
  if (!plan->day_first && reader.dialect().delimiter == ';') {
    plan->day_first = true;
    plan->day_first_why = "fields are parted by semicolons";
  }
  return std::make_unique<CsvImport>(std::move(*plan), std::move(reader), std::move(columns),
                                     written_columns, std::move(rows));
}

}  // namespace testigo::app
