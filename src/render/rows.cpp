#include "render/rows.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>

#include "formats/csv.h"
#include "formats/json_writer.h"
#include "render/escape.h"
#include "render/table.h"
#include "text/utf8.h"

namespace testigo::render {
namespace {

using namespace std::string_view_literals;

constexpr std::array names = {"table"sv, "json"sv, "jsonl"sv, "csv"sv, "tsv"sv, "md"sv};

constexpr std::size_t readable_column = 8;  // less of each column than this, and rows are stood up

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string text_of(const Value& value) {
  return std::visit(Overloaded{[](std::monostate) { return std::string(); },
                               [](bool b) { return std::string(b ? "true" : "false"); },
                               [](std::int64_t n) { return std::to_string(n); },
                               [](double d) { return formats::shortest(d); },
                               [](const std::string& s) { return s; },
                               [](const RawJson& json) { return json.text; }},
                    value);
}

// Of the texts of a row.
std::size_t bytes_of(const std::vector<Value>& values) {
  std::size_t bytes = 0;
  for (const auto& value : values) {
    if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    if (const auto* json = std::get_if<RawJson>(&value)) bytes += json->text.size();
  }
  return bytes;
}

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

void append_json(formats::JsonWriter& json, const Value& value) {
  std::visit(Overloaded{[&](std::monostate) { json.null(); }, [&](bool b) { json.boolean(b); },
                        [&](std::int64_t n) { json.number(n); }, [&](double d) { json.number(d); },
                        [&](const std::string& s) { json.string(s); },
                        [&](const RawJson& raw) { json.raw(raw.text); }},
             value);
}

std::string json_object(const std::vector<std::string>& columns, const std::vector<Value>& values) {
  formats::JsonWriter json;
  json.begin_object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    json.key(columns[i]);
    append_json(json, values[i]);
  }
  json.end_object();
  return json.take();
}

// Controls that nobody wrote on purpose, and which a terminal would obey, become U+FFFD.
std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text::decode(text, at);
    const bool is_layout = c.value == '\t' || c.value == '\n' || c.value == '\r';
    const bool is_control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
    if (!c.valid || (is_control && !is_layout))
      out += text::encode(text::replacement_character);
    else
      out += text.substr(at, c.size);
    at += c.size;
  }
  return out;
}

std::string csv_line(const std::vector<Value>& values) {
  std::vector<std::string> fields;
  fields.reserve(values.size());
  for (const auto& value : values) fields.push_back(without_controls(text_of(value)));
  return formats::csv_row(fields);
}

std::string tsv_field(std::string_view text) {
  std::string out;
  for (const char c : without_controls(text)) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string md_line(const std::vector<Value>& values) {
  std::string line = "|";
  for (const auto& value : values) {
    const std::string text = text_of(value);
    // Figures are ours and need no escaping.
    line += " " + (is_number(value) ? text : escape_markdown(text)) + " |";
  }
  return line + "\n";
}

std::string md_head(const std::vector<std::string>& columns) {
  std::string head = "|";
  std::string rule = "|";
  for (const auto& column : columns) {
    head += " " + escape_markdown(column) + " |";
    rule += " --- |";
  }
  return head + "\n" + rule + "\n";
}

std::string tsv_line(const std::vector<Value>& values) {
  std::string line;
  for (std::size_t i = 0; i < values.size(); ++i)
    line += (i > 0 ? "\t" : "") + tsv_field(text_of(values[i]));
  return line + "\n";
}

std::vector<Value> as_values(const std::vector<std::string>& columns) {
  return {columns.begin(), columns.end()};
}

Table as_table(const std::vector<std::string>& columns,
               const std::vector<std::vector<Value>>& rows) {
  Table table;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool numeric =
        !rows.empty() && std::all_of(rows.begin(), rows.end(), [i](const auto& row) {
          return is_number(row[i]) || std::holds_alternative<std::monostate>(row[i]);
        });
    table.columns.push_back({columns[i], numeric ? Align::right : Align::left, !numeric});
  }
  for (const auto& row : rows) {
    auto& cells = table.rows.emplace_back();
    for (const auto& value : row) cells.push_back({text_of(value), Style::plain});
  }
  return table;
}

// One value a line, for rows of more columns than a terminal shows side by side.
std::string stood_up(const std::vector<std::string>& columns,
                     const std::vector<std::vector<Value>>& rows, const Terminal& terminal) {
  std::size_t widest = 0;
  for (const auto& column : columns) widest = std::max(widest, display_width(column));
  const std::size_t room = std::max(terminal.width, widest + least_width) - widest - 2;
  std::string out;
  for (const auto& row : rows) {
    if (!out.empty()) out += "\n";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (std::holds_alternative<std::monostate>(row[i])) continue;
      out += paint(pad_right(columns[i], widest), Style::dim, terminal) + "  " +
             fit(text_of(row[i]), room) + "\n";
    }
  }
  return out;
}

std::string for_people(const std::vector<std::string>& columns,
                       const std::vector<std::vector<Value>>& rows, const Terminal& terminal) {
  const bool fits = columns.size() * (readable_column + 2) <= std::max(terminal.width, least_width);
  return fits ? render_table(as_table(columns, rows), terminal) : stood_up(columns, rows, terminal);
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Format>(found - names.begin());
}

std::span<const std::string_view> format_names() { return names; }

RowWriter::RowWriter(std::vector<std::string> columns, Format format, Terminal terminal)
    : columns_(std::move(columns)), format_(format), terminal_(terminal) {}

std::string RowWriter::begin() const {
  switch (format_) {
    case Format::json:
      return "[";
    case Format::csv:
      return csv_line(as_values(columns_));
    case Format::tsv:
      return tsv_line(as_values(columns_));
    case Format::md:
      return md_head(columns_);
    default:
      return {};
  }
}

std::string RowWriter::row(std::vector<Value> values) {
  assert(values.size() == columns_.size() && "a row has a value for each column");
  const bool is_first = std::exchange(first_, false);
  switch (format_) {
    case Format::json:
      return (is_first ? "\n" : ",\n") + json_object(columns_, values);
    case Format::jsonl:
      return json_object(columns_, values) + "\n";
    case Format::csv:
      return csv_line(values);
    case Format::tsv:
      return tsv_line(values);
    case Format::md:
      return md_line(values);
    case Format::table:
      kept_bytes_ += bytes_of(values);
      kept_.push_back(std::move(values));
      if (kept_.size() < longest_table && kept_bytes_ < largest_table) return {};
      return kept_table();
  }
  return {};
}

std::string RowWriter::end() {
  if (format_ == Format::json) return first_ ? "]\n" : "\n]\n";
  if (format_ == Format::table && (first_ || !kept_.empty())) return kept_table();
  return {};
}

std::string RowWriter::kept_table() {
  std::string table = std::exchange(follows_, true) ? "\n" : "";
  table += for_people(columns_, kept_, terminal_);
  kept_.clear();
  kept_bytes_ = 0;
  return table;
}

std::string render_rows(Rows rows, Format format, const Terminal& terminal) {
  RowWriter writer(std::move(rows.columns), format, terminal);
  std::string out = writer.begin();
  for (auto& row : rows.rows) out += writer.row(std::move(row));
  return out + writer.end();
}

}  // namespace testigo::render
