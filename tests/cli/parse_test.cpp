#include "cli/parse.h"

#include <catch2/catch.hpp>

using namespace testigo::cli;

namespace {

std::string usage_error(std::vector<std::string> words) {
  const auto parsed = parse_words(words);
  REQUIRE(std::holds_alternative<UsageError>(parsed));
  return std::get<UsageError>(parsed).text;
}

Invocation invocation(std::vector<std::string> words) {
  auto parsed = parse_words(words);
  REQUIRE(std::holds_alternative<Invocation>(parsed));
  return std::get<Invocation>(parsed);
}

}  // namespace

TEST_CASE("words are read against the command table", "[cli]") {
  const Invocation crawl =
      invocation({"crawl", "--all", "--max-pages=5", "--replay", "a", "--replay", "b"});
  CHECK(crawl.command->name == "crawl");
  CHECK(crawl.arguments.has("--all"));
  CHECK_FALSE(crawl.arguments.has("--brand"));
  CHECK(crawl.arguments.number("--max-pages", 1, 1, 10) == 5);
  CHECK(crawl.arguments.values("--replay") == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a command of two words and options of every command", "[cli]") {
  const Invocation show = invocation({"evidence", "show", "abc", "--db", "x.db", "--json"});
  CHECK(show.command->name == "evidence show");
  CHECK(show.arguments.value("ID") == "abc");
  CHECK(show.arguments.value("--db") == "x.db");
  CHECK(show.arguments.has("--json"));
}

TEST_CASE("options of every command may stand before it", "[cli]") {
  const Invocation list = invocation({"-c", "own.toml", "--json", "--db=x.db", "source", "list"});
  CHECK(list.command->name == "source list");
  CHECK(list.arguments.value("--config") == "own.toml");
  CHECK(list.arguments.value("--db") == "x.db");
  CHECK(list.arguments.has("--json"));
  CHECK(invocation({"-c", "a.toml", "status", "-c", "b.toml"}).arguments.value("--config") ==
        "b.toml");
  CHECK(std::holds_alternative<Help>(parse_words({"--json", "--help"})));
  CHECK(std::holds_alternative<Help>(parse_words({"-c", "a.toml"})));
  CHECK(usage_error({"--brand", "acme", "crawl"}) ==
        "testigo: \"--brand\" stands before the command; write testigo COMMAND --brand …, and see "
        "testigo --help");
  CHECK(usage_error({"-c", "a.toml", "crwal"}).find("\"crawl\"") != std::string::npos);
}

TEST_CASE("what is wrong with the words is said in one line", "[cli]") {
  CHECK(usage_error({"crwal"}).find("crawl") != std::string::npos);
  CHECK(usage_error({"evidence", "shwo"}).find("evidence show") != std::string::npos);
  CHECK(usage_error({"crawl", "--nope"}).find("--nope") != std::string::npos);
  CHECK(usage_error({"evidence", "show"}).find("ID") != std::string::npos);
  CHECK(usage_error({"crawl", "--nope"}).find('\n') == std::string::npos);
}

TEST_CASE("numbers are whole and within their range", "[cli]") {
  const Invocation mentions = invocation({"mentions", "--limit", "ten"});
  CHECK_FALSE(mentions.arguments.number("--limit", 1, 0, 100).has_value());
  CHECK(invocation({"mentions"}).arguments.number("--limit", 50, 0, 100) == 50);
  CHECK_FALSE(invocation({"mentions", "--limit", "101"}).arguments.number("--limit", 1, 0, 100));
}

TEST_CASE("every command has a summary, a group and an example", "[cli]") {
  for (const Command& command : commands()) {
    CHECK_FALSE(command.summary.empty());
    CHECK_FALSE(command.group.empty());
    CHECK_FALSE(command.examples.empty());
    CHECK(command.run != nullptr);
    for (const Example& example : command.examples) CHECK(example.line.starts_with(command.name));
  }
}
