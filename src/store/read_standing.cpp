#include "store/read_standing.h"

#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"

namespace testigo::store {

namespace {

void read_intents(Connection& c, const RollupFilter& filter,
                  const std::optional<std::string>& source, BrandStanding& standing) {
  Rows rows = c.query(
      "SELECT v.intent, count(*), count(m.tag) FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND (?2 IS NULL OR p.source = (SELECT id FROM source WHERE name = ?2)) "
      "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
      "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
      "GROUP BY v.intent",
      standing.brand.value, source, filter.since, filter.until);
  while (rows.step()) {
    standing.mentions += rows.integer(1);
    standing.classified += rows.integer(2);
    if (const auto intent = rows.maybe<Intent>(0))
      standing.intents[static_cast<std::size_t>(*intent)] += rows.integer(1);
  }
}

void read_authors(Connection& c, const RollupFilter& filter,
                  const std::optional<std::string>& source, BrandStanding& standing) {
  Rows rows = c.query(
      "SELECT p.author, min(s.name), count(*), sum(m.tag IS 0), sum(m.tag IS 1), sum(m.tag IS 2), "
      "max(coalesce(p.reach, 0)), max(CASE m.tag WHEN 0 THEN p.said_at END), "
      "max(CASE m.tag WHEN 1 THEN p.said_at END), max(m.day) "
      "FROM mention m JOIN post p ON p.id = m.post JOIN source s ON s.id = p.source "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND (?2 IS NULL OR s.name = ?2) "
      "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
      "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
      "AND p.author IS NOT NULL GROUP BY p.author ORDER BY p.author",
      standing.brand.value, source, filter.since, filter.until);
  while (rows.step()) {
    AuthorStanding& one = standing.authors.emplace_back();
    one.author = rows.text(0);
    one.source = SourceId(std::string(rows.text(1)));
    one.mentions = rows.integer(2);
    one.advocacy = rows.integer(3);
    one.complaints = rows.integer(4);
    one.mixed = rows.integer(5);
    one.reach = rows.integer(6);
    one.advocated_at = rows.maybe_time(7);
    one.complained_at = rows.maybe_time(8);
    one.last = Day{std::chrono::sys_days(std::chrono::days(rows.integer(9)))};
  }
}

}  // namespace

Result<BrandStanding> brand_standing(Store& store, const BrandId& brand,
                                     const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  BrandStanding standing;
  standing.brand = brand;
  const auto source = filter.source ? std::optional(filter.source->value) : std::nullopt;
  read_intents(c, filter, source, standing);
  read_authors(c, filter, source, standing);
  return snapshot.result(std::move(standing));
}

}  // namespace testigo::store
