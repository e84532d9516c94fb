#include "app/rule_book.h"

#include <catch2/catch.hpp>

#include "core/embedded.h"

using namespace testigo;
using app::RuleBook;

namespace {

const std::string good = R"(title = "Acme talk"
format = "json"
[request]
url = "https://talk.example/q"
[items]
list = "/items"
[items.fields]
text = "/text"
)";

// The built-in rules with these files of a user's own: path below the rules folder → bytes.
RuleBook book_with(const std::vector<std::pair<std::string, std::string>>& own,
                   app::BookParts parts = app::BookParts::all) {
  auto files = *app::rule_files(embedded_files(), std::nullopt);
  for (const auto& [path, bytes] : own) files.push_back({"own/" + path, bytes, true});
  auto book = app::load_rule_book(std::move(files), parts);
  REQUIRE(book);
  return std::move(*book);
}

const SourceId acme("acme");
const SourceId hackernews("hackernews");

}  // namespace

TEST_CASE("a user's source joins the built-in ones or takes the place of one", "[app]") {
  const RuleBook book = book_with({{"sources/acme.toml", good}, {"sources/hackernews.toml", good}});
  CHECK(book.broken_sources.empty());
  CHECK(book.own_sources == std::map<SourceId, bool>{{acme, false}, {hackernews, true}});
  CHECK(book.sources.at(hackernews).title == "Acme talk");
}

TEST_CASE("a user's source that is broken is told, and the others stay", "[app]") {
  const RuleBook book =
      book_with({{"sources/acme.toml", good}, {"sources/hackernews.toml", good + "x =\n"}});
  CHECK(book.sources.contains(acme));
  CHECK_FALSE(book.sources.contains(hackernews));
  REQUIRE(book.broken_sources.contains(hackernews));
  CHECK(book.broken_sources.at(hackernews).where.starts_with("own/sources/hackernews.toml:9:"));
}

TEST_CASE("a file that is meant as a source is never passed over in silence", "[app]") {
  for (const std::string name : {"Acme.toml", "my shop.toml", "acme.TOML", "acmé.toml"}) {
    const RuleBook book = book_with({{"sources/" + name, good}});
    INFO(name);
    REQUIRE(book.broken_sources.size() == 1);
    const Error& error = book.broken_sources.begin()->second;
    CHECK(error.where == "own/sources/" + name + ":1:1");
    CHECK(error.what.find("rename it") != std::string::npos);
  }
  CHECK(
      book_with({{"sources/.acme.toml", "x"}, {"sources/README.md", "x"}}).broken_sources.empty());
}

TEST_CASE("a book for verdicts has their rules, and of the rest what is the user's own", "[app]") {
  const RuleBook whole = book_with({});
  const RuleBook book =
      book_with({{"sources/acme.toml", good}, {"sources/hackernews.toml", good + "x =\n"}},
                app::BookParts::for_verdicts);
  CHECK(book.rules.hash() == whole.rules.hash());
  CHECK(book.rules.size() == whole.rules.size());
  CHECK(book.files.size() == whole.files.size() + 2);
  CHECK(book.sources.size() == 1);
  CHECK(book.sources.contains(acme));
  CHECK(book.broken_sources.contains(hackernews));
  CHECK(book.import_presets.empty());
}

TEST_CASE("two files of one source are none", "[app]") {
  const RuleBook book = book_with({{"sources/acme.toml", good},
                                   {"sources/old/acme.toml", good},
                                   {"sources/z/acme.toml", good}});
  CHECK_FALSE(book.sources.contains(acme));
  CHECK(book.broken_sources.at(acme).what.find("own/sources/acme.toml") != std::string::npos);
}
