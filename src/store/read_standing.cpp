#include "store/read_standing.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/connection.h"

namespace testigo::store {

namespace {

// Of one author; times as the store has them, none below all of them.
struct Tally {
  AuthorStanding standing;
  std::int64_t source = 0;
  std::int64_t last_day = std::numeric_limits<std::int64_t>::min();
};

std::optional<UtcTime> later(const std::optional<UtcTime>& one, UtcTime other) {
  return one ? std::max(*one, other) : other;
}

void count(const Rows& rows, Tally& tally) {
  AuthorStanding& one = tally.standing;
  const auto tag = rows.maybe<Tag>(2);
  tally.source = rows.integer(3);
  ++one.mentions;
  if (tag == Tag::advocacy) {
    ++one.advocacy;
    one.advocated_at = later(one.advocated_at, rows.time(5));
  } else if (tag == Tag::complaint) {
    ++one.complaints;
    one.complained_at = later(one.complained_at, rows.time(5));
  } else if (tag == Tag::mixed) {
    ++one.mixed;
  }
  one.reach = std::max(one.reach, rows.maybe_integer(4).value_or(0));
  tally.last_day = std::max(tally.last_day, rows.integer(6));
}

std::map<std::int64_t, SourceId> sources_of(Connection& c) {
  std::map<std::int64_t, SourceId> sources;
  Rows rows = c.query("SELECT id, name FROM source");
  while (rows.step()) sources.emplace(rows.integer(0), SourceId(std::string(rows.text(1))));
  return sources;
}

// In the order of the pseudonyms.
std::vector<AuthorStanding> sorted(std::unordered_map<std::string, Tally> tallies,
                                   const std::map<std::int64_t, SourceId>& sources) {
  std::vector<AuthorStanding> authors;
  authors.reserve(tallies.size());
  for (auto& [author, tally] : tallies) {
    AuthorStanding& one = authors.emplace_back(std::move(tally.standing));
    one.author = author;
    if (const auto source = sources.find(tally.source); source != sources.end())
      one.source = source->second;
    one.last = Day{std::chrono::sys_days(std::chrono::days(tally.last_day))};
  }
  std::sort(authors.begin(), authors.end(),
            [](const AuthorStanding& a, const AuthorStanding& b) { return a.author < b.author; });
  return authors;
}

// One pass over the mentions, in whatever order: with GROUP BY, SQLite would sort them first.
void read_mentions(Connection& c, const RollupFilter& filter, BrandStanding& standing) {
  const auto source = filter.source ? std::optional(filter.source->value) : std::nullopt;
  const auto sources = sources_of(c);
  std::unordered_map<std::string, Tally> tallies;
  Rows rows = c.query(
      "SELECT v.intent, p.author, m.tag, p.source, p.reach, m.said_at, m.day "
      "FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND (?2 IS NULL OR p.source = (SELECT id FROM source WHERE name = ?2)) "
      "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
      "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9))",
      standing.brand.value, source, filter.since, filter.until);
  while (rows.step()) {
    ++standing.mentions;
    if (!rows.is_null(2)) ++standing.classified;
    if (const auto intent = rows.maybe<Intent>(0))
      ++standing.intents[static_cast<std::size_t>(*intent)];
    if (!rows.is_null(1)) count(rows, tallies[std::string(rows.text(1))]);
  }
  standing.authors = sorted(std::move(tallies), sources);
}

}  // namespace

Result<BrandStanding> brand_standing(Store& store, const BrandId& brand,
                                     const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  BrandStanding standing;
  standing.brand = brand;
  read_mentions(c, filter, standing);
  return snapshot.result(std::move(standing));
}

}  // namespace testigo::store
