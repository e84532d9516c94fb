#include "answers.h"
#include "extract/feed.h"
#include "extract/sitemap.h"
#include "formats/json_writer.h"

namespace testigo::conformance {
namespace {

using formats::JsonWriter;

// Only relative dates and those without a year would ask for it, and feeds have neither.
constexpr UtcTime read_at{};

void write_text(JsonWriter& json, const std::string& path, const std::optional<std::string>& text) {
  if (text) json.field(path, *text);
}

void write_time(JsonWriter& json, const std::string& path, const std::optional<UtcTime>& time) {
  if (time) json.field(path, to_iso8601(*time));
}

void write_list(JsonWriter& json, const std::string& path, const std::vector<std::string>& list,
                std::string_view member = {}) {
  for (std::size_t i = 0; i < list.size(); ++i)
    json.field(path + "[" + std::to_string(i) + "]" + std::string(member), list[i]);
}

void write_person(JsonWriter& json, const std::string& path,
                  const std::optional<extract::FeedPerson>& person) {
  if (!person) return;
  write_text(json, path + "author_name", person->name);
  write_text(json, path + "author_email", person->email);
  write_text(json, path + "author_url", person->url);
  if (person->name && person->email)
    json.field(path + "author", *person->name + " (" + *person->email + ")");
  else
    write_text(json, path + "author", person->name ? person->name : person->email);
}

void write_entry(JsonWriter& json, const std::string& path, const extract::FeedEntry& entry) {
  write_text(json, path + "title", entry.title);
  write_text(json, path + "link", entry.url);
  write_text(json, path + "id", entry.id);
  write_text(json, path + "summary", entry.summary);
  write_list(json, path + "content", entry.content);
  write_person(json, path, entry.author);
  write_time(json, path + "published", entry.published);
  write_time(json, path + "updated", entry.updated);
  write_text(json, path + "language", entry.language);
  write_list(json, path + "tags", entry.tags);
  write_list(json, path + "enclosures", entry.enclosures, ".url");
  write_text(json, path + "comments", entry.comments_url);
  if (entry.comment_count) json.field(path + "comment_count", *entry.comment_count);
  write_text(json, path + "source_title", entry.source_title);
  write_text(json, path + "source_link", entry.source_url);
  write_text(json, path + "source_id", entry.source_id);
}

void write_feed(JsonWriter& json, const extract::Feed& feed) {
  json.field("encoding", feed.encoding).field("version", feed.format);
  json.field("entry_count", feed.entries.size());
  write_text(json, "feed.title", feed.title);
  write_text(json, "feed.link", feed.url);
  write_text(json, "feed.description", feed.description);
  write_text(json, "feed.id", feed.id);
  write_text(json, "feed.language", feed.language);
  write_person(json, "feed.", feed.author);
  write_time(json, "feed.updated", feed.updated);
  write_time(json, "feed.published", feed.updated);
  write_list(json, "feed.tags", feed.tags);
  for (std::size_t i = 0; i < feed.entries.size(); ++i)
    write_entry(json, "entries[" + std::to_string(i) + "].", feed.entries[i]);
}

}  // namespace

Result<std::string> answer_feed(const Case& row) {
  auto bytes = row.file();
  if (!bytes) return fail(std::move(bytes).error());
  // RFC 9110 §8.7: Content-Location, where given, is the answer's own address.
  const std::string location = row.text("/input/headers/content-location");
  const auto feed = extract::read_feed(*bytes, location.empty() ? row.url() : location,
                                       row.text("/input/headers/content-type"), read_at);
  JsonWriter json;
  json.begin_object();
  if (feed) write_feed(json, *feed);
  return json.end_object().take();
}

Result<std::string> answer_sitemap(const Case& row) {
  auto bytes = row.packed_file();
  if (!bytes) return fail(std::move(bytes).error());
  const auto sitemap = extract::read_sitemap(*bytes, row.url());
  if (!sitemap) return "null";
  JsonWriter json;
  json.begin_object().field("kind", sitemap->kind).key("urls").begin_array();
  for (const extract::SitemapUrl& url : sitemap->urls)
    json.begin_object()
        .field("loc", url.loc)
        .field("lastmod", url.lastmod)
        .field("changefreq", url.changefreq)
        .field("priority", url.priority)
        .end_object();
  json.end_array().key("sitemaps").begin_array();
  for (const std::string& url : sitemap->sitemaps) json.string(url);
  return json.end_array().end_object().take();
}

}  // namespace testigo::conformance
