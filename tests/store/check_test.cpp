#include "store/check.h"

#include <cmath>

#include "store/check_mentions.h"
#include "store/check_verdicts.h"
#include "store/connection.h"
#include "store/corrections.h"
#include "store/reclassification.h"
#include "store/support/store_fixture.h"

using namespace testigo;
using namespace testigo::store;

namespace {

bool names(const std::string& found, std::string_view what) {
  return found.find(what) != std::string::npos;
}

void damage(Store& store, const std::string& sql) {
  store.connection().script("PRAGMA foreign_keys = OFF; " + sql);
  REQUIRE(store.connection().ok());
}

Reason reason(Axis axis, std::string_view value, std::string_view rule, double contribution,
              std::optional<TextSpan> span = std::nullopt) {
  Reason made;
  made.axis = axis;
  made.value = value;
  made.rule = rule;
  made.contribution = contribution;
  made.span = span;
  return made;
}

// A complaint about quality that comes out of its reasons.
Sighting explained(std::string_view external_id) {
  Sighting s = sighting(external_id, "The hinge broke");
  s.verdict.score = std::tanh(-0.5);
  s.verdict.themes = {{"quality", Polarity::negative}};
  s.verdict.why = {reason(Axis::tag, "complaint", "en.lex.broke", 2.5, TextSpan{10, 15}),
                   reason(Axis::polarity, "negative", "en.lex.broke", 2.0, TextSpan{10, 15}),
                   reason(Axis::theme, "quality", "en.theme.hinge", 1.0, TextSpan{4, 9}),
                   reason(Axis::tag, "other", "en.bias.other", 1.0)};
  s.brands = {{BrandId("acme"), Tag::complaint, s.verdict.score}};
  return s;
}

std::string verdict_faults(Store& store) {
  std::string out;
  for (const CheckResult& result : value_of(check_verdicts(store)))
    if (!result.good) out += result.name + ": " + result.what + "\n";
  return out;
}

}  // namespace

TEST_CASE("a part of the schema that is missing or altered is found and made again", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke"), sighting("2", "The lid holds", Tag::advocacy)});
  const std::string days = ask(store, "SELECT * FROM v_daily ORDER BY tag");
  REQUIRE(faults(store).empty());
  damage(store,
         "DROP VIEW v_daily; DROP INDEX mention_brand; DROP TABLE daily; DROP TABLE mention_fts;"
         "DROP TRIGGER correction_gone; DROP VIEW v_why; CREATE VIEW v_why AS SELECT 1 AS mention");
  const std::string found = faults(store);
  for (const auto* part : {"view v_daily", "index mention_brand", "table daily", "view v_why",
                           "trigger correction_gone", "table mention_fts"})
    CHECK(names(found, part));
  CHECK(names(found, "testigo doctor --rebuild makes it again"));
  REQUIRE(rebuild(store));
  CHECK(faults(store) == "");
  CHECK(ask(store, "SELECT * FROM v_daily ORDER BY tag") == days);
}

TEST_CASE("a table whose rows nothing can make again is named, and not replaced by an empty one",
          "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke")});
  damage(store, "DROP TABLE audit_item");
  CHECK(names(faults(store), "table audit_item is missing"));
  CHECK(names(faults(store), "restore a backup"));
  REQUIRE(rebuild(store));
  CHECK(names(faults(store), "table audit_item is missing"));
}

TEST_CASE("what others add to the file is no fault", "[store]") {
  Store store = open_memory();
  damage(store, "CREATE VIEW my_report AS SELECT brand FROM v_mentions; CREATE TABLE mine(a)");
  CHECK(faults(store) == "");
}

TEST_CASE("a search that no longer finds what the index holds is a fault", "[store]") {
  Store store = open_memory();
  std::vector<Sighting> posts;
  for (int i = 0; i < 1500; ++i) {
    const std::string number = std::to_string(i * 7919);
    posts.push_back(sighting(number, "hinge" + number + " broke under lid" + number));
  }
  put(store, std::move(posts));
  REQUIRE(faults(store).empty());
  damage(store, "DELETE FROM mention_fts_idx");
  CHECK(names(faults(store), "full text"));
  REQUIRE(rebuild(store));
  CHECK(faults(store) == "");
}

TEST_CASE("a tag marked as corrected needs somebody who said so", "[store]") {
  Store store = open_memory();
  put(store, {sighting("1", "The hinge broke"), sighting("2", "So did mine")});
  const MentionId first{value_of(mentions(store, {})).at(0).id};
  REQUIRE(correct(store, first, Tag::mixed, {"ana", noon(), {}}));
  CHECK(faults(store) == "");
  damage(store, "UPDATE mention SET corrected = 1");
  CHECK(names(faults(store), "corrections: 1 mentions"));
}

TEST_CASE("verdicts come out of their reasons, and say so where they do not", "[store]") {
  const auto damaged = [](const std::string& sql) {
    Store store = open_memory();
    put(store, {explained("1"), explained("2")});
    REQUIRE(verdict_faults(store) == "");
    damage(store, sql);
    return verdict_faults(store);
  };
  CHECK(names(damaged("UPDATE verdict SET tag = 0 WHERE revision = 2"),
              "verdicts: 1 do not come out of their reasons (one is that of revision 2)"));
  CHECK(names(damaged("UPDATE verdict SET why = NULL"), "verdicts: 2"));
  CHECK(names(damaged("UPDATE verdict SET score = 0.9 WHERE revision = 1"), "verdicts: 1"));
  CHECK(names(damaged("DELETE FROM label WHERE rule = 'en.theme.hinge'"), "reasons: "));
  CHECK(names(damaged("DELETE FROM firing"), "reasons: "));
}

TEST_CASE("the rules that reasons name are told by version", "[store]") {
  Store store = open_memory();
  put(store, {explained("1")});
  CHECK(value_of(rules_named(store, "sha256:rules")) ==
        std::set<std::string>{"en.bias.other", "en.lex.broke", "en.theme.hinge"});
  CHECK(value_of(rules_named(store, "sha256:others")).empty());
}

TEST_CASE("a mention stands as the verdict that it names", "[store]") {
  Store store = open_memory();
  Sighting both = explained("3");
  both.brands.push_back({BrandId("zenix"), Tag::advocacy, 0.5});
  put(store, {explained("1"), explained("2"), both});
  const MentionId first{value_of(mentions(store, {})).at(0).id};
  REQUIRE(correct(store, first, Tag::question, {"ana", noon(), {}}));
  const auto found = [&](std::string_view rules = "sha256:rules") {
    return value_of(astray_mentions(store, rules));
  };
  CHECK(check_mentions(found()).good);
  CHECK(found().all == 4);

  SECTION("it has another tag") {
    damage(store, "UPDATE mention SET tag = 2 WHERE doc IN (1, 4)");
    CHECK(found().otherwise == 2);
    CHECK(found().judged_by_these == std::vector<std::int64_t>{1, 3});
    CHECK(names(check_mentions(found()).what, "2 mentions have another tag"));
    CHECK(names(check_mentions(found()).what, "testigo doctor --rebuild"));
  }
  SECTION("there is none") {
    damage(store, "DELETE FROM verdict WHERE revision = 3");
    CHECK(found().without_verdict == 2);
    CHECK(found().judged_by_these == std::vector<std::int64_t>{3});
    CHECK(names(check_mentions(found()).what, "2 mentions lack the verdict"));
    CHECK(found("sha256:others").judged_by_these.empty());
    CHECK(names(check_mentions(found("sha256:others")).what, "restore a backup, or testigo recl"));
    CHECK(value_of(post_to_judge(store, 3))->mentions.size() == 2);
  }
}
