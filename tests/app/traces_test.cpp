#include "app/traces.h"

#include <catch2/catch.hpp>

#include "app/import_record.h"

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

TEST_CASE("a name counts where it stands alone, a short one on its own pages only", "[app]") {
  const Traces t = traces();
  CHECK(t.are_in(page("<p>by <a href='/u/7'>Zoraida <b>Quixotte</b></a></p>")));
  CHECK(t.are_in(page("<dc:creator><![CDATA[Zoraida Quixotte]]></dc:creator>")));
  CHECK(t.are_in(page("<img alt=\"Zoraida&#32;Quixotte\">")));
  CHECK(t.are_in(page(R"({"author":"Zoraida Qu\u0069xotte"})", "application/json")));
  CHECK(t.are_in(page("", "text/html", "https://forum.example/u/Zoraida-Quixotte")));
  CHECK(t.are_in_url("https://forum.example/?u=Zoraida%20Quixotte&p=2"));
  CHECK(t.are_in_url("https://forum.example/post/1"));
  CHECK_FALSE(t.are_in_url("https://forum.example/post/2"));
  CHECK_FALSE(t.are_in_url("https://forum.example/zoraida-quixotte-is-right"));
  const Traces ana = traces(hers, "Ana");
  CHECK_FALSE(ana.are_in(page("<b>Ana</b>")));
  CHECK_FALSE(ana.are_in_url("https://forum.example/u/ana"));
  CHECK(ana.are_in(page("by Ana", "text/html", "https://forum.example/")));
}

TEST_CASE("a name that is an ordinary word costs nobody a record unless asked for", "[app]") {
  const std::vector<archive::WarcRecord> theirs = {
      page("<p>There was nobody at the counter</p>"), page("<p>and <em>nobody</em> answers</p>"),
      page(R"({"text":"I asked, \"nobody\" came"})", "application/json"),
      page("nobody knows", "text/plain")};
  const Traces alone = traces(hers, "nobody");
  const Traces asked({{hers}, {}, {}}, "nobody", NameSearch::words);
  for (const archive::WarcRecord& record : theirs) {
    CHECK(alone.find_in(record) == Traces::Found::name_in_a_sentence);
    CHECK(asked.find_in(record) == Traces::Found::traces);
  }
  CHECK(asked.are_in_url("https://forum.example/nobody-answers"));
  CHECK_FALSE(alone.are_in_url("https://forum.example/nobody-answers"));
  CHECK(alone.find_in(page("<p>somebody</p>")) == Traces::Found::nothing);
}

TEST_CASE("broken escapes, tags and references harm nobody", "[app]") {
  const Traces t = traces();
  for (const char* body : {"\\", "\\u", "\\ud800", "\\ud800\\u0041", "&", "&#", "&#xffffffff;", "<",
                           "<a", "</", "<![CDATA[", "\xff\xfe"})
    CHECK_FALSE(t.are_in(page(body)));
}

namespace {

archive::WarcRecord import_of(std::string block, std::uint64_t offset = 7) {
  archive::WarcRecord record;
  record.offset = offset;
  record.fields = {{"WARC-Type", "metadata"}, {"Content-Type", "application/x-ndjson"}};
  record.block = std::move(block);
  return record;
}

std::vector<std::string> rows_held(const Traces& traces, const archive::WarcRecord& record) {
  std::vector<std::string> held;
  for (const ByteRange& row : traces.rows_in(record, "a.warc.gz", import_rows(record)))
    held.push_back(record.block.substr(row.begin, row.length));
  return held;
}

Traces of_post(std::string text, std::optional<std::string> id, std::string author = "") {
  store::PostTraces posts;
  posts.texts = {text};
  posts.revisions = {{std::move(text), std::move(id), store::ArchiveRecord{"a.warc.gz", 7, {}}}};
  return Traces(posts, author);
}

}  // namespace

TEST_CASE("an import's record is parted into its rows, or not at all", "[app]") {
  CHECK(import_rows(import_of("{\"a\":\"}\\\"\\n{\"}\n\n[1,\n{}]\n")) ==
        std::vector<ByteRange>{{0, 14}, {16, 7}});
  for (const char* broken : {"", "\n", "{\n", "}\n", "\"\n", "{}", "{}\n{", "{\"a\\", "[{]}\n}"})
    CHECK(import_rows(import_of(broken)).empty());
  CHECK(import_rows(page("{}\n")).empty());
}

TEST_CASE("of an import the rows of the erased are found, and no others", "[app]") {
  const std::string good = R"({"id":"1","text":"Good","by":"Ana"})";
  const std::string same = R"({"id":"2","text":"Good","by":"Bo"})";
  const std::string holds = R"({"id":1,"text":"Good, says Ana","by":"Bo"})";
  const std::string longer = std::string(R"({"id":"3","text":")") +
                             "It took eleven days to arrive and the lid was broken" + R"("})";
  const auto record = import_of(good + "\n" + same + "\n" + holds + "\n" + longer + "\n");
  using Rows = std::vector<std::string>;
  CHECK(rows_held(of_post("Good", "1"), record) == Rows{good});
  CHECK(rows_held(of_post("Good", std::nullopt), record) ==
        Rows{good, same});  // which, nobody knows
  CHECK(rows_held(of_post("Good", "1", "Ana"), record) == Rows{good});
  CHECK(rows_held(of_post("It took eleven days to arrive and the lid was broken", "9"), record) ==
        Rows{longer});
  CHECK(rows_held(of_post("Good", "1"), import_of(good + "\n" + same + "\n", 8)) == Rows{good});
  CHECK(rows_held(of_post("Good", std::nullopt), import_of(good + "\n" + same + "\n", 8)).empty());
  // What is not found where it was read from may stand there in other words.
  CHECK(rows_held(of_post("Bad", "1"), record).empty());
  CHECK(rows_held(of_post("", "1"), record).empty());
  // Nothing would be left.
  CHECK(rows_held(of_post("Good", "1"), import_of(good + "\n")).empty());
  CHECK(rows_held(of_post("Good", "1"), import_of(good + "\nno JSON\n")).empty());
}
