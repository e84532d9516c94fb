#include "extract/json_fields.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::extract;

namespace {

const std::string answer = R"({"site":"Acme","hits":[
    {"id":1,"by":{"name":"Ana","name":"Ion"},"a/b":"odd","kind":"good","list":["x","y"]},
    {"kind":"else","title":" ","subject":"S","id":"2"},
    "no object",
    {"id":3,"id":4}]})";

ItemSpec spec() {
  ItemSpec items;
  items.fields = {
      {PostField::id, {"/id"}},
      {PostField::author, {"/by/name", "^/site"}},
      {PostField::title, {"/title", "/subject", "/a~1b"}},
      {PostField::url, {"https://x.example/{/id}/{/list/1}", "https://x.example/{/id}"}},
      {PostField::rating, {"/kind"}},
      {PostField::text, {""}}};
  items.values = {{PostField::rating, {{"good", "5"}}}};
  return items;
}

}  // namespace

TEST_CASE("what is found for many items is what is found for each alone", "[extract]") {
  const Page page;
  const ExtractorSpec source;
  const ItemSpec items = spec();
  formats::JsonKeys keys;  // numbered in a document that is picked
  for (const char* key : {"site", "hits", "id", "by", "name", "a/b", "kind", "list", "subject"})
    keys.add(key);
  for (const auto& document : {formats::read_json(answer), formats::pick_json(answer, keys)}) {
    REQUIRE(document);
    const JsonValues values(page, document->root(), source);
    JsonFields fields(items, values);
    for (const formats::JsonNode item : formats::find(document->root(), "/hits").items()) {
      const auto look_up = [&](std::string_view at) { return values.look_up(item, at); };
      const FoundFields alone = find_fields({"", look_up}, items);
      const FoundFields& found = fields.of(item);
      for (std::size_t field = 0; field < post_field_count; ++field) {
        INFO(to_string(static_cast<PostField>(field)));
        CHECK(found[field].found.kind() == alone[field].found.kind());
        CHECK(found[field].found.text() == alone[field].found.text());
        CHECK(found[field].selector == alone[field].selector);
      }
    }
  }
}

TEST_CASE("fields are found in members, within them, at the root and by templates", "[extract]") {
  Page page;
  const ExtractorSpec source;
  const ItemSpec items = spec();
  const auto document = formats::read_json(answer);
  REQUIRE(document);
  const JsonValues values(page, document->root(), source);
  JsonFields fields(items, values);
  const auto text = [&](std::string_view item, PostField field) {
    const FoundFields& found = fields.of(formats::find(document->root(), item));
    return std::string(found[static_cast<std::size_t>(field)].found.text());
  };
  CHECK(text("/hits/0", PostField::author) == "Ion");
  CHECK(text("/hits/0", PostField::title) == "odd");
  CHECK(text("/hits/0", PostField::url) == "https://x.example/1/y");
  CHECK(text("/hits/0", PostField::rating) == "5");
  CHECK(text("/hits/1", PostField::author) == "Acme");
  CHECK(text("/hits/1", PostField::title) == "S");
  CHECK(text("/hits/1", PostField::url) == "https://x.example/2");
  CHECK(text("/hits/1", PostField::rating).empty());
  CHECK(text("/hits/2", PostField::text) == "no object");
  CHECK(text("/hits/2", PostField::id).empty());
  CHECK(text("/hits/3", PostField::id) == "4");
}
