#include "store/read.h"

#include <utility>

#include "store/connection.h"
#include "store/migrations.h"
#include "store/rollups.h"

namespace testigo::store {

namespace {

struct Range {
  std::optional<std::string> brand, source;
  std::optional<Day> since, until;
};

Range range_of(const RollupFilter& filter) {
  Range range{.brand = {}, .source = {}, .since = filter.since, .until = filter.until};
  if (filter.brand) range.brand = filter.brand->value;
  if (filter.source) range.source = filter.source->value;
  return range;
}

// A number of a rollup's key, where -1 is unknown.
template <class Enum>
std::optional<Enum> known(const Rows& rows, int column) {
  const std::int64_t value = rows.integer(column);
  if (value < 0) return std::nullopt;
  return static_cast<Enum>(value);
}

DailyRollup read_rollup(const Rows& rows) {
  DailyRollup row;
  row.brand = BrandId(std::string(rows.text(0)));
  row.day = Day{std::chrono::sys_days(std::chrono::days(rows.integer(1)))};
  row.dated = rows.integer(2) != 0;
  row.source = SourceId(std::string(rows.text(3)));
  row.language = rows.text(4);
  row.tag = known<Tag>(rows, 5);
  row.polarity = known<Polarity>(rows, 6);
  row.stage = known<Stage>(rows, 7);
  row.mentions = rows.integer(8);
  row.score_sum = static_cast<double>(rows.integer(9)) / sum_scale;
  row.rating_sum = static_cast<double>(rows.integer(10)) / sum_scale;
  row.rated = rows.integer(11);
  for (int i = 0; i < 5; ++i) row.stars[static_cast<std::size_t>(i)] = rows.integer(12 + i);
  row.theme = rows.maybe_text(17);
  return row;
}

Result<std::vector<DailyRollup>> read_rollups(Store& store, Sql sql, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const Range range = range_of(filter);
  std::vector<DailyRollup> found;
  {
    Rows rows = c.query(sql, range.brand, range.source, range.since, range.until);
    while (rows.step()) found.push_back(read_rollup(rows));
  }
  return snapshot.result(std::move(found));
}

}  // namespace

Result<std::vector<DailyRollup>> daily(Store& store, const RollupFilter& filter) {
  return read_rollups(
      store,
      "SELECT b.name, d.day, d.dated, s.name, d.language, d.tag, d.polarity, d.stage, d.mentions, "
      "d.score_sum, d.rating_sum, d.rated, "
      "d.star1, d.star2, d.star3, d.star4, d.star5, NULL "
      "FROM brand b JOIN daily d ON d.brand = b.id JOIN source s ON s.id = d.source "
      "WHERE (?1 IS NULL OR b.name = ?1) AND (?2 IS NULL OR s.name = ?2) "
      "AND d.day >= coalesce(?3, -9e15) AND d.day < coalesce(?4, 9e15) "
      "ORDER BY b.name, d.day, s.name, d.language, d.tag, d.polarity, d.stage, d.dated",
      filter);
}

Result<std::vector<DailyRollup>> theme_daily(Store& store, const RollupFilter& filter) {
  return read_rollups(
      store,
      "SELECT b.name, d.day, d.dated, s.name, d.language, d.tag, d.polarity, d.stage, d.mentions, "
      "d.score_sum, d.rating_sum, d.rated, "
      "d.star1, d.star2, d.star3, d.star4, d.star5, d.theme "
      "FROM brand b JOIN theme_daily d ON d.brand = b.id JOIN source s ON s.id = d.source "
      "WHERE (?1 IS NULL OR b.name = ?1) AND (?2 IS NULL OR s.name = ?2) "
      "AND d.day >= coalesce(?3, -9e15) AND d.day < coalesce(?4, 9e15) "
      "ORDER BY b.name, d.day, s.name, d.language, d.theme, d.tag, d.polarity, d.stage, d.dated",
      filter);
}

Result<std::vector<DailyRollup>> hourly(Store& store, const RollupFilter& filter, std::int64_t from,
                                        std::int64_t to) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const Range range = range_of(filter);
  std::vector<DailyRollup> found;
  {
    Rows rows = c.query(
        "SELECT b.name, (d.hour - ((d.hour % 24) + 24) % 24) / 24, d.dated, s.name, d.language, "
        "d.tag, d.polarity, d.stage, d.mentions, "
        "d.score_sum, d.rating_sum, d.rated, d.star1, d.star2, d.star3, d.star4, d.star5, NULL, "
        "d.hour FROM hourly d JOIN brand b ON b.id = d.brand JOIN source s ON s.id = d.source "
        "WHERE (?1 IS NULL OR b.name = ?1) AND (?2 IS NULL OR s.name = ?2) "
        "AND d.hour >= ?3 AND d.hour < ?4 "
        "ORDER BY b.name, d.hour, s.name, d.language, d.tag, d.polarity, d.stage, d.dated",
        range.brand, range.source, from, to);
    while (rows.step()) {
      found.push_back(read_rollup(rows));
      found.back().hour = rows.integer(18);
    }
  }
  return snapshot.result(std::move(found));
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
        "SELECT id, started, ended, exit, pages, posts, new_mentions, rules FROM run "
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
