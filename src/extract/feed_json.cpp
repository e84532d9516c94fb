#include <utility>

#include "extract/feed_text.h"
#include "extract/feed_xml.h"
#include "extract/json_ld.h"
#include "extract/plain.h"
#include "extract/quotes.h"
#include "formats/date.h"
#include "formats/json_document.h"

namespace testigo::extract {
namespace {

using formats::JsonNode;

std::optional<std::string> words(JsonNode object, std::string_view key, Markup markup) {
  const JsonNode value = object.find(key);
  if (const auto text = value.as_string()) return plain_or_none(*text, markup);
  const auto text = value.to_text();
  return text ? plain_or_none(*text, markup) : std::nullopt;
}

// 1.1 has "authors", 1.0 "author".
std::optional<FeedPerson> author_of(JsonNode object) {
  JsonNode author = formats::find(object, "/authors/0");
  if (!author) author = object.find("author");
  if (!author) return std::nullopt;
  FeedPerson person;
  person.name = author.is_object() ? words(author, "name", Markup::none) : author.to_text();
  person.url = words(author, "url", Markup::none);
  if (person == FeedPerson()) return std::nullopt;
  return person;
}

std::optional<UtcTime> time_of(JsonNode object, std::string_view key, UtcTime now) {
  const auto text = words(object, key, Markup::none);
  return text ? formats::parse_date(*text, now) : std::nullopt;
}

FeedEntry entry_of(JsonNode item, std::string_view url, UtcTime now) {
  FeedEntry entry;
  entry.id = words(item, "id", Markup::none);
  entry.url = words(item, "url", Markup::none);
  if (!entry.url) entry.url = words(item, "external_url", Markup::none);
  if (entry.url) entry.url = absolute_url(*entry.url, url).value_or(*entry.url);
  entry.title = words(item, "title", Markup::html);
  entry.author = author_of(item);
  entry.summary = words(item, "summary", Markup::none);
  auto content = words(item, "content_html", Markup::html);
  if (!content) content = words(item, "content_text", Markup::none);
  if (content) entry.content.push_back(*content);
  if (const auto html = item.find("content_html").as_string();
      html && content && has_usual_quotes(*html))
    entry.own_words = own_of_html(entry.content.front(), *html);
  entry.published_written = words(item, "date_published", Markup::none);
  entry.published = time_of(item, "date_published", now);
  entry.updated = time_of(item, "date_modified", now);
  entry.language = words(item, "language", Markup::none);
  for (const JsonNode tag : item.find("tags").items()) {
    if (const auto text = tag.as_string()) entry.tags.emplace_back(*text);
  }
  for (const JsonNode attachment : item.find("attachments").items()) {
    if (auto target = words(attachment, "url", Markup::none)) entry.enclosures.push_back(*target);
  }
  return entry;
}

}  // namespace

Result<Feed> feed_of_json(std::string_view document, std::string_view url, UtcTime now) {
  Result<formats::JsonDocument> json = formats::read_json(document);
  if (!json && json.error().code == Errc::malformed)
    if (auto mended = formats::read_json(mend_json(document))) json = std::move(mended);
  if (!json)
    return fail(json.error().code, "this is no JSON Feed: " + json.error().what, std::string(url));
  const JsonNode root = json->root();
  const JsonNode items = root.find("items");
  if (!items.is_array()) {
    return fail(Errc::malformed, "this is no JSON Feed: it has no list \"items\".",
                std::string(url));
  }
  Feed feed;
  const std::string version = words(root, "version", Markup::none).value_or("");
  feed.format = version.ends_with("/1.1") ? "json11" : version.ends_with("/1") ? "json1" : "json";
  feed.title = words(root, "title", Markup::html);
  feed.description = words(root, "description", Markup::none);
  feed.url = words(root, "home_page_url", Markup::none);
  feed.id = words(root, "feed_url", Markup::none);
  feed.language = words(root, "language", Markup::none);
  feed.author = author_of(root);
  if (const auto next = words(root, "next_url", Markup::none)) feed.next = absolute_url(*next, url);
  constexpr std::size_t max_entries = 20'000;  // as for XML
  for (const JsonNode item : items.items()) {
    if (feed.entries.size() >= max_entries)
      ++feed.unread;
    else if (item.is_object())
      feed.entries.push_back(entry_of(item, url, now));
  }
  return feed;
}

}  // namespace testigo::extract
