#include "serve/demo_layout.h"
#include "serve/demo_pages.h"

namespace testigo::serve {

using render::operator""_html;

std::optional<Document> home_page(const DemoWeb& web, std::string_view path) {
  if (!path.empty()) return std::nullopt;
  Head head;
  head.title = "Clean Air Corner";
  head.canonical = web.origin + "/";
  const render::Html body =
      "<p>A small web about Brumiva, Kestrona and the air between them. None of it is real.</p>\n"
      "<ul>\n"
      "<li><a href=\"/shop/en\">Shop</a> · <a href=\"/shop/es\">Tienda</a> · "
      "<a href=\"/shop/ro\">Magazin</a></li>\n"
      "<li><a href=\"/forum/en\">Forum (English)</a> · <a href=\"/forum/es\">Foro (español)</a> · "
      "<a href=\"/forum/ro\">Forum (română)</a></li>\n"
      "<li><a href=\"/blog/comments.rss\">Blog (RSS)</a> · <a href=\"/news/atom.xml\">Noticias, "
      "știri (Atom)</a></li>\n"
      "<li><a href=\"/api/reviews?product=brumiva-home\">App reviews (JSON): Brumiva Home</a> · "
      "<a href=\"/api/reviews?product=kestrona-link\">Kestrona Link</a></li>\n"
      "<li><a href=\"/private/staff-reviews\">Staff only</a></li>\n"
      "</ul>\n"_html;
  return Document{std::string(html_type), layout(head, body), web.opened};
}

}  // namespace testigo::serve
