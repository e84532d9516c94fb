#include "app/import_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

#include "formats/csv.h"
#include "formats/date.h"
#include "formats/json.h"
#include "formats/json_writer.h"
#include "text/normalize.h"
#include "text/suggest.h"
#include "text/utf8.h"

namespace testigo::app {
namespace {

using Mapping = std::map<std::string, std::string>;

constexpr std::size_t max_line_bytes = 16 * 1024 * 1024;  // of one JSONL row

// Names under which the tools of the trade export a field, most telling first.
const std::map<std::string, std::vector<std::string>>& usual_columns() {
  static const std::map<std::string, std::vector<std::string>> names = {
      {"text", {"text", "body", "review", "review_text", "reviewText", "review_body", "content", "comment", "comments", "message", "texto", "comentario", "feedback", "description"}},
      {"title", {"title", "summary", "subject", "headline", "review_title", "review_headline", "titulo"}},
      {"id", {"id", "review_id", "reviewId", "external_id", "post_id", "ticket_id", "response_id"}},
      {"author", {"author", "user", "username", "user_name", "reviewer", "reviewerName", "author_name", "name", "autor", "user_id"}},
      {"rating", {"rating", "stars", "score", "star_rating", "overall", "overall_rating", "nps", "puntuacion"}},
      {"rating_best", {"rating_best", "best_rating", "scale"}},
      {"posted_at", {"posted_at", "date", "created_at", "published", "published_at", "review_date", "timestamp", "time", "unixReviewTime", "fecha", "data"}},
      {"url", {"url", "link", "permalink"}},
      {"lang", {"lang", "language", "locale", "idioma"}},
      {"item", {"item", "product", "product_title", "product_id", "asin", "business_name", "producto"}},
      {"location", {"location", "city", "country", "place"}},
      {"parent", {"parent", "parent_id", "in_reply_to"}},
      {"reach", {"reach", "likes", "helpful_votes", "points", "useful"}},
      {"app_version", {"app_version", "version"}}};
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

Result<void> check_fields(const Mapping& map) {
  const std::vector<std::string>& known = import_fields();
  for (const auto& [field, column] : map) {
    if (std::find(known.begin(), known.end(), field) != known.end()) continue;
    const std::vector<std::string_view> names(known.begin(), known.end());
    const auto meant = text::did_you_mean(field, names);
    return fail(Errc::malformed,
                "there is no post field \"" + field + "\"" +
                    (meant ? "; did you mean \"" + std::string(*meant) + "\"?"
                           : "; there are " + listed(known)),
                "--map");
  }
  return {};
}

Result<void> unknown_column(const std::string& column, const std::vector<std::string>& columns,
                            const std::string& file) {
  const std::vector<std::string_view> names(columns.begin(), columns.end());
  const auto meant = text::did_you_mean(column, names);
  return fail(Errc::malformed,
              "there is no column \"" + column + "\"" +
                  (meant ? "; did you mean \"" + std::string(*meant) + "\"?"
                         : "; the file has " + listed(columns)),
              file);
}

// The given mapping, completed by the usual names that stand in the file.
Result<Mapping> resolve(Mapping map, const std::vector<std::string>& columns,
                        const std::string& file) {
  const auto has = [&](const std::string& column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  for (const auto& [field, column] : map)
    if (!column.starts_with("/") && !has(column))
      return fail(unknown_column(column, columns, file).error());
  for (const auto& [field, names] : usual_columns()) {
    if (map.contains(field)) continue;
    const auto found = std::find_if(names.begin(), names.end(), has);
    if (found != names.end()) map.emplace(field, *found);
  }
  if (!map.contains("text"))
    return fail(Errc::malformed,
                "no column looks like the text; say which with --map text=COLUMN; the file has " +
                    listed(columns),
                file);
  return map;
}

formats::ByteSource stream_source(std::shared_ptr<std::ifstream> in) {
  return [in = std::move(in)](std::span<char> room) -> Result<std::size_t> {
    in->read(room.data(), static_cast<std::streamsize>(room.size()));
    return static_cast<std::size_t>(in->gcount());
  };
}

class CsvImport final : public ImportReader {
 public:
  static Result<std::unique_ptr<ImportReader>> open(std::shared_ptr<std::ifstream> in,
                                                    const ImportOptions& options) {
    formats::CsvOptions csv;
    csv.file = options.file;
    auto reader = std::make_unique<CsvImport>(formats::CsvReader(stream_source(std::move(in)), csv));
    auto header = reader->rows_.next();
    if (!header) return fail(std::move(header.error()));
    if (!*header) return fail(Errc::malformed, "the file is empty", options.file);
    reader->columns_ = std::move((*header)->fields);
    auto mapping = resolve(options.map, reader->columns_, options.file);
    if (!mapping) return fail(std::move(mapping.error()));
    reader->mapping_ = std::move(*mapping);
    return reader;
  }

  explicit CsvImport(formats::CsvReader rows) : rows_(std::move(rows)) {}

  Result<std::optional<ImportRow>> next() override {
    auto row = rows_.next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return std::optional<ImportRow>();
    ImportRow out;
    out.line = static_cast<std::size_t>((*row)->line);
    formats::JsonWriter raw;
    raw.begin_object();
    for (std::size_t i = 0; i < std::min(columns_.size(), (*row)->fields.size()); ++i)
      raw.field(columns_[i], (*row)->fields[i]);
    out.raw = raw.end_object().take();
    for (const auto& [field, column] : mapping_) {
      const auto at = std::find(columns_.begin(), columns_.end(), column) - columns_.begin();
      const auto index = static_cast<std::size_t>(at);
      if (index < (*row)->fields.size() && !(*row)->fields[index].empty())
        out.fields[field] = (*row)->fields[index];
    }
    return std::optional(std::move(out));
  }

  const Mapping& mapping() const override { return mapping_; }

 private:
  formats::CsvReader rows_;
  std::vector<std::string> columns_;
  Mapping mapping_;
};

class JsonlImport final : public ImportReader {
 public:
  static Result<std::unique_ptr<ImportReader>> open(std::shared_ptr<std::ifstream> in,
                                                    const ImportOptions& options) {
    auto reader = std::make_unique<JsonlImport>(std::move(in));
    auto columns = reader->peek_columns();
    if (!columns) return fail(columns.error().code, columns.error().what, options.file + ":1");
    auto mapping = resolve(options.map, *columns, options.file);
    if (!mapping) return fail(std::move(mapping.error()));
    reader->mapping_ = std::move(*mapping);
    return reader;
  }

  explicit JsonlImport(std::shared_ptr<std::ifstream> in) : in_(std::move(in)) {}

  Result<std::optional<ImportRow>> next() override {
    std::string line;
    while (take_line(line)) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      ImportRow row;
      row.line = number_;
      fill(row, line);
      return std::optional(std::move(row));
    }
    return std::optional<ImportRow>();
  }

  const Mapping& mapping() const override { return mapping_; }

 private:
  bool take_line(std::string& line) {
    if (first_) {
      line = std::move(*first_);
      first_.reset();
    } else if (!std::getline(*in_, line)) {
      return false;
    }
    ++number_;
    return true;
  }

  // The keys of the first row are the columns; the row itself is read again by next().
  Result<std::vector<std::string>> peek_columns() {
    std::string line;
    if (!std::getline(*in_, line)) return fail(Errc::malformed, "the file is empty");
    auto object = formats::parse_json(line);
    if (!object) return fail(std::move(object.error()));
    if (!object->is_object()) return fail(Errc::malformed, "the first line is no JSON object");
    std::vector<std::string> columns;
    for (const formats::JsonMember& member : object->members()) columns.push_back(member.key);
    first_ = std::move(line);
    return columns;
  }

  void fill(ImportRow& row, std::string& line) const {
    if (line.size() > max_line_bytes) {
      row.broken = "the line is longer than 16 MiB";
      return;
    }
    auto object = formats::parse_json(line);
    if (!object || !object->is_object()) {
      row.broken = object ? "the line is no JSON object" : object.error().what;
      return;
    }
    for (const auto& [field, column] : mapping_) {
      const formats::JsonValue* value =
          column.starts_with("/") ? formats::find(*object, column) : object->find(column);
      if (value == nullptr || value->is_null()) continue;
      if (auto text = value->to_text(); text && !text->empty()) row.fields[field] = std::move(*text);
    }
    row.raw = std::move(line);
  }

  std::shared_ptr<std::ifstream> in_;
  std::optional<std::string> first_;
  std::size_t number_ = 0;
  Mapping mapping_;
};

Result<double> number_of(const std::string& written, const char* field) {
  std::string text = written;
  std::replace(text.begin(), text.end(), ',', '.');
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(Errc::malformed, std::string(field) + " \"" + written + "\" is no number");
  return number;
}

std::optional<std::string> take(const ImportRow& row, const std::string& field) {
  const auto found = row.fields.find(field);
  if (found == row.fields.end()) return std::nullopt;
  return text::to_nfc(text::replace_invalid(found->second));
}

Result<void> set_rating(Post& post, const ImportRow& row, const ImportOptions& options) {
  const auto written = take(row, "rating");
  if (!written) return {};
  auto value = number_of(*written, "rating");
  if (!value) return fail(std::move(value.error()));
  Rating rating{*value, options.rating_best, options.rating_best > 5.0 ? 0.0 : 1.0};
  if (const auto best = take(row, "rating_best")) {
    auto number = number_of(*best, "rating_best");
    if (!number) return fail(std::move(number.error()));
    rating.best = *number;
  }
  if (rating.value > rating.best || rating.value < 0)
    return fail(Errc::malformed, "rating " + *written + " is not on a scale that ends at " +
                                     formats::shortest(rating.best));
  rating.worst = std::min(rating.worst, rating.value);
  post.rating = rating;
  return {};
}

Result<void> set_date(Post& post, const ImportRow& row, UtcTime now) {
  post.posted_at_written = take(row, "posted_at");
  if (!post.posted_at_written) return {};
  post.posted_at = formats::parse_date(*post.posted_at_written, now);
  if (!post.posted_at)
    return fail(Errc::malformed, "posted_at \"" + *post.posted_at_written + "\" is no date");
  return {};
}

}  // namespace

const std::vector<std::string>& import_fields() {
  static const std::vector<std::string> fields = [] {
    std::vector<std::string> names;
    for (const auto& [field, columns] : usual_columns()) names.push_back(field);
    return names;
  }();
  return fields;
}

Result<std::unique_ptr<ImportReader>> open_import(const ImportOptions& options) {
  if (auto known = check_fields(options.map); !known) return fail(std::move(known.error()));
  auto in = std::make_shared<std::ifstream>(options.file, std::ios::binary);
  if (!*in) return fail(Errc::not_found, "the file cannot be opened", options.file);
  const bool csv = options.format ? *options.format == ImportFormat::csv
                                  : !options.file.ends_with("jsonl") &&
                                        !options.file.ends_with("ndjson") &&
                                        !options.file.ends_with("json");
  return csv ? CsvImport::open(std::move(in), options) : JsonlImport::open(std::move(in), options);
}

Result<Post> post_of(const ImportRow& row, const ImportOptions& options, UtcTime now) {
  if (row.broken) return fail(Errc::malformed, *row.broken);
  Post post;
  post.source = options.source;
  post.page_url = "file:" + options.file.substr(options.file.find_last_of('/') + 1);
  auto text = take(row, "text");
  if (!text) return fail(Errc::malformed, "the text is empty");
  post.text = std::move(*text);
  post.title = take(row, "title");
  post.external_id = take(row, "id");
  post.author = take(row, "author");
  post.url = take(row, "url");
  post.language = take(row, "lang");
  post.item = take(row, "item");
  post.location = take(row, "location");
  post.parent = take(row, "parent");
  post.app_version = take(row, "app_version");
  if (auto rated = set_rating(post, row, options); !rated) return fail(std::move(rated.error()));
  if (auto dated = set_date(post, row, now); !dated) return fail(std::move(dated.error()));
  if (const auto reach = take(row, "reach")) {
    auto number = number_of(*reach, "reach");
    if (!number) return fail(std::move(number.error()));
    post.reach = static_cast<std::int64_t>(*number);
  }
  return post;
}

}  // namespace testigo::app
