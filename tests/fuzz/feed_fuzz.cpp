// Feeds, sitemaps and review pages of any bytes: read or refused, never a crash, and what comes out
// is what the headers promise.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extract/feed.h"
#include "extract/page_reading.h"
#include "extract/sitemap.h"
#include "text/utf8.h"

namespace {

using namespace testigo;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_text(const std::optional<std::string>& text) {
  if (text) require(text::is_valid_utf8(*text));
}

void check_feed(std::string_view bytes) {
  const UtcTime now = from_unix_ms(1'795'000'000'000);
  const auto feed = extract::read_feed(bytes, "https://fuzz.example/feed", "", now);
  if (!feed) {
    require(!feed.error().what.empty());
    return;
  }
  require_text(feed->title);
  for (const extract::FeedEntry& entry : feed->entries) {
    require_text(entry.title);
    require_text(entry.summary);
    for (const std::string& content : entry.content) require_text(content);
  }
}

void check_page(std::string_view bytes) {
  const auto page = extract::read_page(bytes, "https://fuzz.example/page", {});
  if (!page) return;
  for (const std::string& link : page->links) {
    require(link.starts_with("http") && link.find('#') == std::string::npos);
  }
  for (const extract::Review& review : page->reviews) require_text(review.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_feed(bytes);
  check_page(bytes);
  const auto sitemap = extract::read_sitemap(bytes, "https://fuzz.example/sitemap.xml");
  if (sitemap) require(sitemap->urls.size() <= extract::max_sitemap_urls);
  return 0;
}
