#include "extract/paging.h"

#include <catch2/catch.hpp>

#include "formats/html.h"
#include "formats/html_scan.h"

namespace testigo::extract {
namespace {

const std::string page_url = "https://forum.example/t/1";

PageLinks by_tree(const std::string& html) {
  const auto tree = formats::parse_html(html);
  REQUIRE(tree);
  return paging_of(anchors_of(*tree, page_url), page_url);
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("the next page is found by rel, by name and by sign", "[extract]") {
  for (const std::string anchor :
       {"<a rel='nofollow next' href='/t/1?page=2'>…</a>", "<a href='/t/1?page=2'>Next »</a>",
        "<a href='/t/1?page=2'>Siguiente</a>", "<a href='/t/1?page=2'>Pagina următoare</a>",
        "<a href='/t/1?page=2'>›</a>", "<a class='pager-next' href='/t/1?page=2'><i></i></a>",
        "<a href='/t/1?page=2'><img alt='Next' src=x></a>"}) {
    INFO(anchor);
    CHECK(by_tree("<a href='/about'>About</a>" + anchor).next ==
          Urls{"https://forum.example/t/1?page=2"});
  }
}

TEST_CASE("what leads elsewhere is no next page", "[extract]") {
  CHECK(by_tree("<a rel=next href='https://other.example/'>Next</a>").next.empty());
  CHECK(by_tree("<a href='#'>Next</a><a href='javascript:n()'>Next</a>").next.empty());
  CHECK(by_tree("<a href='/t/1#p2'>Next</a>").next.empty());  // the page itself
  CHECK(by_tree("<a href='/t/2'>Next week we shall see whether the filters last as long as they "
                "say they do</a>")
            .next.empty());
  CHECK(by_tree("<a class='prev' href='/t/0'>‹ Previous</a>").next.empty());
}

TEST_CASE("older comments are the next page, newer ones the one before", "[extract]") {
  for (const std::string older :
       {"Older comments", "← Comentarios más antiguos", "Comentarii mai vechi", "Ältere Kommentare",
        "Commentaires plus anciens", "Comentários mais antigos", "Successiva", "Pagina successiva",
        "Página seguinte", "Page suivante", "Nächste Seite", "Oudere reacties",
        "Starsze komentarze"}) {
    INFO(older);
    const PageLinks links = by_tree("<a href='/t/1?cp=2'>" + older + "</a>");
    CHECK(links.next == Urls{"https://forum.example/t/1?cp=2"});
    CHECK(links.previous.empty());
  }
  for (const std::string newer : {"Newer comments →", "Comentarios más recientes",
                                  "Comentarii mai noi", "Neuere Kommentare", "Pagina precedente"}) {
    INFO(newer);
    const PageLinks links = by_tree("<a href='/t/1?cp=1'>" + newer + "</a>");
    CHECK(links.previous == Urls{"https://forum.example/t/1?cp=1"});
    CHECK(links.next.empty());
  }
}

TEST_CASE("the next article is no next page of this one", "[extract]") {
  for (const std::string label : {"Next article",
                                  "Next post →",
                                  "Older Post",
                                  "Artículo siguiente",
                                  "Siguiente entrada »",
                                  "Articolul următor",
                                  "Următoarea postare",
                                  "Nächster Artikel",
                                  "Nächster Beitrag",
                                  "Article suivant",
                                  "Articolo successivo",
                                  "Post più vecchio",
                                  "Próximo artigo",
                                  "Postagem mais antiga",
                                  "Volgend bericht",
                                  "Następny wpis",
                                  "Next post: Ten boots",
                                  "Next topic",
                                  "Entrada antigua",
                                  "下一篇",
                                  "Ten boots for the rain, tried for a year"}) {
    INFO(label);
    CHECK(by_tree("<a rel=next href='/t/2'>" + label + "</a>").next.empty());
  }
  CHECK(by_tree("<nav class='navigation post-navigation'><div class=nav-next><a rel=next "
                "href='/t/2'>Ten boots</a></div></nav>")
            .next.empty());
  CHECK(by_tree("<div class=post-nav><a href='/t/2'>Next</a></div>").next.empty());
  // Themes page through lists in such boxes too.
  CHECK(by_tree("<div class=post-nav><a href='/page/2'>Older posts</a></div>").next.size() == 1);
  CHECK(by_tree("<a rel=next href='/t/1?page=2'>Go to the next page of these results</a>")
            .next.size() == 1);
}

TEST_CASE("a link in the head that names another story is no next page", "[extract]") {
  const auto next_of = [](const std::string& html) {
    const formats::HtmlScan scan = formats::scan_html(html);
    return paging_of(scan, anchors_of(scan, page_url), {}, page_url).next;
  };
  CHECK(next_of("<link rel=next title='Ten boots for the rain, tried for a year' href='/t/2'>")
            .empty());
  CHECK(next_of("<link rel=next title='Next' href='?page=2'>").size() == 1);
  CHECK(next_of("<link rel=next href='?page=2'>").size() == 1);
}

TEST_CASE("numbered pages come in order, once each", "[extract]") {
  CHECK(
      by_tree("<a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>2</a>").numbered ==
      Urls{"https://forum.example/t/1?page=2", "https://forum.example/t/1?page=3"});
}

TEST_CASE("where a page sends its reader is a link of it", "[extract]") {
  const auto links = [](const std::string& head) {
    const std::string html = head + "<a href='/a'>A</a>";
    const formats::HtmlScan scan = formats::scan_html(html);
    const Urls by_scan = links_of(anchors_of(scan, page_url), scan, page_url);
    const auto tree = formats::parse_html(html);
    REQUIRE(tree);
    CHECK(links_of(anchors_of(*tree, page_url), scan, page_url) == by_scan);
    return by_scan;
  };
  for (const std::string content : {"0;url=/new#x", "0; URL='/new'", "5.5,url = '/new' later",
                                    " 3 /new", "0; url=https://forum.example/new"}) {
    INFO(content);
    CHECK(links("<meta http-equiv=Refresh content=\"" + content + "\">") ==
          Urls{"https://forum.example/a", "https://forum.example/new"});
  }
  for (const std::string content : {"", "30", "0;", "url=/new", "x; url=/new",
                                    "0; url=", "0; url=javascript:f()", "0; url=/a", "0; url='"}) {
    INFO(content);
    CHECK(links("<meta http-equiv=refresh content=\"" + content + "\">") ==
          Urls{"https://forum.example/a"});
  }
}

TEST_CASE("Link headers name the next page before anything else", "[extract]") {
  const std::vector<Header> headers = {
      {"link",
       "</a?page=3>; rel=\"last\", <https://forum.example/a?page=2&x=1,2>; title=\"n, x\"; "
       "rel=next"}};
  const auto links = link_headers(headers, page_url);
  REQUIRE(links.size() == 2);
  CHECK(links[0].rel == "last");
  CHECK(links[1].url == "https://forum.example/a?page=2&x=1,2");
  const formats::HtmlScan scan = formats::scan_html("<a rel=next href='/t/1?page=2'>2</a>");
  const PageLinks found = paging_of(scan, anchors_of(scan, page_url), headers, page_url);
  CHECK(found.next ==
        Urls{"https://forum.example/a?page=2&x=1,2", "https://forum.example/t/1?page=2"});
}

}  // namespace testigo::extract
