#include "store/read.h"

#include <algorithm>
#include <map>
#include <utility>

#include "store/connection.h"
#include "store/migrations.h"
#include "store/rollups.h"

namespace testigo::store {

namespace {

// A number of a rollup's key, where -1 is unknown.
template <class Enum>
std::optional<Enum> known(const Rows& rows, int column) {
  const std::int64_t value = rows.integer(column);
  if (value < 0) return std::nullopt;
  return static_cast<Enum>(value);
}

// The columns that all rollups end with, from `mentions` on.
void read_sums(DailyRollup& row, const Rows& rows, int mentions) {
  row.mentions = rows.integer(mentions);
  row.score_sum = static_cast<double>(rows.integer(mentions + 1)) / sum_scale;
  row.rating_sum = static_cast<double>(rows.integer(mentions + 2)) / sum_scale;
  row.rated = rows.integer(mentions + 3);
  for (int i = 0; i < 5; ++i)
    row.stars[static_cast<std::size_t>(i)] = rows.integer(mentions + 4 + i);
}

Day day_of(std::int64_t number) { return Day{std::chrono::sys_days(std::chrono::days(number))}; }

using Names = std::map<std::int64_t, std::string>;

Names names_of(Rows rows) {
  Names names;
  while (rows.step()) names.emplace(rows.integer(0), std::string(rows.text(1)));
  return names;
}

// Asks for the rows of one brand after another, by name: `ask` gives those of its number, and
// `read` makes a rollup of each. Names stand in tables of their own, and rows in the order of their
// key, so that nothing is joined or sorted.
template <class Ask, class Read>
Result<std::vector<DailyRollup>> read_by_brand(Store& store, const RollupFilter& filter, Ask ask,
                                               Read read) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<DailyRollup> found;
  const Names sources = names_of(c.query("SELECT id, name FROM source"));
  std::vector<std::pair<std::string, std::int64_t>> brands;
  for (auto& [id, name] : names_of(c.query("SELECT id, name FROM brand")))
    if (!filter.brand || filter.brand->value == name) brands.emplace_back(name, id);
  std::sort(brands.begin(), brands.end());
  for (const auto& [name, id] : brands) {
    Rows rows = ask(c, id);
    while (rows.step()) {
      found.push_back(read(rows, sources));
      found.back().brand = BrandId(name);
    }
  }
  return snapshot.result(std::move(found));
}

// The columns that daily and hourly begin with but for the time.
DailyRollup read_rollup(const Rows& rows, const Names& sources) {
  DailyRollup row;
  row.day = day_of(rows.integer(0));
  row.dated = rows.integer(1) != 0;
  if (const auto name = sources.find(rows.integer(2)); name != sources.end())
    row.source = SourceId(name->second);
  row.language = rows.text(3);
  row.tag = known<Tag>(rows, 4);
  row.polarity = known<Polarity>(rows, 5);
  row.stage = known<Stage>(rows, 6);
  read_sums(row, rows, 7);
  return row;
}

// Those of brand_day.
DailyRollup read_brand_day(const Rows& rows) {
  DailyRollup row;
  row.day = day_of(rows.integer(0));
  row.language.clear();
  row.tag = known<Tag>(rows, 1);
  row.polarity = known<Polarity>(rows, 2);
  read_sums(row, rows, 3);
  return row;
}

std::optional<std::string> source_of(const RollupFilter& filter) {
  return filter.source ? std::optional(filter.source->value) : std::nullopt;
}

}  // namespace

Result<std::vector<DailyRollup>> daily(Store& store, const RollupFilter& filter) {
  const auto ask = [&](Connection& c, std::int64_t brand) {
    return c.query(
        "SELECT day, dated, source, language, tag, polarity, stage, mentions, score_sum, "
        "rating_sum, rated, star1, star2, star3, star4, star5 FROM daily "
        "WHERE brand = ?1 AND (?2 IS NULL OR source = (SELECT id FROM source WHERE name = ?2)) "
        "AND day >= coalesce(?3, -9e15) AND day < coalesce(?4, 9e15) ORDER BY day",
        brand, source_of(filter), filter.since, filter.until);
  };
  return read_by_brand(store, filter, ask, read_rollup);
}

Result<std::vector<DailyRollup>> brand_days(Store& store, const RollupFilter& filter) {
  if (filter.source) return daily(store, filter);
  const auto ask = [&](Connection& c, std::int64_t brand) {
    return c.query(
        "SELECT day, tag, polarity, mentions, score_sum, rating_sum, rated, star1, star2, star3, "
        "star4, star5 FROM brand_day WHERE brand = ?1 "
        "AND day >= coalesce(?2, -9e15) AND day < coalesce(?3, 9e15) ORDER BY day",
        brand, filter.since, filter.until);
  };
  const auto read = [](const Rows& rows, const Names&) { return read_brand_day(rows); };
  return read_by_brand(store, filter, ask, read);
}

Result<std::vector<DailyRollup>> hourly(Store& store, const RollupFilter& filter, std::int64_t from,
                                        std::int64_t to) {
  const auto ask = [&](Connection& c, std::int64_t brand) {
    return c.query(
        "SELECT (hour - ((hour % 24) + 24) % 24) / 24, dated, source, language, "
        "tag, polarity, stage, mentions, "
        "score_sum, rating_sum, rated, star1, star2, star3, star4, star5, hour FROM hourly "
        "WHERE brand = ?1 AND (?2 IS NULL OR source = (SELECT id FROM source WHERE name = ?2)) "
        "AND hour >= ?3 AND hour < ?4 ORDER BY hour",
        brand, source_of(filter), from, to);
  };
  const auto read = [](const Rows& rows, const Names& sources) {
    DailyRollup row = read_rollup(rows, sources);
    row.hour = rows.integer(16);
    return row;
  };
  return read_by_brand(store, filter, ask, read);
}

Result<std::int64_t> first_hour(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  return snapshot.result(
      c.integer("SELECT value FROM setting WHERE name = 'hourly_from'").value_or(0));
}

Result<std::vector<RunRow>> runs(Store& store, std::size_t limit) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<RunRow> found;
  {
    Rows rows = c.query(
        "SELECT id, started, ended, exit, pages, posts, new_mentions, rules, "
        "looked_from, looked_to FROM run "
        "ORDER BY id DESC LIMIT ?1",
        limit);
    while (rows.step()) {
      RunRow& run = found.emplace_back();
      run.id = RunId(rows.integer(0));
      run.started = rows.time(1);
      run.ended = rows.maybe_time(2);
      if (const auto exit = rows.maybe_integer(3)) run.exit = static_cast<int>(*exit);
      run.pages = rows.integer(4);
      run.posts = rows.integer(5);
      run.new_mentions = rows.integer(6);
      run.rules = rows.text(7);
      run.looked_from = rows.maybe_time(8);
      run.looked_to = rows.maybe_time(9);
    }
  }
  return snapshot.result(std::move(found));
}

Result<StoreCounts> counts(Store& store) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const auto one = [&](Sql sql) { return c.integer(sql).value_or(0); };
  StoreCounts n;
  n.posts = one("SELECT count(*) FROM post");
  n.revisions = one("SELECT count(*) FROM revision");
  n.mentions = one("SELECT count(*) FROM mention");
  n.copies = one("SELECT count(*) FROM post WHERE copy_of IS NOT NULL");
  n.unclassified = one("SELECT count(*) FROM mention WHERE tag IS NULL");
  n.runs = one("SELECT count(*) FROM run");
  n.evidence = one("SELECT count(*) FROM evidence");
  n.queued = one("SELECT coalesce(sum(waiting - leased), 0) FROM watch");
  n.leased = one("SELECT coalesce(sum(leased), 0) FROM watch");
  n.dead = one("SELECT coalesce(sum(dead), 0) FROM watch");
  n.bytes = one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  n.version = static_cast<int>(one("PRAGMA user_version"));
  return snapshot.result(n);
}

}  // namespace testigo::store
