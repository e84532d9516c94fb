#include "formats/link_header.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace testigo;
using namespace testigo::formats;

namespace {

using Words = std::vector<std::string>;

WebLink only(std::string_view value) {
  const auto links = parse_link_header(value);
  INFO(value);
  REQUIRE(links.size() == 1);
  return links.front();
}

}  // namespace

TEST_CASE("a link has a target, relation types, a type and a title", "[formats]") {
  const auto link = only(
      R"( <https://a.example/?x=1,2;3> ; rel="NEXT  Last" ; type=Text/HTML; title="say \"hi\", all")");
  CHECK(link.target == "https://a.example/?x=1,2;3");
  CHECK(link.rels == Words{"next", "last"});
  CHECK(link.has_rel("last"));
  CHECK_FALSE(link.has_rel("prev"));
  CHECK(link.type == "text/html");
  CHECK(link.title == "say \"hi\", all");
}

TEST_CASE("several links come in one field and in several", "[formats]") {
  const auto links = web_links({{"link", "</a>; rel=next, </b>;rel=prev,</c>;rel=hub"},
                                {"Content-Type", "</x>; rel=next"},
                                {"LINK", "</feed>; rel=alternate; type=\"application/rss+xml\""}});
  REQUIRE(links.size() == 4);
  CHECK(links[0].target == "/a");
  CHECK(links[1].rels == Words{"prev"});
  CHECK(links[2].has_rel("hub"));
  CHECK(links[3].type == "application/rss+xml");
}

TEST_CASE("the first rel counts, and a link about another page says so", "[formats]") {
  CHECK(only("<a>; rel=next; rel=canonical").rels == Words{"next"});
  CHECK(only("<a>; anchor=\"#part\"; rel=next").anchor == "#part");
}

TEST_CASE("title* goes before title wherever it stands", "[formats]") {
  CHECK(only("<a>;rel=next;title*=UTF-8'es'ma%C3%B1ana;title=plain").title == "mañana");
  CHECK(only("<a>;rel=next;title=plain;title*=utf-8''%e2%82%ac").title == "€");
  CHECK(only("<a>;rel=next;title=plain;title*=iso-8859-1''x").title == "plain");
  CHECK(only("<a>;rel=next;title=plain;title*=UTF-8'").title == "plain");
}

TEST_CASE("what is malformed is left out and the rest is read", "[formats]") {
  for (const char* value : {"", "no link", "<", "<a", "<a>", "<a>;", "<a>; rel", "<a>; rel=",
                            "<a>; rel=\"\"", "<a>, <b>", "<a>; title=\"rel=next", ";;;,,,"}) {
    INFO(value);
    CHECK(parse_link_header(value).empty());
  }
  CHECK(only("<a>; rel=\"next").rels == Words{"next"});
  CHECK(only("junk, <a>;; ;rel=next").target == "a");
  CHECK(only("<a>; title=\"</b>; rel=prev\"; rel=next").target == "a");
  CHECK(only("<a>, <b>; rel=next").target == "b");
  CHECK(only("<>; rel=self").target.empty());
}

TEST_CASE("the number of links is bounded", "[formats]") {
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "<a>;rel=next,";
  CHECK(parse_link_header(many).size() == 256);
}
