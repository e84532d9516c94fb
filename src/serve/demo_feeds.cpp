#include <algorithm>

#include "serve/demo_catalogue.h"
#include "serve/demo_layout.h"
#include "serve/demo_pages.h"

namespace testigo::serve {
namespace {

using render::escape;
using render::Html;
using render::operator""_html;

constexpr std::string_view rss_place = "blog/comments.rss";
constexpr std::string_view atom_place = "news/atom.xml";

std::string article_path(const DemoPost& post) {
  return (post.place == rss_place ? "blog/" : "news/") + post.id;
}

std::string article_url(const DemoWeb& web, const DemoPost& post) {
  return web.origin + "/" + article_path(post);
}

// Markup as the text of an XML element, the way feeds carry it.
Html as_text(const Html& markup) { return escape(markup.str()); }

Html rss_item(const DemoWeb& web, const DemoPost& post) {
  return "<item>\n<title>"_html + escape(post.title.value_or("")) + "</title>\n<link>"_html +
         escape(article_url(web, post)) + "</link>\n<guid isPermaLink=\"false\">"_html +
         escape(post.id) + "</guid>\n<pubDate>"_html + escape(http_date(post.posted_at)) +
         "</pubDate>\n<dc:creator>"_html + escape(post.author) +
         "</dc:creator>\n<content:encoded>"_html + as_text(paragraphs(post.text)) +
         "</content:encoded>\n</item>\n"_html;
}

Html rss_feed(const DemoWeb& web, std::span<const DemoPost> posts) {
  Html out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n"
      "<title>Clean Air Blog: posts and comments</title>\n<link>"_html +
      escape(web.origin + "/") +
      "</link>\n<description>What readers of the blog say</description>\n"
      "<language>en</language>\n"_html;
  for (auto post = posts.rbegin(); post != posts.rend(); ++post) out += rss_item(web, *post);
  return out + "</channel>\n</rss>\n"_html;
}

Html atom_entry(const DemoWeb& web, const DemoPost& post) {
  const std::string time = to_iso8601(post.posted_at);
  return "<entry xml:lang=\""_html + escape(post.language) + "\">\n<title>"_html +
         escape(post.title.value_or("")) + "</title>\n<link rel=\"alternate\" href=\""_html +
         escape(article_url(web, post)) + "\"/>\n<id>urn:clean-air:"_html + escape(post.id) +
         "</id>\n<published>"_html + escape(time) + "</published>\n<updated>"_html + escape(time) +
         "</updated>\n<author><name>"_html + escape(post.author) +
         "</name></author>\n<content type=\"html\">"_html + as_text(paragraphs(post.text)) +
         "</content>\n</entry>\n"_html;
}

Html atom_feed(const DemoWeb& web, std::span<const DemoPost> posts) {
  Html out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
      "\n<title>Aire limpio · Aer curat</title>\n<id>urn:clean-air:news</id>\n"
      "<link rel=\"self\" href=\""_html +
      escape(web.origin + "/" + std::string(atom_place)) + "\"/>\n<updated>"_html +
      escape(to_iso8601(newest(posts, web.opened))) + "</updated>\n"_html;
  for (auto post = posts.rbegin(); post != posts.rend(); ++post) out += atom_entry(web, *post);
  return out + "</feed>\n"_html;
}

Html sitemap_row(const DemoWeb& web, std::string_view element, std::string_view path,
                 UtcTime modified) {
  const bool index = element == "sitemap";
  return (index ? "<sitemap><loc>"_html : "<url><loc>"_html) +
         escape(web.origin + "/" + std::string(path)) + "</loc><lastmod>"_html +
         escape(to_iso8601(modified)) + "</lastmod>"_html +
         (index ? "</sitemap>\n"_html : "</url>\n"_html);
}

Html sitemap_index(const DemoWeb& web) {
  Html out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"_html;
  for (const std::string_view part : {"shop", "forum", "blog"})
    out += sitemap_row(web, "sitemap", "sitemap-" + std::string(part) + ".xml", web.opened);
  return out + "</sitemapindex>\n"_html;
}

Html urlset(const DemoWeb& web, std::string_view prefix) {
  Html out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"_html;
  for (const auto& [place, posts] : web.places) {
    if (place.rfind(prefix, 0) == 0)
      out += sitemap_row(web, "url", place, newest(posts, web.opened));
  }
  return out + "</urlset>\n"_html;
}

Html article_urlset(const DemoWeb& web) {
  Html out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"_html;
  for (const std::string_view place : {rss_place, atom_place}) {
    const auto found = web.places.find(place);
    if (found == web.places.end()) continue;
    for (const DemoPost& post : found->second)
      out += sitemap_row(web, "url", article_path(post), post.posted_at);
  }
  return out + "</urlset>\n"_html;
}

}  // namespace

std::optional<Document> feed(const DemoWeb& web, std::string_view path) {
  const auto found = web.places.find(path);
  if (found == web.places.end()) return std::nullopt;
  const UtcTime modified = newest(found->second, web.opened);
  if (path == rss_place)
    return Document{"application/rss+xml", rss_feed(web, found->second).str(), modified};
  if (path == atom_place)
    return Document{"application/atom+xml", atom_feed(web, found->second).str(), modified};
  return std::nullopt;
}

std::optional<Document> article_page(const DemoWeb& web, std::string_view path) {
  for (const std::string_view place : {rss_place, atom_place}) {
    const auto found = web.places.find(place);
    if (found == web.places.end()) continue;
    for (const DemoPost& post : found->second) {
      if (article_path(post) != path) continue;
      Head head;
      head.language = post.language;
      head.title = post.title.value_or("");
      head.canonical = article_url(web, post);
      const Html body = "<article>\n<p>"_html + escape(post.author) + ", "_html +
                        time_element(post.posted_at) + "</p>\n"_html + paragraphs(post.text) +
                        "\n</article>\n"_html;
      return Document{std::string(html_type), layout(head, body), post.posted_at};
    }
  }
  return std::nullopt;
}

std::optional<Document> sitemap(const DemoWeb& web, std::string_view path) {
  const auto xml = [&web](const Html& markup) {
    return Document{"application/xml", markup.str(), web.opened};
  };
  if (path == "sitemap.xml") return xml(sitemap_index(web));
  if (path == "sitemap-shop.xml") return xml(urlset(web, "shop/"));
  if (path == "sitemap-forum.xml") return xml(urlset(web, "forum/"));
  if (path == "sitemap-blog.xml") return xml(article_urlset(web));
  return std::nullopt;
}

}  // namespace testigo::serve
