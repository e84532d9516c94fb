// Pages and answers made to cost more than they have: what holds or names itself again and again
// stays within bounds, or is refused with the reason.

#include <catch2/catch.hpp>
#include <string>

#include "extract/extract.h"
#include "extract/item.h"
#include "extract/page_reading.h"

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

Result<Extraction> extraction_of(const ExtractorSpec& spec, std::string body) {
  Page page;
  page.url = "https://acme.example/x";
  page.body = std::move(body);
  return extract_page(page, spec, now);
}

ExtractorSpec reviews_of_a_page() {
  ExtractorSpec spec;
  spec.format = Format::page;
  spec.source = SourceId("pages");
  return spec;
}

std::size_t text_bytes(const Extraction& extraction) {
  std::size_t bytes = 0;
  for (const Post& post : extraction.posts) {
    bytes += post.text.size();
    for (const auto* part :
         {&post.external_id, &post.author, &post.item, &post.title, &post.language})
      bytes += *part ? (*part)->size() : 0;
  }
  return bytes;
}

constexpr std::size_t megabyte = 1u << 20;

}  // namespace

TEST_CASE("values within values are not the innermost text times their depth", "[extract]") {
  const std::string text = repeated("word ", megabyte / 5);
  for (const auto& [scope, property] :
       {std::pair("itemscope itemtype='http://schema.org/Review'", "itemprop"),
        std::pair("typeof='Review'", "property")}) {
    std::string page = "<div " + std::string(scope) + ">";
    for (int i = 0; i < 900; ++i)
      page += "<div " + std::string(property) + "='" + (i == 0 ? "reviewBody" : "x") + "'>";
    const auto read = extraction_of(reviews_of_a_page(), page + text);
    REQUIRE(read);
    REQUIRE(read->posts.size() == 1);
    CHECK(read->posts[0].text.size() > megabyte / 2);
  }
}

TEST_CASE("a property that nine hundred things refer to is had a bounded number of times",
          "[extract]") {
  std::string page;
  for (int i = 0; i < 900; ++i)
    page += "<i itemscope itemtype='http://schema.org/Review' itemref='r" + std::to_string(i) +
            "'></i>";
  for (int i = 0; i < 900; ++i) page += "<div id='r" + std::to_string(i) + "'>";
  page += repeated("<i itemprop='reviewBody'>Fine</i>", 20'000);
  CHECK(extraction_of(reviews_of_a_page(), page));
}

TEST_CASE("a hundred thousand reviews find their product's name behind them", "[extract]") {
  std::string page = "<script type='application/ld+json'>{\"@type\":\"Product\",\"review\":[";
  constexpr int many = 100'000;
  for (int i = 0; i < many; ++i) {
    page += std::string(i == 0 ? "" : ",") + "{\"@type\":\"Review\",\"author\":\"a" +
            std::to_string(i) + "\",\"reviewBody\":\"Good\"}";
  }
  const auto read = extraction_of(reviews_of_a_page(), page + "],\"name\":\"Boot\"}</script>");
  REQUIRE(read);
  REQUIRE(read->posts.size() == many);
  CHECK(read->posts.front().item == "Boot");
  CHECK(read->posts.back().item == "Boot");
}

TEST_CASE("a thing of very many types, authors and comments takes time by their number",
          "[extract]") {
  constexpr int many = 30'000;
  const auto list = [](std::string_view before, std::string_view after) {
    std::string out;
    for (int i = 0; i < many; ++i)
      out += std::string(i == 0 ? "" : ",") + std::string(before) + std::to_string(i) +
             std::string(after);
    return out;
  };
  const auto read =
      extraction_of(reviews_of_a_page(),
                    "<script type='application/ld+json'>{\"@type\":[" + list("\"T", "\"") +
                        "],\"review\":{\"@type\":\"Review\",\"reviewBody\":\"Good\",\"author\":[" +
                        list("\"a", "\"") + "],\"comment\":[" +
                        list("{\"@type\":\"Comment\",\"author\":{\"@type\":\"Person\",\"name\":\"p",
                             "\"},\"text\":\"Same here\"}") +
                        "]}}</script>");
  REQUIRE(read);
  REQUIRE(read->posts.size() == many + 1);
  CHECK(read->posts[0].author->starts_with("a0; a1; a2; "));
  CHECK(read->posts[0].author->ends_with("; a19"));
}

TEST_CASE("fifty thousand ratings as a whole are told apart", "[extract]") {
  std::string page = "<script type='application/ld+json'>[{}";
  for (int i = 0; i < 50'000; ++i) {
    page += ",{\"@type\":\"AggregateRating\",\"ratingValue\":4,\"reviewCount\":" +
            std::to_string(i / 2) + "}";
  }
  const auto read = extraction_of(reviews_of_a_page(), page + "]</script>");
  REQUIRE(read);
  CHECK(read->aggregates.size() == 25'000);
}

TEST_CASE("a name of a megabyte is not kept with each review of what it names", "[extract]") {
  std::string page = "<script type='application/ld+json'>{\"@type\":\"Product\",\"name\":\"" +
                     std::string(megabyte, 'n') +
                     "\",\"review\":[{\"@type\":\"Review\",\"reviewBody\":\"1\"}";
  for (int i = 0; i < 5000; ++i)
    page += ",{\"@type\":\"Review\",\"reviewBody\":\"" + std::to_string(i) + "\"}";
  const auto read = extraction_of(reviews_of_a_page(), page + "]}</script>");
  REQUIRE(read);
  CHECK(!read->posts.empty());
  CHECK(text_bytes(*read) < 80 * megabyte);
}

TEST_CASE("a feed's author of a megabyte is not kept with each entry", "[extract]") {
  const std::string name(megabyte, 'n');
  ExtractorSpec spec;
  spec.format = Format::feed;
  const std::string entries = repeated("<entry><title>x</title></entry>", 5000);
  const auto read =
      extraction_of(spec, "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='" + name +
                              "'><author><name>" + name + "</name></author>" + entries + "</feed>");
  REQUIRE(read);
  CHECK(read->posts.size() == 5000);
  CHECK(read->posts[0].author == std::string(max_short_bytes, 'n'));
  CHECK(text_bytes(*read) < 80 * megabyte);
}

TEST_CASE("a title of a megabyte is not kept with each item that has it", "[extract]") {
  ExtractorSpec spec;
  ItemSpec items;
  items.list = {"/posts"};
  items.fields = {{PostField::id, {"/id"}}, {PostField::item, {"^/title"}}};
  spec.items.push_back(items);
  std::string body = "{\"title\":\"" + repeated("ñ", megabyte / 2) + "\",\"posts\":[{\"id\":0}";
  for (int i = 1; i < 5000; ++i) body += ",{\"id\":" + std::to_string(i) + "}";
  const auto read = extraction_of(spec, body + "]}");
  REQUIRE(read);
  CHECK(read->posts.size() == 5000);
  CHECK(read->posts[0].item == repeated("ñ", max_short_bytes / 2));
  spec.items[0].fields[PostField::id] = {"{^/title}{/id}"};
  const auto drifted = extraction_of(spec, body + "]}");
  REQUIRE(drifted);
  CHECK(drifted->posts.empty());
  CHECK(drifted->left_out == 5000);
  CHECK(drifted->drift.front().find("is longer than 4096 bytes") != std::string::npos);
}

TEST_CASE("items that hold one another are refused with the reason", "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::html;
  ItemSpec items;
  items.list = {"//div[@class='post']"};
  items.fields = {{PostField::id, {"@id"}}, {PostField::text, {"."}}};
  spec.items.push_back(items);
  std::string page;
  for (int i = 0; i < 400; ++i) page += "<div class='post' id='p" + std::to_string(i) + "'>";
  const auto refused = extraction_of(spec, page + repeated("word ", megabyte / 5));
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  CHECK(refused.error().what.find("hold one another") != std::string::npos);
  const auto read = extraction_of(spec, page + "word");
  REQUIRE(read);
  CHECK(read->posts.size() == 400);
}

TEST_CASE("an expression that goes through the whole page for each item is stopped", "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::html;
  ItemSpec items;
  items.list = {"//li"};
  items.fields = {{PostField::id, {"@id"}}, {PostField::item, {"//h9"}}};
  spec.items.push_back(items);
  std::string page;
  for (int i = 0; i < 20'000; ++i) page += "<li id='p" + std::to_string(i) + "'><b>x</b>";
  const auto refused = extraction_of(spec, page);
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
}

TEST_CASE("a page whose tree cannot be built says so, and keeps what was read without",
          "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::page;
  spec.next_links = true;
  const auto read =
      extraction_of(spec, "<a href='/next' rel='next'>next</a>" + repeated("<div>", 100'000));
  REQUIRE(read);
  CHECK(read->next.size() == 1);
  REQUIRE(read->drift.size() == 1);
  CHECK(read->drift[0].find("levels deep; it was not read") != std::string::npos);
}

TEST_CASE("JSON-LD nested beyond reason says so, and the page's other words stay", "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::page;
  const std::string deep = "<script type='application/ld+json'>" +
                           repeated("{\"review\":", 100'000) + "1" + repeated("}", 100'000) +
                           "</script>";
  const auto read = extraction_of(
      spec, deep +
                "<script type='application/ld+json'>{\"@type\":\"Review\",\"author\":\"Ana\","
                "\"reviewBody\":\"It leaks.\"}</script>");
  REQUIRE(read);
  CHECK(read->posts.size() == 1);
  REQUIRE(read->drift.size() == 1);
  CHECK(read->drift[0].find("a block of its JSON-LD was not read") == 0);
  CHECK(read->drift[0].find("levels deep") != std::string::npos);
}

TEST_CASE("JSON-LD that is cut off and gives nothing says so, what gives something does not",
          "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::page;
  const std::string script = "<script type='application/ld+json'>";
  const std::string half = R"({"@type":"Product","name":"Kettle","review":{"@type":"Review","rev)";
  for (const std::string& page :
       {script + half, script + half + "</script><p>Words.</p>",
        script + R"({"@type":"Review" "author" "Ana", function() {)" + "</script>"}) {
    INFO(page);
    const auto read = extraction_of(spec, page);
    REQUIRE(read);
    CHECK(read->posts.empty());
    CHECK(read->notes == std::vector<std::string>{"a block of its JSON-LD was not read: it is "
                                                  "broken, or cut off in its middle"});
    CHECK(read->left_out == 1);
    CHECK_FALSE(shown_list(*read).whole);
  }
  const std::string one = R"([{"@type":"Review","author":"Ana","reviewBody":"It leaks."},)";
  for (const std::string& page :
       {script + one + R"({"@type":"Review","rev)", script + "[]</script>", script + "</script>",
        script + R"({"@type":"BreadcrumbList","itemListEl)" + "</script>"}) {
    INFO(page);
    const auto read = extraction_of(spec, page);
    REQUIRE(read);
    CHECK(read->notes.empty());
    CHECK(read->left_out == 0);
  }
}

}  // namespace testigo::extract
