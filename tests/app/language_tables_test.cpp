#include "app/language_tables.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace testigo;
using namespace testigo::app;

namespace {

struct Table {
  std::string language;
  std::vector<std::string> words;
  friend bool operator==(const Table&, const Table&) = default;
};

Result<std::vector<Table>> tables_of(std::string_view bytes) {
  const std::vector<RuleFile> files = {{"rules/words.toml", std::string(bytes), false}};
  std::vector<Table> tables;
  auto read = read_language_tables(files, "words.toml", {"stop"},
                                   [&](const std::string& language, sources::CheckedToml& toml,
                                       const formats::TomlValue& table) {
                                     tables.push_back({language, toml.strings(table, "stop")});
                                   });
  if (!read) return fail(std::move(read.error()));
  return tables;
}

}  // namespace

TEST_CASE("each language's table is read under its name", "[app]") {
  CHECK(tables_of("[en]\nstop = [\"the\"]\n[es]\nstop = \"el\"\n") ==
        std::vector<Table>{{"en", {"the"}}, {"es", {"el"}}});
  CHECK(tables_of("")->empty());
}

TEST_CASE("what no table of a language may hold is refused where it stands", "[app]") {
  CHECK(tables_of("[en]\nstop = [\"the\"]\ngo = 1\n")
            .error()
            .where.starts_with("rules/words.toml:3"));
  CHECK(tables_of("en = 1\n").error().where.starts_with("rules/words.toml:1"));
  CHECK(tables_of("[en]\nstop = 1\n").error().where.starts_with("rules/words.toml:2"));
  CHECK(tables_of("[en\n").error().code == Errc::malformed);
}

TEST_CASE("where there is no such file nothing is read", "[app]") {
  bool called = false;
  CHECK(read_language_tables({}, "words.toml", {},
                             [&](const auto&, auto&, const auto&) { called = true; }));
  CHECK_FALSE(called);
}
