#include <algorithm>
#include <deque>
#include <set>

#include "app/import_mapping.h"
#include "app/import_open.h"
#include "app/import_words.h"
#include "app/json_columns.h"
#include "formats/json.h"
#include "formats/line_reader.h"
#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

using formats::JsonValue;

constexpr std::size_t max_line_bytes = 16u << 20;      // one row, or one page of an API
constexpr std::size_t max_document_bytes = 64u << 20;  // the reader's own bound on one document
constexpr std::size_t sampled_rows = 50;               // whose keys are the columns
constexpr std::string_view mend_for_documents =
    "write one object a line, as jq -c '.[]' does, and import that";

struct Item {
  std::size_t line = 0;
  std::size_t number = 0;  // within a document, from 1; 0 the line itself
  JsonValue value;
  std::string raw;
  std::optional<std::string> broken;
};

std::string why_no_json(std::string_view line, const Error& error) {
  const std::string_view text = text::trim(line);
  if (text.starts_with("{'") || text.starts_with("{u'"))
    return "this is a Python literal, not JSON: rewrite it with json.dumps";
  return error.what;
}

// Documents, one a line or one in all, as rows.
class Items {
 public:
  explicit Items(formats::ByteSource text) : lines_(std::move(text), max_line_bytes) {}
  Items(formats::ByteSource text, std::string document)
      : lines_(std::move(text), max_line_bytes), document_(std::move(document)) {}

  void read_rows_at(std::set<std::string> lists) { lists_ = std::move(lists); }

  Result<std::optional<Item>> next() {
    while (waiting_.empty()) {
      if (document_) {
        std::string document = std::move(*document_);
        document_.reset();
        ended_ = true;
        unpack(document, 1, true);
        continue;
      }
      if (ended_) return std::optional<Item>();
      auto line = lines_.next();
      if (!line) return fail(std::move(line.error()));
      if (!*line) return std::optional<Item>();
      take(std::move(**line));
    }
    Item item = std::move(waiting_.front());
    waiting_.pop_front();
    return std::optional(std::move(item));
  }

  // Without looking into the lines; for files whose every line is one row.
  Result<std::size_t> skip_lines(std::size_t rows) {
    std::size_t passed = 0;
    while (passed < rows) {
      auto line = lines_.next();
      if (!line) return fail(std::move(line.error()));
      if (!*line) break;
      if (!text::trim((*line)->text).empty()) ++passed;
    }
    return passed;
  }

  [[nodiscard]] bool only_lines() const { return only_lines_ && !document_ && waiting_.empty(); }

 private:
  void take(formats::TextLine line) {
    if (line.number == 1 && line.text.starts_with("\xEF\xBB\xBF")) line.text.erase(0, 3);
    if (text::trim(line.text).empty()) return;
    if (line.cut) {
      reject(line.number, "the line is longer than 16 MiB; " + std::string(mend_for_documents));
    } else {
      unpack(line.text, line.number, line.ended);
    }
  }

  void unpack(std::string& text, std::size_t line, bool ended) {
    auto value = formats::parse_json(text);
    if (!value)
      return reject(line, ended ? why_no_json(text, value.error())
                                : "the file ends in the middle of this row; export it again");
    const JsonValue* list = list_in(*value);
    if (list == nullptr) {
      waiting_.push_back({line, 0, std::move(*value), std::move(text), std::nullopt});
      return;
    }
    only_lines_ = false;
    std::size_t number = 0;
    for (const JsonValue& row : list->items())
      waiting_.push_back({line, ++number, row, formats::to_json(row), std::nullopt});
  }

  // An array of rows, in the document or the document itself; null where it is one row.
  [[nodiscard]] const JsonValue* list_in(const JsonValue& document) const {
    if (document.is_array()) return &document;
    for (const std::string& pointer : lists_)
      if (const JsonValue* found = formats::find(document, pointer);
          found != nullptr && found->is_array())
        return found;
    return nullptr;
  }

  void reject(std::size_t line, std::string why) {
    waiting_.push_back({line, 0, JsonValue(), {}, std::move(why)});
  }

  formats::LineReader lines_;
  std::optional<std::string> document_;
  std::set<std::string> lists_;
  std::deque<Item> waiting_;
  bool only_lines_ = true;
  bool ended_ = false;
};

// A value by a column's name, a pointer, or a template with names in braces.
const JsonValue* value_at(const JsonValue& row, const std::string& column) {
  return column.starts_with('/') ? formats::find(row, column) : row.find(column);
}

std::string filled(const JsonValue& row, const std::string& pattern) {
  std::string out;
  for (std::size_t at = 1; at < pattern.size(); ++at) {
    const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
    if (end == std::string::npos) {
      out += pattern[at];
      continue;
    }
    const JsonValue* value = value_at(row, pattern.substr(at + 1, end - at - 1));
    const auto text = value == nullptr ? std::nullopt : value->to_text();
    if (!text || text->empty() || says_no_value(*text)) return {};
    out += *text;
    at = end;
  }
  return out;
}

std::string text_at(const JsonValue& row, const std::string& column) {
  if (column.starts_with('=')) return filled(row, column);
  const JsonValue* value = value_at(row, column);
  return value == nullptr ? std::string() : value->to_text().value_or("");
}

class JsonImport final : public ImportReader {
 public:
  JsonImport(ImportPlan plan, Items items, std::deque<Item> sample)
      : ImportReader(std::move(plan)), items_(std::move(items)), sample_(std::move(sample)) {}

  Result<std::optional<ImportRow>> next() override {
    auto item = take();
    if (!item) return fail(std::move(item.error()));
    if (!*item) return std::optional<ImportRow>();
    ImportRow row;
    row.line = (*item)->line;
    const std::string within =
        (*item)->number > 0 ? "item " + std::to_string((*item)->number) + ": " : "";
    if ((*item)->broken) {
      row.broken = within + *(*item)->broken;
    } else if (!(*item)->value.is_object()) {
      row.broken = within + "this is no JSON object";
    } else {
      fill(row, (*item)->value);
      row.raw = std::move((*item)->raw);
    }
    return std::optional(std::move(row));
  }

  Result<std::size_t> skip(std::size_t rows) override {
    if (!items_.only_lines()) return ImportReader::skip(rows);
    const std::size_t of_sample = std::min(rows, sample_.size());
    sample_.erase(sample_.begin(), sample_.begin() + static_cast<std::ptrdiff_t>(of_sample));
    auto passed = items_.skip_lines(rows - of_sample);
    if (!passed) return passed;
    return *passed + of_sample;
  }

 private:
  Result<std::optional<Item>> take() {
    if (sample_.empty()) return items_.next();
    Item item = std::move(sample_.front());
    sample_.pop_front();
    return std::optional(std::move(item));
  }

  void fill(ImportRow& row, const JsonValue& value) const {
    for (const std::string& condition : plan_.preset.skip_if) {
      const std::size_t equals = condition.find('=');
      const std::string found = text_at(value, condition.substr(0, equals));
      row.skipped = row.skipped || (!found.empty() &&
                                    text::fold(found) == text::fold(condition.substr(equals + 1)));
    }
    for (const auto& [field, columns] : plan_.mapping) {
      for (const std::string& column : columns) {
        std::string text = text_at(value, column);
        if (text.empty() || says_no_value(text)) continue;
        row.fields[field] = std::move(text);
        if (is_date_field(field)) row.date_columns[field] = column;
        break;
      }
    }
  }

  Items items_;
  std::deque<Item> sample_;
};

// Whether the file is one document on many lines, or a list: a line of it is no row.
bool is_document(std::string_view head) {
  const std::string_view text =
      text::trim(head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head);
  if (text.starts_with('[')) return true;
  std::string_view line = text::trim(text.substr(0, text.find('\n')));
  return text.starts_with('{') && text.find('\n') != std::string_view::npos && !line.empty() &&
         std::string_view("{[,:").find(line.back()) != std::string_view::npos;
}

Result<Items> open_items(ImportFile file, const ImportOptions& options, std::string& about) {
  const formats::TextEncoding encoding = formats::sniff_text_encoding(file.head, file.whole);
  std::string head = file.head;
  formats::ByteSource text = std::move(file.bytes);
  about = "UTF-8";
  if (encoding.name.starts_with("UTF-16") || options.encoding) {  // else RFC 8259 §8.1: UTF-8
    auto decoded = decode_import_file({std::move(text), head, file.whole}, options.encoding);
    if (!decoded) return fail(std::move(decoded.error()));
    auto first = formats::read_up_to(decoded->text, import_head_bytes);
    if (!first) return fail(std::move(first.error()));
    text = formats::prepended(*first, std::move(decoded->text));
    head = std::move(*first);
    about = decoded->about;
  }
  if (!is_document(head)) return Items(std::move(text));
  auto document = formats::read_up_to(text, max_document_bytes + 1);
  if (!document) return fail(document.error().code, document.error().what, options.file);
  if (document->size() > max_document_bytes)
    return fail(Errc::limit_exceeded,
                "one JSON document of more than 64 MiB; " + std::string(mend_for_documents),
                options.file + ":1");
  if (auto parsed = formats::parse_json(*document); !parsed)
    return fail(parsed.error().code, parsed.error().what, options.file + ":1");
  return Items(std::move(text), std::move(*document));
}

}  // namespace

Result<std::unique_ptr<ImportReader>> open_json_import(ImportFile file,
                                                       const ImportOptions& options,
                                                       const ImportPresets& presets) {
  std::string encoding;
  auto items = open_items(std::move(file), options, encoding);
  if (!items) return fail(std::move(items.error()));
  std::set<std::string> lists;
  for (const auto& [name, preset] : presets)
    if (!preset.list.empty() && (!options.preset || *options.preset == name))
      lists.insert(preset.list);
  items->read_rows_at(std::move(lists));
  std::deque<Item> sample;
  while (sample.size() < sampled_rows) {
    auto item = items->next();
    if (!item) return fail(item.error().code, item.error().what, options.file);
    if (!*item) break;
    sample.push_back(std::move(**item));
  }
  JsonColumns columns;
  for (const Item& item : sample) columns.see(item.value);
  if (columns.all().empty()) {
    if (sample.empty()) return fail(Errc::malformed, "there is no row in the file", options.file);
    return fail(Errc::malformed, sample[0].broken.value_or("the first line is no JSON object"),
                options.file + ":" + std::to_string(sample[0].line));
  }
  auto plan = plan_import(options, presets, ImportFormat::jsonl, columns.all());
  if (!plan) return fail(std::move(plan.error()));
  plan->encoding = std::move(encoding);
  return std::make_unique<JsonImport>(std::move(*plan), std::move(*items), std::move(sample));
}

}  // namespace testigo::app
