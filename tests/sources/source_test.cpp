#include "sources/source.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace testigo::sources {
namespace {

const std::string minimal = R"(title = "Acme talk"
gives = ["posts"]
format = "json"
[request]
url = "https://acme.example/api"
[items]
list = "/items"
required = ["id"]
[items.fields]
id = "/id"
text = "/text"
)";

Error error_of(const std::string& toml) {
  const auto source = load_source("rules/sources/acme.toml", toml);
  REQUIRE(!source);
  return source.error();
}

bool says(const Error& error, std::string_view words) {
  INFO(describe(error));
  return error.what.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a small source loads with its defaults", "[sources]") {
  const auto source = load_source("rules/sources/acme.toml", minimal);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  CHECK(source->id.value == "acme");
  CHECK(source->steps.size() == 1);
  CHECK(source->gap == std::chrono::milliseconds(1000));
  CHECK(source->auth.kind == AuthKind::none);
  CHECK(source->terms.store);
  CHECK(source->robots);
  CHECK_FALSE(source->cookies);
  const extract::ItemSpec& items = source->steps[0].extractor.items.at(0);
  CHECK(items.list == extract::Selector{"/items"});
  CHECK(items.fields.at(extract::PostField::text) == extract::Selector{"/text"});
  CHECK(items.list_required);
}

TEST_CASE("a source may ask for cookies to be kept", "[sources]") {
  CHECK(load_source("rules/sources/acme.toml", "cookies = true\n" + minimal)->cookies);
  CHECK(says(error_of("cookies = \"yes\"\n" + minimal), "cookies"));
}

TEST_CASE("a misspelt key is refused with the key that was meant", "[sources]") {
  const Error error = error_of("tittle = \"x\"\n" + minimal);
  CHECK(error.code == Errc::malformed);
  CHECK(says(error, "title"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:1:"));
}

TEST_CASE("a misspelt field is refused where it stands", "[sources]") {
  const Error error = error_of(minimal + "autor = \"/a\"\n");
  CHECK(says(error, "did you mean \"author\"?"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:12:"));
}

TEST_CASE("a word for a rating that is no number is refused where it stands", "[sources]") {
  const std::string rated = minimal + "rating = \"/r\"\n[items.values.rating]\n";
  const Error error = error_of(rated + "bad = \"1\"\ngood = \"great\"\n");
  CHECK(says(error, "\"great\" is no number: say how many good is on the rating's scale"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:15:"));
  CHECK(load_source("rules/sources/acme.toml", rated + "bad = \"1\"\nunsure = \"\"\n"));
}

TEST_CASE("a value of another type is refused", "[sources]") {
  const Error error = error_of("tier = \"one\"\n" + minimal);
  CHECK(says(error, "tier"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:1:"));
}

TEST_CASE("a tier that does not exist is refused", "[sources]") {
  CHECK(says(error_of("tier = 7\n" + minimal), "between 1 and 3"));
}

TEST_CASE("a variable that nobody gives is refused", "[sources]") {
  std::string toml = minimal;
  toml.replace(toml.find("/api"), 4, "/{app_ip}");
  toml += "[parameters.app_id]\nabout = \"the app\"\n";
  CHECK(says(error_of(toml), "did you mean \"app_id\"?"));
}

TEST_CASE("a language, an address or a header that cannot be is refused", "[sources]") {
  CHECK(says(error_of("language = \"spanglish\"\n" + minimal), "\"spanglish\" is no language"));
  CHECK(load_source("rules/sources/acme.toml", "language = \"pt-BR\"\n" + minimal));
  const auto with = [](const std::string& old, const std::string& put) {
    std::string toml = minimal;
    return toml.replace(toml.find(old), old.size(), put);
  };
  const Error user = error_of(with("https://", "https://ana:secret@"));
  CHECK(says(user, "see [auth]"));
  CHECK(user.where.starts_with("rules/sources/acme.toml:5:"));
  CHECK(user.what.find("secret") == std::string::npos);
  CHECK(load_source("rules/sources/acme.toml", with("/api", "/@acme")));
  const std::string broken = R"(headers = { Accept = "a\r\nCookie: b" })";
  CHECK(says(error_of(with("[items]", broken + "\n[items]")), "a header is one line"));
}

TEST_CASE("a source without a request is refused", "[sources]") {
  CHECK(says(error_of("title = \"x\"\nformat = \"feed\"\n"), "[request]"));
}

TEST_CASE("a list that is no JSON Pointer is refused", "[sources]") {
  std::string toml = minimal;
  toml.replace(toml.find("\"/items\""), 8, "\"items\"");
  CHECK(says(error_of(toml), "JSON Pointer"));
}

TEST_CASE("an XPath that does not compile is refused when the source is loaded", "[sources]") {
  const Error error = error_of(R"(title = "x"
format = "html"
[request]
url = "https://acme.example/"
[items]
list = "//article[@class='post'"
[items.fields]
text = "."
)");
  CHECK(says(error, "XPath"));
}

TEST_CASE("a file that is not TOML names its line", "[sources]") {
  const Error error = error_of("title = \"x\"\nformat = \n");
  CHECK(error.where.starts_with("rules/sources/acme.toml:2"));
}

TEST_CASE("a gap without a unit is refused", "[sources]") {
  CHECK(says(error_of(minimal + "[rate]\ngap = \"2\"\n"), "\"2s\""));
}

TEST_CASE("cursor paging needs to know where the cursor stands", "[sources]") {
  CHECK(says(error_of(minimal + "[paging]\nkind = \"cursor\"\n"), "\"cursor\""));
}

TEST_CASE("a kind that does not exist is refused with the one that was meant", "[sources]") {
  CHECK(says(error_of(minimal + "[paging]\nkind = \"cursors\"\n"), "did you mean \"cursor\"?"));
}

TEST_CASE("what a status of nothing may be is said where it is not one", "[sources]") {
  const auto with = [](const std::string& nothing) {
    std::string toml = minimal;
    toml.insert(toml.find("[items]"), "nothing = " + nothing + "\n");
    return toml;
  };
  const auto source = load_source("rules/sources/acme.toml", with("[\"404\", \"403 closed now\"]"));
  REQUIRE(source);
  REQUIRE(source->steps[0].nothing.size() == 2);
  CHECK(source->steps[0].nothing[1].word == "closed now");
  for (const char* wrong : {"\"often\"", "\"199\"", "\"600\"", "\"\""}) {
    const Error error = error_of(with(wrong));
    CHECK(says(error, "\"404\""));
    CHECK(error.where.starts_with("rules/sources/acme.toml:6:"));
  }
  CHECK(says(error_of(with("404")), "nothing"));
}

TEST_CASE("what cannot work is refused at its line, with the way out", "[sources]") {
  struct Row {
    std::string from, to;  // what of the small source becomes what
    std::string where;     // line in it
    std::string words;
  };
  const std::string id = "id = \"/id\"";
  const std::vector<Row> rows = {
      {"\"posts\"", "\"poets\"", "2", "did you mean \"posts\"?"},
      {id, "id = \"id\"", "10", "did you mean \"/id\"?"},
      {id, "id = [\"/id\", \"x\"]", "10", "\"x\" for every item"},
      {id, "id = \"/a~2\"", "10", "\"~0\""},
      {id, "id = \"x{/id\"", "10", "no other half"},
      {id, "id = 7", "10", "must be a string in quotes or an array of such"},
      {id, "id = \"$.user.id\"", "10", "not JSONPath; did you mean \"/user/id\"?"},
      {id, "id = \"/id\"\nauthor = \"user/name\"", "11", "did you mean \"/user/name\"?"},
      {id, "id = \"/id\"\nauthor = \"user.name\"", "11", "did you mean \"/user/name\"?"},
      {id, "id = \"/id\"\nauthor = \"$.user['name']\"", "11", "did you mean \"/user\"?"},
      {id, "id = \"/id\"\nauthor = \"userName\"", "11", "with a capital or a space"},
      {id, "id = \"/id\"\nitem = \"product/name\"", "11", "did you mean \"/product/name\"?"},
      {id, "id = \"/id\"\nrating = \"stars\"", "11", "did you mean \"/stars\"?"},
      {id, "id = \"/id\"\nurl = \"link\"", "11", "did you mean \"/link\"?"},
      {"required", "skip_if = \"deleted\"\nrequired", "8", "did you mean \"/deleted\"?"},
      {"required", "only_if = [\"/a\", \"kind=x\"]\nrequired", "8", "did you mean \"/kind=x\"?"},
      {"/api", "/{product", "5", "has no other half"},
      {"/api", "/{}", "5", "hold no name"},
      {"/api", "/api/{page}", "5", "nothing fills {page}: add [paging] with kind = \"page\""},
      {"[items]", "query = { at = \"{offset}\" }\n[items]", "6", "nothing fills {offset}"},
      {"[items]", "query = { page = \"{page}\" }\n[paging]\nkind = \"link\"\n[items]", "6",
       "nothing fills {page}"},
      {"[items]", "query = { q = \"{term\" }\n[items]", "6", "has no other half"},
      {"[items]", "[auth]\nkind = \"query\"\nname = \"key\"\nenv = \"ACME KEY\"\n[items]", "9",
       "such as \"ACME_KEY\""},
      {"[\"id\"]", "[\"author\"]", "8", "does not say where it stands"},
      {"[\"id\"]", "[\"ids\"]", "8", "did you mean \"id\"?"},
      {"\"/items\"", "\"items\"", "7", "JSON Pointer"},
      {"required", "children = \"kids\"\nrequired", "8", "JSON Pointer"},
      {"required", "zone = \"Mars\"\nrequired", "8", "+02:00"},
      {"[items]", "[paging]\nkind = \"page\"\n[items]", "6", "needs {page}"},
      {"[items]", "[paging]\nkind = \"page\"\npast_empty = true\n[items]", "8",
       "says what the end is"},
      {"[items]", "[paging]\nkind = \"page\"\nspan = \"back\"\n[items]", "8",
       "for paging by before"},
      {"[items]", "[paging]\nkind = \"before\"\ncursor = \"/c\"\nspan = \"back\"\n[items]", "6",
       "needs {until_stamp}"},
      {"[items]",
       "[[step]]\nname = \"r\"\nids = \"a*\"\nfor_each = \"/x\"\n[step.request]\nurl = "
       "\"https://a.example/\"\n[items]",
       "8", "needs recheck = true"},
      {"[items]", "[paging]\nkind = \"offset\"\n[items]", "6", "needs {offset}"},
      {"[items]", "[paging]\nkind = \"cursor\"\ncursor = \"/c\"\n[items]", "6", "needs {cursor}"},
      {"[items]", "[paging]\nkind = \"before\"\ncursor = \"/c\"\n[items]", "6", "needs {cursor}"},
      {"[items]", "[paging]\nkind = \"before\"\n[items]", "6", "paging by before needs \"cursor\""},
      {"required", "key = \"/n\"\nrequired", "8", "needs \"answers\""},
      {"required", "known = { a = \"b\" }\nrequired", "8", "needs \"answers\""},
      {"required", "answers = \"to\"\nrequired", "8", "JSON Pointer"},
      {"required", "answers = \"/a~2\"\nrequired", "8", "\"~0\""},
      {"[items]", "method = \"BREW\"\n[items]", "6", "GET or POST"},
      {"[items]", "body = \"{}\"\n[items]", "6", "method = \"POST\""},
      {"text = \"/text\"", "rating = \"/stars\"", "6", "neither \"text\" nor \"title\""},
      {"\"/text\"", "\"lines:/content\"", "11", "second half"},
      {"\"/text\"", "\"of:title\"", "11", "second half"},
      {"\"/text\"", "\"of:title,/id\"", "11", "second half"},
      {"[items]", "body_type = \"jason\"\n[items]", "6", "json or form"},
      {"[items]", "method = \"POST\"\nbody = '{\"q\": {term}'\n[items]", "7", "neither JSON nor"},
      {"[items]", "method = \"POST\"\nbody = 'kettles'\n[items]", "7", "neither JSON nor"},
      {"[items]", "method = \"POST\"\nbody = 'q={term}'\nbody_type = \"json\"\n[items]", "7",
       "is not JSON once"},
      {"[items]",
       "[[step]]\nname = \"r\"\nrecheck = true\n[step.request]\nurl = "
       "\"https://a.example/{term}\"\n[items]",
       "9", "knows {ids} alone"},
      {"[items]",
       "[[step]]\nname = \"r\"\nrecheck = true\nfor_each = \"/x\"\n[step.request]\nurl = "
       "\"https://a.example/{ids}\"\n[items]",
       "9", "no place beside recheck"},
      {"[items]", "needs = \"tag\"\n[items]", "6", "no parameter \"tag\""},
      {"[items]", "unless = \"tag\"\n[items]", "6", "no parameter \"tag\""},
      {"[items]", "[paging]\nkind = \"cursor\"\ncursor = \"c{/x\"\n[items]", "8", "other half"},
      {"[items]", "[paging]\nkind = \"link\"\nmore = \"/a~b\"\n[items]", "8", "~0"},
      {"[items]", "[rate]\ngap = \"1s\"\nlimited = \"often\"\n[items]", "8", "403 closed"},
  };
  for (const Row& row : rows) {
    std::string toml = minimal;
    toml.replace(toml.find(row.from), row.from.size(), row.to);
    const Error error = error_of(toml);
    INFO(toml << describe(error));
    CHECK(error.where.starts_with("rules/sources/acme.toml:" + row.where + ":"));
    CHECK(says(error, row.words));
  }
}

TEST_CASE("what is no XPath is refused with the XPath of it", "[sources]") {
  const auto error = [](const std::string& list, const std::string& text) {
    return error_of(
        "title = \"x\"\nformat = \"html\"\n[request]\nurl = \"https://acme.example/\"\n"
        "[items]\nlist = \"" +
        list + "\"\n[items.fields]\ntext = \"" + text + "\"\n");
  };
  const Error css = error("li.rv", ".");
  CHECK(says(css, "\"//li[contains(concat(' ',normalize-space(@class),' '),' rv ')]\""));
  CHECK(css.where.starts_with("rules/sources/acme.toml:6:"));
  CHECK(says(error("#list > li.rv", "."), "\"//*[@id='list']/li[contains("));
  CHECK(says(error("//li", "p.body"), "\".//p[contains("));
  const Error unknown = error("//li[matches(@class,'rv')]", ".");
  CHECK(says(unknown, "no function \"matches\""));
  CHECK(says(error("//li[", "."), "\"list\" must be XPath 1.0"));
  CHECK(says(error("//li\"\nskip_if = \"//i[=Ad", "."), "\"skip_if\" must be XPath 1.0"));
  CHECK(says(error("//li\"\nskip_if = \"//i[@class='ad']=Ad", "p.body"), "\".//p[contains("));
}

TEST_CASE("what only JSON can tell is refused elsewhere", "[sources]") {
  std::string page = minimal;
  page.replace(page.find("\"json\""), 6, "\"html\"");
  page.replace(page.find("\"/items\""), 8, "\"//li\"");
  page.replace(page.find("\"/id\""), 5, "\"@id\"");
  page.replace(page.find("\"/text\""), 7, "\"p\"");
  REQUIRE(load_source("rules/sources/acme.toml", page));
  std::string keyed = page;
  keyed.replace(keyed.find("required"), 8, "answers = \"/to\"\nrequired");
  CHECK(says(error_of(keyed), "is for json and jsonl"));
  const std::string step = R"([[step]]
name = "more"
for_each = "//li"
children = "/kids"
format = "json"
[step.request]
url = "https://acme.example/more"
[step.items]
list = "/items"
[step.items.fields]
id = "/id"
)";
  CHECK(says(error_of(page + step), "is for json and jsonl"));
  CHECK(says(error_of(minimal + "[auth]\nkind = \"query\"\nname = \"key\"\nenv = \"ACME_KEY\"\n"
                                "beside = { X-User = \"ACME_USER\" }\n"),
             "is for headers"));
}

TEST_CASE("a text that is the same for all items may be an author or a place", "[sources]") {
  CHECK(load_source("rules/sources/acme.toml",
                    minimal + "author = \"a customer\"\nlocation = \"Vigo\"\n"));
  CHECK(load_source("rules/sources/acme.toml",
                    minimal + "author = \"Anonymous\"\nurl = \"https://acme.example/reviews\"\n"
                              "item = \"acme.example\"\n"));
}

TEST_CASE("an answer that gives nothing and leads nowhere is refused", "[sources]") {
  const std::string request = minimal.substr(0, minimal.find("[items]"));
  CHECK(says(error_of(request), "[items] is missing"));
  CHECK(says(error_of(request + "[items]\nlist = \"\"\nfields = \"x\"\n"), "must be a table"));
}

TEST_CASE("where a list may be missing is said by true or false, or by pointers", "[sources]") {
  const auto with = [](const std::string& value) {
    std::string text = minimal;
    return text.replace(text.find("[items]\n"), 8, "[items]\nlist_optional = " + value + "\n");
  };
  for (const std::string good : {"true", "false", "\"/total\"", "[\"{}\", \"/total\"]"})
    CHECK(load_source("rules/sources/acme.toml", with(good)));
  CHECK(says(error_of(with("\"total\"")), "takes JSON Pointers"));
  CHECK(says(error_of(with("[]")), "true or false"));
  CHECK(says(error_of(with("3")), "list_optional"));
}

TEST_CASE("two steps of one name are refused", "[sources]") {
  const std::string step =
      "[[step]]\nname = \"x\"\nfor_each = \"/a\"\n[step.request]\nurl = \"https://a.example\"\n"
      "[step.items]\nlist = \"\"\n[step.items.fields]\nid = \"/id\"\ntext = \"/t\"\n";
  CHECK(load_source("rules/sources/acme.toml", minimal + step));
  const Error error = error_of(minimal + step + step);
  CHECK(says(error, "a step \"x\" already"));
  CHECK(error.where.starts_with("rules/sources/acme.toml:23:"));
}

TEST_CASE("a source of interest needs no words", "[sources]") {
  std::string toml = minimal;
  toml.replace(toml.find("posts"), 5, "interest");
  toml.replace(toml.find("text ="), 4, "reach");
  CHECK(load_source("rules/sources/acme.toml", toml));
}

TEST_CASE("a step may be like another, but for what it says itself", "[sources]") {
  const std::string step =
      "[[step]]\nname = \"more\"\nlike = \"\"\nfor_each = \"/a\"\n[step.request]\n"
      "url = \"https://acme.example/more\"\n";
  const auto source = load_source("rules/sources/acme.toml", minimal + step);
  INFO((source ? "" : describe(source.error())));
  REQUIRE(source);
  CHECK(source->steps[1].url == "https://acme.example/more");
  CHECK(source->steps[1].extractor.items.at(0).list == extract::Selector{"/items"});
  CHECK(source->steps[1].extractor.each.empty());
  std::string other = step;
  other.replace(other.find("like = \"\""), 9, "like = \"moer\"");
  CHECK(says(error_of(minimal + other), "there is no step \"moer\" above this one"));
}

TEST_CASE("conditions are for what is asked at first", "[sources]") {
  const std::string step =
      "[parameters.tag]\n[[step]]\nname = \"more\"\nfor_each = \"/a\"\nlike = \"\"\n"
      "[step.request]\nurl = \"https://acme.example/more\"\nneeds = \"tag\"\n";
  CHECK(says(error_of(minimal + step), "entry = true"));
}

TEST_CASE("a step that comes from nowhere is refused", "[sources]") {
  const Error error = error_of(minimal + R"([[step]]
name = "comments"
from = "threads"
for_each = "/items"
variables = { id = "/id" }
format = "json"
[step.request]
url = "https://acme.example/c/{id}"
)");
  CHECK(says(error, "threads"));
}

}  // namespace testigo::sources
