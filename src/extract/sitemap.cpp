#include "extract/sitemap.h"

#include <utility>

#include "extract/feed_xml.h"
#include "extract/plain.h"
#include "formats/encoding_sniff.h"
#include "formats/inflate.h"
#include "formats/xml.h"
#include "text/normalize.h"

namespace testigo::extract {
namespace {

using formats::Node;

constexpr std::size_t max_sitemap_bytes = 64u << 20;  // sitemaps.org allows 50 MB unpacked

bool is_named(Node node, std::string_view name) {
  return node.is_element() && text::equal_ignoring_case(node.name(), name);
}

std::optional<std::string> child_text(Node parent, std::string_view name) {
  for (const Node child : parent.children()) {
    if (!is_named(child, name)) continue;
    std::string text(text::trim(child.text_content()));
    if (!text.empty()) return text;
  }
  return std::nullopt;
}

std::optional<SitemapUrl> url_of(Node node, std::string_view base) {
  const auto loc = child_text(node, "loc");
  if (!loc) return std::nullopt;
  auto absolute = absolute_url(*loc, base);
  if (!absolute) return std::nullopt;
  // As written where it is a whole address.
  return SitemapUrl{absolute_url(*loc, "") ? *loc : *std::move(absolute),
                    child_text(node, "lastmod"), child_text(node, "changefreq"),
                    child_text(node, "priority")};
}

// Local names only, wherever in the tree they stand: generators get the namespace wrong.
Sitemap read_xml(const formats::Tree& tree, std::string_view base, bool cut_short) {
  Sitemap sitemap;
  sitemap.cut_short = cut_short;
  sitemap.kind = is_named(tree.root(), "sitemapindex") ? "sitemapindex" : "urlset";
  for (const Node node : tree.document().descendants()) {
    if (sitemap.urls.size() + sitemap.sitemaps.size() >= max_sitemap_urls) break;
    if (cut_short && node.is_unclosed()) continue;
    if (is_named(node, "url")) {
      if (auto url = url_of(node, base)) sitemap.urls.push_back(*std::move(url));
    } else if (is_named(node, "sitemap")) {
      if (auto url = url_of(node, base)) sitemap.sitemaps.push_back(std::move(url->loc));
    }
  }
  return sitemap;
}

Sitemap read_feed_entries(const Feed& feed) {
  Sitemap sitemap;
  sitemap.cut_short = feed.cut_short;
  sitemap.kind = feed.format.starts_with("atom") ? "atom" : "rss";
  for (const FeedEntry& entry : feed.entries) {
    if (!entry.url || sitemap.urls.size() >= max_sitemap_urls) continue;
    SitemapUrl url{*entry.url, std::nullopt, std::nullopt, std::nullopt};
    const auto time = entry.updated ? entry.updated : entry.published;
    if (time) url.lastmod = to_iso8601(*time);
    sitemap.urls.push_back(std::move(url));
  }
  return sitemap;
}

Sitemap read_text(std::string_view text) {
  Sitemap sitemap;
  sitemap.kind = "text";
  while (!text.empty() && sitemap.urls.size() < max_sitemap_urls) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text::trim(text.substr(0, end)));
    if (absolute_url(line, "")) sitemap.urls.push_back({line, {}, {}, {}});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sitemap;
}

Result<Sitemap> read_document(std::string_view bytes, std::string_view url, bool is_whole) {
  const formats::DecodedPage decoded = formats::decode_page(bytes, "");
  std::string_view whole_lines = decoded.text;
  if (!is_whole) whole_lines = whole_lines.substr(0, whole_lines.rfind('\n') + 1);
  const std::string_view document = text::trim(decoded.text);
  const std::size_t begin = document.find('<');
  if (!document.starts_with('<')) {
    Sitemap listed = read_text(text::trim(whole_lines));
    if (!listed.urls.empty()) return listed;
  }
  if (begin == std::string_view::npos) {
    return fail(Errc::malformed, "this is no sitemap: neither XML nor a list of URLs.",
                std::string(url));
  }
  const Result<formats::Tree> tree = formats::parse_xml(document.substr(begin));
  if (!tree)
    return fail(tree.error().code, "this is no sitemap: " + tree.error().what, std::string(url));
  if (is_named(tree->root(), "rss") || is_named(tree->root(), "feed") ||
      is_named(tree->root(), "RDF")) {
    const Result<Feed> feed = feed_of_xml(*tree, document, url, UtcTime());
    if (feed) return read_feed_entries(*feed);
  }
  if (is_named(tree->root(), "html")) {
    return fail(Errc::malformed, "this is no sitemap: it is an HTML page.", std::string(url));
  }
  return read_xml(*tree, url, ends_within(tree->root(), document));
}

}  // namespace

Result<Sitemap> read_sitemap(std::string_view bytes, std::string_view url) {
  if (!bytes.starts_with("\x1F\x8B")) return read_document(bytes, url, true);
  const Result<formats::GzipContent> plain = formats::inflate_to_break(bytes, max_sitemap_bytes);
  if (!plain) return fail(plain.error().code, plain.error().what, std::string(url));
  Result<Sitemap> sitemap = read_document(plain->bytes, url, plain->whole);
  if (sitemap && !plain->whole) sitemap->cut_short = true;
  return sitemap;
}

}  // namespace testigo::extract
