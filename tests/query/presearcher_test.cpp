#include "query/presearcher.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace testigo::query;

namespace {

std::vector<std::uint32_t> asked(const std::vector<std::string_view>& queries,
                                 std::string_view title, std::string_view text) {
  std::vector<Query> parsed;
  for (const std::string_view query : queries) parsed.push_back(*parse_query(query));
  std::vector<const Node*> roots;
  for (const Query& query : parsed) roots.push_back(&query.root);
  return Presearcher(roots).candidates(Document(title, text));
}

using Places = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a document asks the queries that are filed under its words", "[query]") {
  CHECK(asked({"acme", "globex", "#initech"}, "", "My Acme kettle") == Places{0});
  CHECK(asked({"acme", "globex", "#initech"}, "Globex", "said INITECH") == Places{1, 2});
  CHECK(asked({"acme", "globex"}, "", "nothing of either") == Places{});
  CHECK(asked({"tepapa"}, "",
              "o \xC8\x9B"
              "eap\xC4\x83 / \xC8\x9A"
              "EPAP\xC4\x82") == Places{0});
}

TEST_CASE("of several needed words the one that few queries share decides", "[query]") {
  CHECK(asked({"\"kettle seven\"", "\"kettle eight\""}, "", "a kettle") == Places{});
  CHECK(asked({"\"kettle seven\"", "\"kettle eight\""}, "", "seven of them") == Places{0});
  CHECK(asked({"acme kettle lang:es", "acme toaster"}, "", "acme") == Places{});
  CHECK(asked({"acme NEAR/3 (kettle OR boiler)", "acme toaster"}, "", "acme") == Places{});
  CHECK(asked({"acme NEAR/3 (kettle OR boiler)", "acme toaster"}, "", "boiler") == Places{0});
}

TEST_CASE("an alternative is filed under each of its sides", "[query]") {
  CHECK(asked({"acme OR globex"}, "", "globex") == Places{0});
  CHECK(asked({"acme OR globex"}, "", "acme") == Places{0});
  CHECK(asked({"acm* OR globex"}, "", "acmes") == Places{0});
  CHECK(asked({"acm* OR globex"}, "", "ac me") == Places{});
}

TEST_CASE("what may match without a word is asked of every document", "[query]") {
  const std::vector<std::string_view> queries = {"NOT acme", "site:acme.example", "acme",
                                                 "globex OR lang:es"};
  CHECK(asked(queries, "", "anything") == Places{0, 1, 3});
  CHECK(asked(queries, "", "") == Places{0, 1, 3});
}

TEST_CASE("no queries, no candidates", "[query]") {
  CHECK(asked({}, "", "acme").empty());
  CHECK(Presearcher().candidates(Document("", "acme")).empty());
}
