#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::extract {

struct SitemapUrl {
  std::string loc;
  std::optional<std::string> lastmod;  // as written
  std::optional<std::string> changefreq;
  std::optional<std::string> priority;

  friend bool operator==(const SitemapUrl&, const SitemapUrl&) = default;
};

// A sitemap (sitemaps.org): its pages, and the further sitemaps that it names.
struct Sitemap {
  std::string kind;  // "urlset", "sitemapindex", "text", "rss", "atom"
  std::vector<SitemapUrl> urls;
  std::vector<std::string> sitemaps;
  bool cut_short = false;  // it ends in its middle, or its gzip's checksum is wrong; an entry that
                           // it ends within is left out

  friend bool operator==(const Sitemap&, const Sitemap&) = default;
};

// sitemaps.org: at most 50,000 entries in one file.
inline constexpr std::size_t max_sitemap_urls = 50'000;

// Reads XML (recovering, whatever the namespace), plain text, RSS or Atom, gzip'd or not, up to
// where it breaks off. Errc::malformed when it is none of these.
[[nodiscard]] Result<Sitemap> read_sitemap(std::string_view bytes, std::string_view url);

}  // namespace testigo::extract
