#include <ostream>

#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "extract/feed.h"
#include "extract/page_reading.h"
#include "fetch/robots.h"
#include "formats/canonical_url.h"
#include "formats/date.h"
#include "formats/json_writer.h"

namespace testigo::cli {
namespace {

using formats::JsonWriter;

void write_strings(JsonWriter& json, std::string_view name, const std::vector<std::string>& list) {
  json.key(name).begin_array();
  for (const std::string& one : list) json.string(one);
  json.end_array();
}

std::optional<std::string> iso(const std::optional<UtcTime>& time) {
  return time ? std::optional(to_iso8601(*time)) : std::nullopt;
}

std::vector<Header> headers_of(const Arguments& arguments) {
  const auto type = arguments.value("--content-type");
  return type ? std::vector<Header>{{"Content-Type", *type}} : std::vector<Header>{};
}

ExitCode robots(Context& context, const Arguments& arguments) {
  auto bytes = app::read_file(arguments.value_or("FILE", ""));
  if (!bytes) return context.failed(bytes.error());
  const auto rules = fetch::RobotsRules::parse(*bytes);
  const std::string agent = arguments.value_or("--ua", "testigo");
  const auto answer = rules.allowed(agent, arguments.value_or("--url", "/"));
  const auto delay = rules.crawl_delay(agent);
  JsonWriter json;
  json.begin_object().field("allowed", answer.allowed).field("line", answer.line);
  json.field("crawl_delay_s",
             delay ? std::optional(static_cast<double>(delay->count()) / 1000.0) : std::nullopt);
  write_strings(json, "sitemaps", rules.sitemaps());
  context.out() << json.end_object().text() << '\n';
  return ExitCode::done;
}

std::optional<std::string> name_of(const std::optional<extract::FeedPerson>& person) {
  return person ? person->name : std::nullopt;
}

void write_entry(JsonWriter& json, const extract::FeedEntry& entry) {
  json.begin_object()
      .field("id", entry.id)
      .field("url", entry.url)
      .field("title", entry.title)
      .field("author", name_of(entry.author))
      .field("summary", entry.summary)
      .field("content", entry.content.empty() ? std::nullopt : std::optional(entry.content.front()))
      .field("published", iso(entry.published))
      .field("updated", iso(entry.updated))
      .field("comments_url", entry.comments_url)
      .end_object();
}

ExitCode feed(Context& context, const Arguments& arguments) {
  auto bytes = app::read_file(arguments.value_or("FILE", ""));
  if (!bytes) return context.failed(bytes.error());
  auto read = extract::read_feed(*bytes, arguments.value_or("--url", ""),
                                 arguments.value_or("--content-type", ""), context.now());
  if (!read) return context.failed(read.error());
  JsonWriter json;
  json.begin_object()
      .field("format", read->format)
      .field("title", read->title)
      .field("language", read->language)
      .field("encoding", read->encoding);
  json.key("entries").begin_array();
  for (const extract::FeedEntry& entry : read->entries) write_entry(json, entry);
  context.out() << json.end_array().end_object().text() << '\n';
  return ExitCode::done;
}

void write_review(JsonWriter& json, const extract::Review& review) {
  json.begin_object()
      .field("id", review.id)
      .field("item", review.item)
      .field("author", review.author)
      .field("rating", review.rating)
      .field("best", review.best)
      .field("worst", review.worst)
      .field("title", review.title)
      .field("body", review.body)
      .field("date", review.date)
      .field("url", review.url)
      .end_object();
}

void write_lists(JsonWriter& json, const extract::PageReading& page) {
  json.key("reviews").begin_array();
  for (const extract::Review& review : page.reviews) write_review(json, review);
  json.end_array().key("aggregates").begin_array();
  for (const extract::Aggregate& aggregate : page.aggregates)
    json.begin_object()
        .field("item", aggregate.item)
        .field("rating", aggregate.rating)
        .field("best", aggregate.best)
        .field("worst", aggregate.worst)
        .field("review_count", aggregate.review_count)
        .field("rating_count", aggregate.rating_count)
        .end_object();
  json.end_array().key("comments").begin_array();
  for (const extract::PageComment& comment : page.comments)
    json.begin_object()
        .field("id", comment.id)
        .field("author", comment.author)
        .field("title", comment.title)
        .field("text", comment.text)
        .field("own_words", comment.own_words)
        .field("rating", comment.rating ? std::optional(comment.rating->value) : std::nullopt)
        .field("best", comment.rating ? comment.rating->best : std::nullopt)
        .field("date", comment.date)
        .field("url", comment.url)
        .field("reach", comment.reach)
        .field("parent", comment.parent)
        .end_object();
  json.end_array();
}

ExitCode page(Context& context, const Arguments& arguments) {
  auto bytes = app::read_file(arguments.value_or("FILE", ""));
  if (!bytes) return context.failed(bytes.error());
  extract::PageWants wants;
  wants.text = true;
  auto read = extract::read_page(*bytes, arguments.value_or("--url", ""), headers_of(arguments),
                                 wants);
  if (!read) return context.failed(read.error());
  JsonWriter json;
  json.begin_object()
      .field("canonical_url", read->canonical_url)
      .field("language", read->language)
      .field("encoding", read->encoding)
      .field("title", read->article.title ? read->article.title : read->title)
      .field("author", read->article.author)
      .field("date", read->article.date);
  write_strings(json, "feeds", read->feeds);
  write_strings(json, "next", read->next);
  write_strings(json, "links", read->links);
  write_lists(json, *read);
  context.out() << json.field("text", read->text).end_object().text() << '\n';
  return ExitCode::done;
}

ExitCode url(Context& context, const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  const std::string written = arguments.value_or("URL", "");
  const auto base = arguments.value("--base");
  const auto canonical = base ? formats::canonical_url(written, *base, (*book)->tracking)
                              : formats::canonical_url(written, (*book)->tracking);
  JsonWriter json;
  json.begin_object().field("canonical",
                            canonical ? std::optional(*canonical) : std::nullopt);
  context.out() << json.end_object().text() << '\n';
  return ExitCode::done;
}

ExitCode date(Context& context, const Arguments& arguments) {
  const auto time = formats::parse_date(arguments.value_or("STRING", ""), context.now(),
                                        arguments.value_or("--language", ""));
  JsonWriter json;
  context.out() << json.begin_object().field("utc", iso(time)).end_object().text() << '\n';
  return ExitCode::done;
}

const Option file_argument = {"FILE", Arity::positional, "", "the bytes as sent", true, ""};
const Option url_option = {"--url", Arity::value, "URL", "where they came from", false, ""};
const Option type_option = {"--content-type", Arity::value, "CT", "the answer's Content-Type",
                            false, ""};

}  // namespace

Command inspect_robots_command() {
  return {"inspect robots", "look", "What a robots.txt says of a URL",
          {file_argument, {"--ua", Arity::value, "UA", "user agent, testigo unless said", false, ""},
           {"--url", Arity::value, "URL", "the URL, or a path", true, ""}},
          {{"inspect robots robots.txt --ua testigo --url /private/x", "allowed, and by which line"}},
          robots};
}

Command inspect_feed_command() {
  return {"inspect feed", "look", "What a feed's bytes hold", {file_argument, url_option, type_option},
          {{"inspect feed blog.xml --url https://blog.example/feed", "format and entries as JSON"}},
          feed};
}

Command inspect_page_command() {
  return {"inspect page", "look", "What a page's bytes hold",
          {file_argument, url_option, type_option},
          {{"inspect page product.html --url https://shop.example/p/1",
            "reviews, comments, links and text as JSON"}},
          page};
}

Command inspect_url_command() {
  return {"inspect url", "look", "The canonical form of a URL",
          {{"URL", Arity::positional, "", "as written", true, ""},
           {"--base", Arity::value, "B", "the page it stood on", false, ""}},
          {{"inspect url 'HTTP://Shop.Example:80/a/../b?utm_source=x'", "http://shop.example/b"}},
          url};
}

Command inspect_date_command() {
  return {"inspect date", "look", "The instant that a written date means",
          {{"STRING", Arity::positional, "", "as written", true, ""},
           {"--language", Arity::value, "L", "of the page it stood on", false, ""}},
          {{"inspect date 'hace 3 días' --language es", "relative dates count from --now"}},
          date};
}

}  // namespace testigo::cli
