#include "render/document.h"

#include <catch2/catch.hpp>

#include "render/brief_page.h"

using namespace testigo;
using namespace testigo::insight;
using namespace testigo::render;

namespace {

Quote hostile() {
  Quote quote;
  quote.mention = MentionId(255);
  quote.text = "<script>alert(1)</script> \x1b[31m [x](javascript:x) # no";
  quote.language = "en\"";
  quote.source = SourceId("forum");
  quote.url = "javascript:alert(1)";
  quote.evidence = "a.warc.gz:10";
  quote.day = *parse_day("2026-11-02");
  return quote;
}

Document page() {
  Document document("About <b>", "en");
  document.heading(2, "Part & whole");
  document.line("- a line");
  document.item("one");
  document.item("two");
  document.quote(hostile());
  return document;
}

}  // namespace

TEST_CASE("a page as HTML holds no markup but ours, and forbids scripts", "[render]") {
  const std::string html = to_html(page());
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("javascript:alert") == std::string::npos);
  CHECK(html.find("href=\"#\"") != std::string::npos);
  CHECK(html.find("lang=\"en&quot;\"") != std::string::npos);
  CHECK(html.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  CHECK(html.find(" style=") == std::string::npos);
  CHECK(html.find("<h2>Part &amp; whole</h2>") != std::string::npos);
  CHECK(html.find("<ul>\n<li>one</li>\n<li>two</li>\n</ul>") != std::string::npos);
  CHECK(html.find('\x1b') == std::string::npos);
}

TEST_CASE("a page as Markdown shows what people wrote literally", "[render]") {
  const std::string text = to_markdown(page());
  CHECK(text.find("# About \\<b\\>\n\n## Part &amp; whole\n\n\\- a line\n\n- one\n- two\n\n> "
                  "\\<script\\>") == 0);
  CHECK(text.find("permalink") == std::string::npos);  // a link that is none
  CHECK(text.find("id 00000000000000ff, evidence a.warc.gz:10") != std::string::npos);
  Quote quote = hostile();
  quote.text = "1. first";
  quote.url = "https://a.example/x>y z";
  Document document("t", "en");
  document.quote(quote);
  CHECK(to_markdown(document).find("> 1\\. first\n") != std::string::npos);
  CHECK(to_markdown(document).find("[permalink](<https://a.example/x%3ey%20z>)") !=
        std::string::npos);
}

TEST_CASE("a page on a terminal is wrapped to it and acts on nothing", "[render]") {
  const std::string text = to_terminal(page(), {40, false});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("Part & whole") != std::string::npos);
  Document document("t", "en");
  document.line(std::string(30, 'a') + " " + std::string(30, 'b'));
  CHECK(to_terminal(document, {40, false}) ==
        "t\n" + std::string(30, 'a') + "\n" + std::string(30, 'b') + "\n");
}

TEST_CASE("a brief as a page and as JSON says the same", "[render]") {
  Brief brief;
  brief.brand = BrandId("acme");
  brief.window = {*parse_day("2026-11-01"), *parse_day("2026-11-26")};
  brief.today = brief.window.last;
  Topic topic;
  topic.asked = {hostile()};
  topic.posts = topic.askers = 1;
  topic.fix = Fix{"", 1, hostile()};
  brief.topics = {topic};
  brief.answer = {{hostile(), {"app"}, 0.5}};
  const std::string text = to_markdown(brief_document(brief, "Acme"));
  CHECK(text.find("# What to publish next: Acme\n") == 0);
  CHECK(text.find("Nobody speaks for it.") != std::string::npos);
  const std::string json = brief_json(brief);
  CHECK(json.find("{\"brand\":\"acme\",\"since\":\"2026-11-01\"") == 0);
  CHECK(json.find(
            "\"fix\":{\"theme\":null,\"complaints\":1,\"quote\":{\"id\":\"00000000000000ff\"") !=
        std::string::npos);
  CHECK(json.find("\"answer\":[{\"urgency\":0.5,\"themes\":[\"app\"],\"quote\":{") !=
        std::string::npos);
}
