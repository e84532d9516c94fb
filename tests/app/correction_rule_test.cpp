#include "app/correction_rule.h"

#include <catch2/catch.hpp>

#include "core/embedded.h"

using namespace testigo;
using namespace testigo::app;

namespace {

const UtcTime at = *parse_iso8601("2026-11-26T12:00:00Z");

Result<CorrectionRule> rule(std::string_view pattern, std::string_view language = "en") {
  return correction_rule("rules", language, Tag::complaint, pattern, "ana\tpop", at);
}

std::vector<RuleFile> files() { return *rule_files(embedded_files(), std::nullopt); }

}  // namespace

TEST_CASE("a correction is one line of a table", "[app]") {
  const auto made = rule("great idea (to|not) break*");
  REQUIRE(made);
  CHECK(made->path == "rules/en/corrections.tsv");
  CHECK(made->line ==
        "en.fix.great-idea-to-not-break\ttag\tcomplaint\t3\tgreat idea (to|not) break*\t-\tana "
        "pop, 2026-11-26");
  CHECK(rule("a\tb").error().code == Errc::malformed);
  CHECK(rule("!?").error().code == Errc::malformed);
  CHECK(rule("hallo", "de").error().code == Errc::unsupported);
}

TEST_CASE("the rules are loaded with it before it is written", "[app]") {
  const auto made = with_rule(files(), *rule("zyxo lamp"));
  REQUIRE(made);
  CHECK_FALSE(made->was_there);
  CHECK(made->bytes.find("en.fix.zyxo-lamp\t") != std::string::npos);
  auto with = files();
  with.push_back({"rules/en/corrections.tsv", made->bytes, true});
  CHECK(with_rule(with, *rule("zyxo lamp"))->was_there);
  const auto other = correction_rule("rules", "en", Tag::advocacy, "zyxo lamp", "eva", at);
  CHECK(with_rule(with, *other).error().code == Errc::refused);
  CHECK_FALSE(with_rule(files(), *rule("zyxo (")));
}
