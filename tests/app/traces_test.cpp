#include "app/traces.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::app;

namespace {

constexpr const char* hers =
    "După două zile s-a stricat, ¡qué desastre! I want \"all\" of my money back & an apology";

archive::WarcRecord page(std::string body, std::string type = "text/html; charset=utf-8",
                         std::string url = "https://other.example/") {
  archive::WarcRecord record;
  record.fields = {{"WARC-Type", "response"}, {"WARC-Target-URI", std::move(url)}};
  record.block = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + std::move(body);
  return record;
}

Traces traces(std::string text = hers, std::string author = "Zoraida Quixotte") {
  return Traces({{std::move(text)}, {"https://forum.example/post/1"}, {"https://forum.example/"}},
                author);
}

}  // namespace

TEST_CASE("a text is found whatever it is wrapped in", "[app]") {
  const Traces t = traces();
  CHECK(t.are_in(page(std::string("<p>") + hers)));
  CHECK(
      t.are_in(page("<p>Dup&#259; dou&#x103; zile s-a <b>stricat</b>,<br>¡qu&eacute; desastre! I "
                    "want &quot;all&quot; of my money back &amp; an apology</p>")));
  CHECK(t.are_in(page(
      R"({"body":"<p>Dup\u0103 dou\u0103 zile s-a stricat, ¡qu\u00e9 desastre!\nI want \"all\" of my money back & an apology<\/p>"})",
      "application/json")));
  CHECK(
      t.are_in(page("<rss><description>&lt;p&gt;Dupa doua zile s-a stricat, que desastre! I want "
                    "&amp;quot;all&amp;quot; of my money back &amp;amp; an apology&lt;/p&gt;")));
  CHECK(
      t.are_in(page("<description><![CDATA[Dupa doua zile s-a stricat, que desastre! I want all "
                    "of my money back]]></description>")));
  CHECK(t.are_in(
      page(R"({"body":"Dup\u0103 **dou\u0103** [zile](https://shop.example/a_b \"t\") s-a )"
           R"(stricat, que desastre!\nI ![x](https://i.example/y.png)want \"all\" of my money )"
           R"(back & an apology"})",
           "application/json")));
  CHECK(
      t.are_in(page(R"({"review":"Dupa doua [url=https://shop.example]zile[/url] s-a stricat, que )"
                    R"([b]desastre[/b]! I want all [i]of[/i] my money back and an apology"})",
                    "application/json")));
  CHECK(
      t.are_in(page("<meta content=\"Dupa doua zile s-a stricat, que desastre! I want all of my "
                    "money back\">")));
  CHECK(
      t.are_in(page("Dup\xe3 dou\xe3 zile s-a stricat, qu\xe9 desastre! I want all of my money "
                    "back",
                    "text/html; charset=iso-8859-2")));
}

TEST_CASE("a part of a dozen words is enough, fewer are not", "[app]") {
  const Traces t = traces();
  CHECK(t.are_in(page("stricat, que desastre! I want all of my money back &amp; an apology …")));
  CHECK_FALSE(t.are_in(page("I want all of my money back, and an apology")));
  CHECK_FALSE(t.are_in(page("")));
}

TEST_CASE("a short text is found on its own pages only", "[app]") {
  const Traces t = traces("Great phone", "");
  CHECK_FALSE(t.are_in(page("Great phone")));
  CHECK(t.are_in(page("A great phone!", "text/html", "https://forum.example/")));
  CHECK_FALSE(t.are_in(page("A great telephone", "text/html", "https://forum.example/")));
}

TEST_CASE("a name is found anywhere, a short one on its own pages only", "[app]") {
  CHECK(traces().are_in(page("thanks, @zoraida_quixotte")));
  CHECK(traces().are_in(page("", "text/html", "https://forum.example/u/Zoraida-Quixotte")));
  CHECK(traces().are_in_url("https://forum.example/u/Zoraida-Quixotte"));
  CHECK(traces().are_in_url("https://forum.example/post/1"));
  CHECK_FALSE(traces().are_in_url("https://forum.example/post/2"));
  const Traces ana = traces(hers, "Ana");
  CHECK_FALSE(ana.name_is_searched_anywhere());
  CHECK_FALSE(ana.are_in(page("Ana")));
  CHECK_FALSE(ana.are_in_url("https://forum.example/u/ana"));
  CHECK(ana.are_in(page("by Ana", "text/html", "https://forum.example/")));
}

TEST_CASE("broken escapes, tags and references harm nobody", "[app]") {
  const Traces t = traces();
  for (const char* body : {"\\", "\\u", "\\ud800", "\\ud800\\u0041", "&", "&#", "&#xffffffff;", "<",
                           "<a", "</", "<![CDATA[", "\xff\xfe"})
    CHECK_FALSE(t.are_in(page(body)));
}
