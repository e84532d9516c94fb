// Any bytes as a sitemap: refused, or addresses within the bound, gzipped or not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extract/sitemap.h"
#include "text/utf8.h"

using namespace testigo;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto sitemap = extract::read_sitemap(bytes, "https://fuzz.example/sitemap.xml");
  if (!sitemap) {
    expect(!sitemap.error().what.empty());
    return 0;
  }
  expect(sitemap->urls.size() + sitemap->sitemaps.size() <= extract::max_sitemap_urls);
  for (const extract::SitemapUrl& url : sitemap->urls)
    expect(!url.loc.empty() && text::is_valid_utf8(url.loc));
  for (const std::string& further : sitemap->sitemaps)
    expect(!further.empty() && text::is_valid_utf8(further));
  return 0;
}
