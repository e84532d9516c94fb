#include "extract/json_source.h"

#include <catch2/catch.hpp>

namespace testigo::extract {
namespace {

const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");

ExtractorSpec talk() {
  ExtractorSpec spec;
  spec.source = SourceId("talk");
  ItemSpec items;
  items.list = {"/items"};
  items.fields = {{PostField::id, {"/id"}},        {PostField::author, {"/who"}},
                  {PostField::text, {"/text"}},    {PostField::rating, {"/stars"}},
                  {PostField::posted_at, {"/at"}}, {PostField::reach, {"/likes"}}};
  items.required = {PostField::id};
  items.children = {"/replies", "/answers/list"};
  spec.items.push_back(items);
  return spec;
}

Result<Extraction> try_read(std::string_view json, const ExtractorSpec& spec) {
  Page page;
  page.url = "https://talk.example/api";
  page.body = std::string(json);
  return extract_page(page, spec, now);
}

Extraction read(std::string_view json, const ExtractorSpec& spec = talk()) {
  const auto extraction = try_read(json, spec);
  INFO((extraction ? "" : describe(extraction.error())));
  REQUIRE(extraction);
  return *extraction;
}

}  // namespace

TEST_CASE("one object in place of a list is a list of one", "[extract]") {
  const Extraction extraction = read(R"({"items":{"id":7,"text":"only"}})");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].external_id == "7");
}

TEST_CASE("an empty list is an empty answer, one that is missing or null is drift", "[extract]") {
  CHECK(read(R"({"items":[]})").drift.empty());
  CHECK(read(R"({"items":{}})").drift.empty());
  CHECK(read(R"({"things":[]})").drift ==
        std::vector<std::string>{"source drifted: /items is missing"});
  CHECK(read(R"({"items":null})").drift ==
        std::vector<std::string>{"source drifted: /items is null, not a list"});
  CHECK(read(R"({"items":"none"})").drift ==
        std::vector<std::string>{"source drifted: /items is a text, not a list"});
}

TEST_CASE("a service's words for no rating are none and no drift", "[extract]") {
  for (const std::string none : {"N/A", "-", "not rated", "Sin valoración", "fără notă", "—"}) {
    const Extraction extraction =
        read(R"({"items":[{"id":7,"text":"it","stars":")" + none + R"("}]})");
    INFO(none);
    REQUIRE(extraction.posts.size() == 1);
    CHECK_FALSE(extraction.posts[0].rating);
    CHECK(extraction.drift.empty());
  }
  CHECK(read(R"({"items":[{"id":7,"text":"it","stars":"many"}]})").drift.size() == 1);
}

TEST_CASE("an optional list may be null, but nothing else in its place", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].list_required = false;
  CHECK(read(R"({"items":null})", spec).drift.empty());
  CHECK(read(R"({})", spec).drift.empty());
  CHECK(read(R"({"items":7})", spec).drift ==
        std::vector<std::string>{"source drifted: /items is a number, not a list"});
}

TEST_CASE("a list may be missing where the answer is one that has none", "[extract]") {
  const std::vector<std::string> drift = {"source drifted: /items is missing"};
  ExtractorSpec spec = talk();
  spec.items[0].list_required = false;
  CHECK(read(R"({"status":"maintenance"})", spec).drift.empty());
  spec.items[0].instead = {"/total"};
  CHECK(read(R"({"total":0})", spec).drift.empty());
  CHECK(read(R"({"items":[{"id":7,"text":"only"}]})", spec).posts.size() == 1);
  for (const std::string_view other :
       {"{}", "[]", R"({"status":"maintenance"})", R"({"total":null})"})
    CHECK(read(other, spec).drift == drift);
  spec.items[0].instead = {"{}"};
  CHECK(read("{}", spec).drift.empty());
  for (const std::string_view other : {"[]", "null", R"({"status":"maintenance"})"})
    CHECK(read(other, spec).drift == drift);
}

TEST_CASE("an answer that is a list is not one that holds nothing, or something else",
          "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].list = {""};
  spec.items[0].only_if = {"/public"};
  spec.items[0].required = {PostField::id};
  CHECK(read("[]", spec).drift.empty());
  CHECK(read("{}", spec).drift == std::vector<std::string>{"source drifted: the list is missing"});
  CHECK(read("null", spec).drift ==
        std::vector<std::string>{"source drifted: the answer is null, not a list"});
  const Extraction maintenance = read(R"({"public":false,"status":"maintenance"})", spec);
  CHECK(maintenance.drift == std::vector<std::string>{"source drifted: /id is missing"});
  CHECK(maintenance.skipped == 0);
  CHECK(read(R"({"id":7,"text":"not for you"})", spec).skipped == 1);
  CHECK(read(R"([{"text":"a repost"}])", spec).skipped == 1);
}

TEST_CASE("an error's words are found where a source says, short and on one line", "[extract]") {
  ExtractorSpec spec = talk();
  Page page;
  page.url = "https://talk.example/api";
  page.body = R"({"error":{"code":403,"message":"API key not valid.\nPass a valid one."}})";
  CHECK(error_words(page, spec) == std::nullopt);
  spec.error = {"/error/message"};
  CHECK(error_words(page, spec) == "\"API key not valid. Pass a valid one.\"");
  page.body = R"({"error":{"message":")" + std::string(1000, 'x') + "\"}}";
  CHECK(error_words(page, spec)->size() < 200);
  page.body = "<html>no</html>";
  CHECK(error_words(page, spec) == std::nullopt);
  page.body = R"({"message":"else"})";
  CHECK(error_words(page, spec) == std::nullopt);
}

TEST_CASE("a required text may be empty, but its key has to stand", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].required.push_back(PostField::text);
  const Extraction extraction = read(
      R"({"items":[{"id":1,"text":"","stars":4},{"id":2,"stars":4},{"id":3,"text":null},{"id":4,"text":"so"}]})",
      spec);
  REQUIRE(extraction.posts.size() == 2);
  CHECK(extraction.posts[0].external_id == "1");
  CHECK(extraction.posts[1].external_id == "4");
  CHECK(extraction.drift == std::vector<std::string>{"source drifted: /items/1/text is missing",
                                                     "source drifted: /items/2/text is missing"});
}

TEST_CASE("a whole number is one, also where a point is written", "[extract]") {
  const Extraction extraction = read(R"({"items":[{"id":8000000000.0,"at":1764000000.0}]})");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].external_id == "8000000000");
  CHECK(extraction.posts[0].posted_at == parse_iso8601("2025-11-24T16:00:00Z"));
}

TEST_CASE("replies keep the document's order and their parents", "[extract]") {
  const Extraction extraction =
      read(R"({"items":[{"id":1,"replies":[{"id":2,"replies":[{"id":3}]},{"id":4}]},{"id":5}]})");
  REQUIRE(extraction.posts.size() == 5);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(extraction.posts[i].external_id == std::to_string(i + 1));
  CHECK(extraction.posts[2].parent == "2");
  CHECK(extraction.posts[3].parent == "1");
  CHECK(extraction.posts[4].parent == std::nullopt);
}

TEST_CASE("replies stand in several places and are about what they answer", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::title] = {"/title"};
  spec.items[0].fields[PostField::parent] = {"{/thread}"};
  const Extraction extraction =
      read(R"({"items":[{"id":1,"title":"Kettles","thread":"t","replies":[{"id":2,"thread":"t",)"
           R"("replies":[{"id":3,"thread":"t"}]}],"answers":{"list":[{"id":4},7]}}]})",
           spec);
  REQUIRE(extraction.posts.size() == 4);
  const std::vector<std::string> parents = {"t", "1", "2", "1"};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(extraction.posts[i].external_id == std::to_string(i + 1));
    CHECK(extraction.posts[i].parent == parents[i]);
    CHECK(extraction.posts[i].item.value_or("") == (i == 0 ? "" : "Kettles"));
  }
  CHECK(extraction.drift ==
        std::vector<std::string>{"source drifted: /items/0/answers/list/1/id is missing"});
}

TEST_CASE("a text in blocks is read a line each", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::text] = {"lines:/content,/text,/more/title"};
  const Extraction extraction =
      read(R"({"items":[{"id":1,"content":[{"text":"One"},{"text":" "},{"image":1},)"
           R"({"more":{"title":"Two"},"text":3},"four"]},{"id":2,"content":[]},{"id":3}]})",
           spec);
  REQUIRE(extraction.posts.size() == 3);
  CHECK(extraction.posts[0].text == "One\nTwo");
  CHECK(extraction.posts[1].text.empty());
  CHECK(extraction.drift.empty());
}

TEST_CASE("a field of another type leaves its item out", "[extract]") {
  const Extraction extraction = read(
      R"({"items":[{"id":1,"text":{"html":"x"}},{"id":[1]},{"id":3,"likes":true},{"id":4,"stars":[4]},{"id":5,"text":"ok","likes":"1,204"}]})");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].reach == 1204);
  CHECK(extraction.left_out == 4);
  CHECK(extraction.drift.at(0) == "source drifted: /items/0/text is an object, not a text");
  CHECK(extraction.drift.at(3) == "source drifted: /items/3/stars is an array, not a rating");
}

TEST_CASE("values that cannot be read are told, and the posts stored without them", "[extract]") {
  const Extraction extraction = read(
      R"({"items":[{"id":1,"stars":7,"likes":"many","at":"n/a"},{"id":2,"stars":"0","likes":""},)"
      R"({"id":3,"stars":"excellent\nand more than forty letters of that"},{"id":4,"at":null}]})");
  REQUIRE(extraction.posts.size() == 4);
  CHECK(extraction.left_out == 0);
  CHECK(extraction.posts[0].rating == std::nullopt);
  CHECK(extraction.posts[0].reach == std::nullopt);
  CHECK(extraction.posts[0].posted_at == std::nullopt);
  CHECK(
      extraction.drift ==
      std::vector<std::string>{
          R"(source drifted: /items/0/at is no time: "n/a"; the post is stored without it)",
          R"(source drifted: /items/0/stars is not from 1 to 5: "7"; 3 posts are stored without it)",
          R"(source drifted: /items/0/likes is no number: "many"; the post is stored without it)"});
}

TEST_CASE("an expected value that is missing is told, and the posts stored without it",
          "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].expected = {PostField::posted_at};
  const Extraction extraction = read(
      R"({"items":[{"id":1,"at":"2026-11-24"},{"id":2},{"id":3,"at":null},{"id":4,"at":"n/a"}]})",
      spec);
  CHECK(extraction.posts.size() == 4);
  CHECK(extraction.left_out == 0);
  CHECK(extraction.drift ==
        std::vector<std::string>{
            "source drifted: /items/1/at is missing; 3 posts are stored without it"});
}

TEST_CASE("a required value that cannot be read leaves its item out", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].required = {PostField::rating, PostField::posted_at};
  const Extraction extraction =
      read(R"({"items":[{"stars":7,"at":"2026-01-02"},{"stars":3,"at":"soon"}]})", spec);
  CHECK(extraction.posts.empty());
  CHECK(extraction.drift ==
        std::vector<std::string>{R"(source drifted: /items/0/stars is not from 1 to 5: "7")",
                                 R"(source drifted: /items/1/at is no time: "soon")"});
}

TEST_CASE("a required value that says that there is none leaves its item out", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].rating_none = 0;
  const std::string_view answer =
      R"({"items":[{"id":1,"at":0,"stars":0},{"id":2,"at":"0","stars":0},{"id":3,"at":false},{"id":false,"at":"2026-11-20"}]})";
  const Extraction lenient = read(answer, spec);
  CHECK(lenient.posts.size() == 3);
  CHECK(lenient.drift ==
        std::vector<std::string>{"source drifted: /items/3/id says that there is none: false"});
  spec.items[0].required = {PostField::posted_at};
  CHECK(read(answer, spec).posts.size() == 1);
  CHECK(read(answer, spec).drift ==
        std::vector<std::string>{"source drifted: /items/0/at says that there is none: 0",
                                 "source drifted: /items/1/at says that there is none: 0",
                                 "source drifted: /items/2/at says that there is none: false"});
  spec.items[0].required = {PostField::rating};
  CHECK(read(answer, spec).drift.front() ==
        "source drifted: /items/0/stars says that there is none: 0");
}

TEST_CASE("an address that is none is told", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::url] = {"/link"};
  const Extraction extraction = read(R"({"items":[{"id":1,"link":"javascript:1"}]})", spec);
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].url == std::nullopt);
  CHECK(extraction.drift ==
        std::vector<std::string>{"source drifted: /items/0/link is no address: "
                                 "\"javascript:1\"; the post is stored without it"});
}

TEST_CASE("drift is told twenty times, not ten thousand", "[extract]") {
  std::string json = R"({"items":[)";
  for (int i = 0; i < 10'000; ++i) json += "{},";
  json += "{}]}";
  const Extraction extraction = read(json);
  CHECK(extraction.left_out == 10'001);
  CHECK(extraction.drift.size() == 21);
}

TEST_CASE("a rating outside its scale is none", "[extract]") {
  const Extraction extraction = read(
      R"({"items":[{"id":1,"stars":4.5},{"id":2,"stars":"7"},{"id":3,"stars":"4,5"},{"id":4,"stars":""},{"id":5,"stars":"8/10"}]})");
  CHECK(extraction.posts.at(0).rating == Rating{4.5, 5.0, 1.0});
  CHECK(extraction.posts.at(1).rating == std::nullopt);
  CHECK(extraction.posts.at(2).rating == Rating{4.5, 5.0, 1.0});
  CHECK(extraction.posts.at(3).rating == std::nullopt);
  CHECK(extraction.posts.at(4).rating == Rating{8.0, 10.0, 1.0});
}

TEST_CASE("a rating may be a percentage or have an exponent, and a flag has a scale of its own",
          "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].rating_best = 10;
  spec.items[0].rating_worst = 0;
  const std::string_view answer =
      R"({"items":[{"id":1,"stars":"80%"},{"id":2,"stars":"1e1"},{"id":3,"stars":true},{"id":4,"stars":"120 %"}]})";
  const Extraction extraction = read(answer, spec);
  CHECK(extraction.posts.at(0).rating == Rating{80.0, 100.0, 0.0});
  CHECK(extraction.posts.at(1).rating == Rating{10.0, 10.0, 0.0});
  CHECK(extraction.posts.at(2).rating == std::nullopt);
  CHECK(extraction.posts.at(3).rating == std::nullopt);
  spec.items[0].rating_best = 1;
  CHECK(read(answer, spec).posts.at(2).rating == Rating{1.0, 1.0, 0.0});
}

TEST_CASE("a post is no parent of its own", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::parent] = {"/to"};
  const Extraction extraction = read(R"({"items":[{"id":1,"to":1},{"id":2,"to":"1"}]})", spec);
  CHECK(extraction.posts.at(0).parent == std::nullopt);
  CHECK(extraction.posts.at(1).parent == "1");
}

TEST_CASE("a total that is no number is told", "[extract]") {
  ExtractorSpec spec = talk();
  spec.total = "/pages";
  CHECK(read(R"({"pages":"3","items":[]})", spec).total == 3);
  CHECK(read(R"({"pages":null,"items":[]})", spec).drift.empty());
  CHECK(read(R"({"pages":"many","items":[]})", spec).drift ==
        std::vector<std::string>{"source drifted: /pages is no number: \"many\""});
  CHECK(read(R"({"pages":{},"items":[]})", spec).drift ==
        std::vector<std::string>{"source drifted: /pages is no number: an object"});
}

TEST_CASE("an object is no list of one beside another place of the list", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].list = {"/items", ""};
  CHECK(read(R"([{"id":1}])", spec).posts.size() == 1);
  CHECK(read(R"({"items":{"id":1}})", spec).posts.size() == 1);
  const Extraction other = read(R"({"total":0})", spec);
  CHECK(other.drift == std::vector<std::string>{"source drifted: /items is missing"});
  CHECK(other.items == 0);
}

TEST_CASE("times are read as epochs, as ISO and in the source's own zone", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].zone = "+02:00";
  const Extraction extraction = read(
      R"({"items":[{"id":1,"at":1795600000},{"id":2,"at":"2026-11-20T10:00:00"},{"id":3,"at":"2026-11-20T10:00:00Z"},{"id":4,"at":null}]})",
      spec);
  CHECK(extraction.posts.at(0).posted_at == from_unix_ms(1'795'600'000'000));
  CHECK(extraction.posts.at(1).posted_at == parse_iso8601("2026-11-20T08:00:00Z"));
  CHECK(extraction.posts.at(2).posted_at == parse_iso8601("2026-11-20T10:00:00Z"));
  CHECK(extraction.posts.at(3).posted_at == std::nullopt);
}

TEST_CASE("what a text quotes in its markup is left out, unless nothing else is there",
          "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].markup[PostField::text] = Markup::html;
  const Extraction extraction = read(
      R"({"items":[{"id":1,"text":"<blockquote><p>It broke.</p></blockquote><p>Not &amp; never mine.</p>"},
      {"id":2,"text":"Thanks<div class=\"gmail_quote\">On Monday Ana wrote: it broke</div>"},
      {"id":3,"text":"<blockquote>It broke.</blockquote>"}]})",
      spec);
  REQUIRE(extraction.posts.size() == 3);
  CHECK(extraction.posts[0].text == "Not & never mine.");
  CHECK(extraction.posts[1].text == "Thanks");
  CHECK(extraction.posts[2].text == "It broke.");
}

TEST_CASE("what is no JSON is refused with where and why", "[extract]") {
  for (const std::string_view body :
       {std::string_view("<html>"), std::string_view("{\"items\":[", 10), std::string_view(""),
        std::string_view("{\"items\":[\0", 11)}) {
    const auto extraction = try_read(body, talk());
    REQUIRE(!extraction);
    CHECK(extraction.error().code == Errc::malformed);
    CHECK(extraction.error().where == "https://talk.example/api");
  }
}

TEST_CASE("a step's variables are taken from each item that has them all", "[extract]") {
  ExtractorSpec spec = talk();
  spec.each.push_back({"story", {"/items"}, {{"id", {"/id"}}}, {}, {"/count=0"}});
  const Extraction extraction =
      read(R"({"items":[{"id":1,"count":2},{"id":2,"count":0},{"count":5}]})", spec);
  REQUIRE(extraction.each.at("story").size() == 1);
  CHECK(extraction.each.at("story")[0].at("id") == "1");
}

TEST_CASE("control characters and foreign escapes in JSON cost no answer", "[extract]") {
  const Extraction extraction = read("{\"items\":[{\"id\":1,\"text\":\"a\x01 \\q \n b\"}]}");
  REQUIRE(extraction.posts.size() == 1);
  CHECK(extraction.posts[0].text.find('q') != std::string::npos);
}

TEST_CASE("an error in words is told, a page in place of JSON is not", "[extract]") {
  const auto sentence = try_read("Your query was too short.\n", talk());
  REQUIRE(!sentence);
  CHECK(sentence.error().what.ends_with("it says: \"Your query was too short.\""));
  const auto page = try_read("<html>Your query was too short.</html>", talk());
  REQUIRE(!page);
  CHECK(page.error().what.find("it says") == std::string::npos);
}

TEST_CASE("an answer that says that it is an error is none", "[extract]") {
  ExtractorSpec spec = talk();
  spec.error = {"/message", "/error"};
  const auto refused = try_read(R"({"message":"Forbidden\u0007 here","items":[{"id":1}]})", spec);
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(refused.error().what.starts_with("the service says: \"Forbidden"));
  CHECK(!try_read(R"({"error":{"code":5}})", spec));
  CHECK(!try_read(R"({"error":true})", spec));
  for (const std::string_view fine :
       {R"({"error":null,"items":[]})", R"({"error":false,"items":[]})",
        R"({"error":0,"items":[]})", R"({"items":[]})"})
    CHECK(try_read(fine, spec));
}

TEST_CASE("an error that says nothing is none", "[extract]") {
  ExtractorSpec spec = talk();
  spec.error = {"/error"};
  for (const std::string_view nothing : {R"("")", R"(" \n")", "{}", "[]", "null"})
    CHECK(read(R"({"error":)" + std::string(nothing) + R"(,"items":[{"id":1}]})", spec)
              .posts.size() == 1);
}

TEST_CASE("an error that is no text is told by its message, else by its JSON", "[extract]") {
  ExtractorSpec spec = talk();
  spec.error = {"/error"};
  const auto said = [&](std::string_view error) {
    const auto read = try_read(R"({"error":)" + std::string(error) + "}", spec);
    return read ? "" : read.error().what;
  };
  CHECK(said(R"({"code":5,"message":"Slow down."})") == "the service says: \"Slow down.\"");
  CHECK(said(R"({"code":5})") == R"(the service says: "{"code":5}")");
  CHECK(said(R"([{"detail":"No such shop."}])") == "the service says: \"No such shop.\"");
  CHECK(said(R"(["No key.","No shop."])") == R"(the service says: "["No key.","No shop."]")");
  spec.format = Format::jsonl;
  spec.error = {"/0/error"};
  CHECK(said(R"({"message":"Slow down."})") == "the service says: \"Slow down.\"");
}

TEST_CASE("a byte that is no UTF-8 costs no answer, and is a letter where it was one",
          "[extract]") {
  Page page;
  page.url = "https://talk.example/api";
  page.body = "{\"items\":[{\"id\":1,\"text\":\"Caf\xE9\"},{\"id\":2,\"text\":\"ok\"}]}";
  const auto texts = [&](std::string_view type) {
    page.headers = {{"Content-Type", std::string(type)}};
    const auto extraction = extract_page(page, talk(), now);
    std::vector<std::string> all;
    if (extraction)
      for (const Post& post : extraction->posts) all.push_back(post.text);
    return all;
  };
  CHECK(texts("application/json") == std::vector<std::string>{"Café", "ok"});
  CHECK(texts("application/json; charset=utf-8") == std::vector<std::string>{"Café", "ok"});
  CHECK(texts("application/json; charset=iso-8859-1") ==
        std::vector<std::string>{"Caf\xC3\xA9", "ok"});
  CHECK(texts("application/json; charset=martian") == std::vector<std::string>{"Café", "ok"});
  page.body = "{\"items\":[{\"id\":1,\"text\":\"a\nb \\x Caf\xE9\"}]}";
  CHECK(texts("application/json; charset=latin1").size() == 1);
  page.body = "{\"items\":[{\"id\":1,\"text\":\"Caf\xC3\xA9\"}]}";
  CHECK(texts("application/json; charset=iso-8859-1") == std::vector<std::string>{"Caf\xC3\xA9"});
}

TEST_CASE("lines of JSON are a list", "[extract]") {
  ExtractorSpec spec = talk();
  spec.format = Format::jsonl;
  spec.items[0].list = {""};
  CHECK(read("{\"id\":1}\r\n\n{\"id\":2}", spec).posts.size() == 2);
  CHECK(read("", spec).posts.empty());
  CHECK(!try_read("{\"id\":1}\n{\"id\":", spec));
}

TEST_CASE("a text's end, a Range header, a list of ids and a last element can be asked for",
          "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::url] = {"https://talk.example/{tail:/uri}"};
  spec.cursor = "/items/-/id";
  spec.each.push_back(
      {"more", {"/items"}, {{"ids", {"/ids"}}, {"range", {"range:/at,/size"}}}, {}, {}});
  const Extraction extraction = read(R"({"items":[
    {"id":1,"uri":"at://x/post/k1","ids":["a","b"],"at":"100","size":50},
    {"id":2,"uri":"k2","ids":["a",{"b":1}],"at":0,"size":1},
    {"id":3,"ids":["c"],"at":"-1","size":1},
    {"id":4,"ids":["c"],"at":"5","size":0},
    {"id":5,"ids":["c"],"at":"99999999999999999999","size":1}]})",
                                     spec);
  CHECK(extraction.posts.at(0).url == "https://talk.example/k1");
  CHECK(extraction.posts.at(1).url == "https://talk.example/k2");
  CHECK(extraction.cursor == "5");
  REQUIRE(extraction.each.at("more").size() == 1);
  CHECK(extraction.each.at("more")[0] == Variables{{"ids", "a,b"}, {"range", "bytes=100-149"}});
  CHECK_FALSE(read(R"({"items":[]})", spec).cursor);
}

TEST_CASE("an answer that only leads on counts where it leads, and drifts where it leads nowhere",
          "[extract]") {
  ExtractorSpec spec;
  spec.each.push_back({"page", {"/rows"}, {{"url", {"/1"}}}, {}, {"/0=name"}});
  const Extraction found =
      read(R"({"rows":[["name","url"],["a","https://a.example/"],["b"]]})", spec);
  CHECK(found.items == 1);
  CHECK(found.drift.empty());
  CHECK(read(R"({"rows":[["name","url"]]})", spec).drift.empty());
  CHECK(read(R"({"rows":[["b"]]})", spec).drift ==
        std::vector<std::string>{"source drifted: /rows/0/1 is missing"});
  CHECK(read(R"({"lines":[]})", spec).drift ==
        std::vector<std::string>{"source drifted: /rows is missing"});
}

TEST_CASE("a reply names what it answers by another key than that one's id", "[extract]") {
  ExtractorSpec spec = talk();
  ItemSpec& items = spec.items[0];
  items.fields[PostField::id] = {"/uri"};
  items.fields[PostField::parent] = {"thread-{/thread}"};
  items.key = "/id";
  items.answers = "/to";
  items.known = {{"{root}", "{root_uri}"}, {"{absent}", "x"}};
  spec.variables = {{"root", "9"}, {"root_uri", "far/9"}};
  const Extraction extraction = read(R"({"items":[
    {"id":2,"uri":"far/2","to":1},
    {"id":1,"uri":"near/1","to":null,"thread":7},
    {"id":3,"uri":"far/3","to":"9","thread":7},
    {"id":4,"uri":"far/4","to":8,"thread":7},
    {"id":5,"uri":"far/5","to":5},
    {"id":6,"uri":"far/6","to":0,"thread":7},
    {"uri":"far/7","to":{"id":1},"thread":7}]})",
                                     spec);
  REQUIRE(extraction.posts.size() == 7);
  const auto parent = [&](std::size_t i) { return extraction.posts[i].parent.value_or("none"); };
  CHECK(parent(0) == "near/1");
  CHECK(parent(1) == "thread-7");
  CHECK(parent(2) == "far/9");
  CHECK(parent(3) == "none");  // not in this answer: unknown rather than wrong
  CHECK(parent(4) == "none");  // nothing answers itself
  CHECK(parent(5) == "thread-7");
  CHECK(parent(6) == "thread-7");
}

TEST_CASE("a reply's place in the tree counts before what is said of all", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].fields[PostField::parent] = {"/parent", "thread"};
  spec.items[0].fields[PostField::title] = {"thread"};
  const Extraction extraction =
      read(R"({"items":[{"id":1,"replies":[{"id":2,"replies":[{"id":3,"parent":1}]}]}]})", spec);
  REQUIRE(extraction.posts.size() == 3);
  CHECK(extraction.posts[0].parent == "thread");
  CHECK(extraction.posts[1].parent == "1");
  CHECK(extraction.posts[2].parent == "1");
}

TEST_CASE("a piece of a path is counted from its beginning or its end", "[extract]") {
  ExtractorSpec spec = talk();
  for (const auto& [selector, wanted] :
       std::vector<std::pair<std::string, std::string>>{{"piece:1:/path", "0"},
                                                        {"piece:2:/path", "12"},
                                                        {"piece:-1:/path", "345"},
                                                        {"piece:-2:/path", "12"},
                                                        {"piece:-3:/path", "0"},
                                                        {"piece:-4:/path", "none"},
                                                        {"piece:4:/path", "none"},
                                                        {"piece:0:/path", "none"},
                                                        {"piece:x", "none"},
                                                        {"piece:-2147483649:/path", "none"},
                                                        {"piece:1:/id", "7"},
                                                        {"piece:1:/none", "none"}}) {
    INFO(selector);
    spec.items[0].fields[PostField::title] = {"{" + selector + "}"};
    const Extraction extraction = read(R"({"items":[{"id":7,"path":"0.12.345"}]})", spec);
    CHECK(extraction.posts.at(0).title.value_or("none") == wanted);
  }
}

TEST_CASE("a condition may hold of any element, or of a part of a text", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].skip_if = {"/labels/*/val=!hidden", "/note*=#NoBot"};
  const Extraction extraction = read(R"({"items":[
    {"id":1,"labels":[{"val":"a"},{"val":"!hidden"}]},
    {"id":2,"labels":[{"val":"a"},{"other":1}],"note":"I like bots"},
    {"id":3,"labels":"!hidden"},
    {"id":4,"labels":[],"note":"<p>Cook. #nobot</p>"},
    {"id":5,"labels":[["!hidden"],null,7],"note":["#nobot"]}]})",
                                     spec);
  std::string ids;
  for (const Post& post : extraction.posts) ids += *post.external_id;
  CHECK(ids == "235");
  CHECK(extraction.skipped == 2);
}

TEST_CASE("that there is more may be told by a word, or by one that is missing", "[extract]") {
  ExtractorSpec spec;
  spec.format = Format::json;
  const auto more = [&](const std::string& says, const std::string& body) {
    spec.more = says;
    Page page;
    page.url = "https://a.example/";
    page.body = body;
    const auto answer = extract_page(page, spec, now);
    REQUIRE(answer);
    return answer->more;
  };
  CHECK(more("/state=partial", R"({"state": "partial"})") == true);
  CHECK(more("/state=partial", R"({"state": "complete"})") == false);
  CHECK(more("/-/1=", R"([["2020", "https://a.example/"], [], ["key"]])") == true);
  CHECK(more("/-/1=", R"([["2020", "https://a.example/"]])") == false);
  CHECK(more("/more", R"({"more": false})") == false);
}

TEST_CASE("an item may say that its post is no more", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].only_if = {"/kind=post"};
  spec.items[0].gone_if = {"/deleted", "/who=[deleted]"};
  spec.items.push_back(spec.items[0]);
  spec.items[1].gone_if = {};
  spec.items[1].only_if = {"/kind=stub"};
  const Extraction extraction = read(R"({"items":[
    {"id":1,"kind":"post","who":"ana","text":"Warm."},
    {"id":2,"kind":"post","deleted":true},
    {"id":3,"kind":"post","who":"[deleted]","text":""},
    {"id":4,"kind":"advert","deleted":true},
    {"id":5,"kind":"post","deleted":true},
    {"id":5,"kind":"stub","who":"bo","text":"Dry."},
    {"kind":"post","deleted":true}]})",
                                     spec);
  std::string gone;
  for (const DepartedPost& post : extraction.departed) gone += post.external_id;
  CHECK(gone == "23");  // 5 is shown after all
  CHECK(extraction.posts.size() == 2);
  CHECK(extraction.drift.empty());
}

TEST_CASE("a word for \"not told\" is no value", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].unknown = {"[REDACTED]"};
  spec.items[0].fields[PostField::author] = {"/who", "/nick"};
  const Extraction extraction = read(
      R"({"items":[{"id":1,"who":"[REDACTED]"},{"id":2,"who":"[REDACTED]","nick":"gus"}]})", spec);
  CHECK_FALSE(extraction.posts.at(0).author);
  CHECK(extraction.posts.at(1).author == "gus");
  spec.items[0].required = {PostField::author};
  CHECK(read(R"({"items":[{"id":1,"who":"[REDACTED]"}]})", spec).drift ==
        std::vector<std::string>{"source drifted: /items/0/who is missing"});
}

TEST_CASE("a word of the answer may say that it is an error", "[extract]") {
  ExtractorSpec spec = talk();
  spec.error = {"/status=DENIED", "/success=2"};
  const auto denied = try_read(R"({"status":"DENIED","items":[{"id":1}]})", spec);
  REQUIRE(!denied);
  CHECK(denied.error().what == "the service says: \"status=DENIED\"");
  CHECK(!try_read(R"({"success":2})", spec));
  CHECK(try_read(R"({"status":"OK","success":1,"items":[]})", spec));
  CHECK(try_read(R"({"status":{"DENIED":1},"items":[]})", spec));
}

TEST_CASE("a list of ids that no request takes at once makes several", "[extract]") {
  ExtractorSpec spec = talk();
  spec.each.push_back({"more", {"/tree"}, {{"ids", {"/ids"}}}, {}, {}});
  spec.each[0].children = "/below";
  spec.each.push_back({"whole", {""}, {{"ids", {"/items/*/id"}}}, {}, {}});
  std::string ids;
  for (int i = 0; i < 250; ++i) ids += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\"";
  const Extraction extraction =
      read(R"({"items":[{"id":1},{"name":"x"},{"id":2}],"tree":[{"ids":["a"],"below":[{"ids":[)" +
               ids + R"(]},{"ids":["a"]}]},{"ids":[]},{"ids":[{"id":1}]}]})",
           spec);
  const std::vector<Variables>& more = extraction.each.at("more");
  REQUIRE(more.size() == 4);  // the same list is asked for once
  CHECK(more[0].at("ids") == "a");
  CHECK(more[1].at("ids").starts_with("0,1,"));
  CHECK(more[2].at("ids").starts_with("100,"));
  CHECK(more[3].at("ids").ends_with(",249"));
  REQUIRE(extraction.each.at("whole").size() == 1);
  CHECK(extraction.each.at("whole")[0].at("ids") == "1,2");
}

TEST_CASE("what an item of the answer is named by leads nowhere", "[extract]") {
  ExtractorSpec spec = talk();
  spec.items[0].answers = "/to";
  spec.each.push_back({"answered", {"/items"}, {{"id", {"/to"}}}, {}, {}});
  spec.each[0].unless_here = "/to";
  const Extraction extraction =
      read(R"({"items":[{"id":1},{"id":2,"to":1},{"id":3,"to":8},{"id":4,"to":8}]})", spec);
  CHECK(extraction.each.at("answered") == std::vector<Variables>{{{"id", "8"}}});
}

TEST_CASE("a list that is no list of posts says how far back it reaches", "[extract]") {
  ExtractorSpec spec = talk();
  spec.oldest = "/found/-/at";
  CHECK(
      read(R"({"items":[],"found":[{"at":"2026-11-20T10:00:00Z"},{"at":"2026-11-19T10:00:00Z"}]})",
           spec)
          .oldest == parse_iso8601("2026-11-19T10:00:00Z"));
  CHECK_FALSE(read(R"({"items":[],"found":[{"at":"soon"}]})", spec).oldest);
  CHECK_FALSE(read(R"({"items":[],"found":[]})", spec).oldest);
}

}  // namespace testigo::extract
