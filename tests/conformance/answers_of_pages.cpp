#include <algorithm>
#include <cctype>

#include "answers.h"
#include "extract/page_reading.h"
#include "formats/date.h"
#include "formats/encoding_sniff.h"
#include "formats/json_writer.h"

namespace testigo::conformance {
namespace {

using formats::JsonWriter;

// An encoding that the case states stands for the answer's header.
std::vector<Header> headers_of(const Case& row) {
  const std::string encoding = row.text("/input/encoding");
  if (encoding.empty()) return {};
  return {{"Content-Type", "text/html; charset=" + encoding}};
}

Result<extract::PageReading> read(const Case& row, const extract::PageWants& wants) {
  auto bytes = row.file();
  if (!bytes) return fail(std::move(bytes).error());
  return extract::read_page(*bytes, row.url(), headers_of(row), wants);
}

void write_strings(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
  json.key(name).begin_array();
  for (const std::string& one : list) json.string(one);
  json.end_array();
}

void write_review(JsonWriter& json, const extract::Review& review) {
  json.begin_object()
      .field("item", review.item)
      .field("author", review.author)
      .field("rating", review.rating)
      .field("best", review.best)
      .field("worst", review.worst)
      .field("title", review.title)
      .field("body", review.body)
      .field("date", review.date)
      .end_object();
}

void write_aggregate(JsonWriter& json, const extract::Aggregate& aggregate) {
  json.begin_object()
      .field("item", aggregate.item)
      .field("rating", aggregate.rating)
      .field("best", aggregate.best)
      .field("worst", aggregate.worst)
      .field("reviewCount", aggregate.review_count)
      .field("ratingCount", aggregate.rating_count)
      .end_object();
}

// The day that a date means, where it stands: a later hour of another zone is no other day.
std::optional<std::string> day_of(const std::optional<std::string>& written,
                                  std::string_view language) {
  if (!written) return std::nullopt;
  if (const auto day = parse_day(std::string_view(*written).substr(0, 10))) return to_string(*day);
  const auto time = formats::parse_date(*written, UtcTime{}, language);
  return time ? std::optional(to_iso8601(*time).substr(0, 10)) : std::nullopt;
}

}  // namespace

Result<std::string> answer_charset(const Case& row) {
  auto bytes = row.file();
  if (!bytes) return fail(std::move(bytes).error());
  const auto page = formats::decode_page(*bytes, row.text("/input/content_type"));
  std::string encoding(page.encoding.name);
  std::transform(encoding.begin(), encoding.end(), encoding.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  JsonWriter json;
  json.begin_object().field("encoding", encoding).field("text", page.text);
  return json.end_object().take();
}

Result<std::string> answer_structured(const Case& row) {
  auto page = read(row, {});
  if (!page) return fail(std::move(page).error());
  JsonWriter json;
  json.begin_object().key("reviews").begin_array();
  for (const extract::Review& review : page->reviews) write_review(json, review);
  json.end_array().key("aggregates").begin_array();
  for (const extract::Aggregate& aggregate : page->aggregates) write_aggregate(json, aggregate);
  return json.end_array().end_object().take();
}

Result<std::string> answer_pagination(const Case& row) {
  extract::PageWants wants;
  wants.tree = true;
  auto page = read(row, wants);
  if (!page) return fail(std::move(page).error());
  JsonWriter json;
  json.begin_object();
  write_strings(json, "next", page->next);
  write_strings(json, "prev", page->previous);
  write_strings(json, "pages", page->numbered);
  return json.end_object().take();
}

Result<std::string> answer_content(const Case& row) {
  extract::PageWants wants;
  wants.text = true;
  auto page = read(row, wants);
  if (!page) return fail(std::move(page).error());
  JsonWriter json;
  json.begin_object().field("text", page->text).key("comments").begin_array();
  const auto write = [&](const std::string& text, const auto& author, const auto& date) {
    json.begin_object().field("text", text).field("author", author).field("date", date);
    json.end_object();
  };
  for (const extract::PageComment& comment : page->comments) {
    const std::string title = comment.title ? *comment.title + "\n" : std::string();
    write(title + comment.text, comment.author, comment.date);
    if (comment.reply) write(*comment.reply, std::optional<std::string>(), comment.reply_date);
  }
  json.end_array()
      .field("title", page->article.title)
      .field("author", page->article.author)
      .field("date", day_of(page->article.date, page->language.value_or("")));
  return json.end_object().take();
}

}  // namespace testigo::conformance
