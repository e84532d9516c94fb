#include "store/read_splits.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"
#include "store/facet_side.h"
#include "store/rollups.h"

namespace testigo::store {

namespace {

constexpr std::string_view no_value = "unclassified";  // as of DayTotals

using Names = std::map<std::int64_t, std::string>;

std::string stage_name(std::optional<Stage> stage) {
  return std::string(stage ? to_string(*stage) : no_value);
}

// What `value` of split_day stands for.
std::string name_of(KeptSplit split, const Rows& rows, int column, const Names& sources) {
  if (split == KeptSplit::source) {
    const auto name = sources.find(rows.integer(column));
    return name == sources.end() ? std::string() : name->second;
  }
  if (split != KeptSplit::stage) return std::string(rows.text(column));
  const std::int64_t stage = rows.integer(column);
  return stage_name(stage < 0 ? std::nullopt : std::optional(static_cast<Stage>(stage)));
}

// The columns of split_day from `mentions` on.
void read_counts(DayTotals& row, const Rows& rows, int column) {
  row.mentions = rows.integer(column++);
  for (std::int64_t& tag : row.tags) tag = rows.integer(column++);
  for (std::int64_t& polarity : row.polarities) polarity = rows.integer(column++);
  row.score_sum = static_cast<double>(rows.integer(column++)) / sum_scale;
  row.rating_sum = static_cast<double>(rows.integer(column++)) / sum_scale;
  for (std::int64_t& star : row.stars) {
    star = rows.integer(column++);
    row.rated += star;
  }
}

Day day_of(std::int64_t number) { return Day{std::chrono::sys_days(std::chrono::days(number))}; }

std::vector<std::int64_t> brands_of(Connection& c, const RollupFilter& filter) {
  std::vector<std::int64_t> found;
  Rows rows = c.query("SELECT id FROM brand WHERE ?1 IS NULL OR name = ?1 ORDER BY name",
                      filter.brand ? std::optional(filter.brand->value) : std::nullopt);
  while (rows.step()) found.push_back(rows.integer(0));
  return found;
}

Names source_names(Connection& c) {
  Names names;
  Rows rows = c.query("SELECT id, name FROM source");
  while (rows.step()) names.emplace(rows.integer(0), std::string(rows.text(1)));
  return names;
}

// As split_day has them, counted anew.
void add_themes_of_source(std::vector<DayTotals>& found, Connection& c, std::int64_t brand,
                          const RollupFilter& filter) {
  Rows rows = c.query(
      "SELECT m.day, f.name, count(*), count(*) FILTER (WHERE m.tag = 0), "
      "count(*) FILTER (WHERE m.tag = 1), count(*) FILTER (WHERE m.tag = 2), "
      "count(*) FILTER (WHERE m.tag = 3), count(*) FILTER (WHERE m.tag = 4), "
      "count(*) FILTER (WHERE " TESTIGO_OWN_FACET " = 0), count(*) FILTER (WHERE " TESTIGO_OWN_FACET
      " = 1), count(*) FILTER (WHERE " TESTIGO_OWN_FACET
      " = 2), count(*) FILTER (WHERE " TESTIGO_OWN_FACET
      " = 3), "
      "sum(CAST(round(coalesce(m.score, 0) * 10000) AS INTEGER)), coalesce(sum(r.stars), 0), "
      "count(*) FILTER (WHERE (r.stars + 5000) / 10000 = 1), "
      "count(*) FILTER (WHERE (r.stars + 5000) / 10000 = 2), "
      "count(*) FILTER (WHERE (r.stars + 5000) / 10000 = 3), "
      "count(*) FILTER (WHERE (r.stars + 5000) / 10000 = 4), "
      "count(*) FILTER (WHERE (r.stars + 5000) / 10000 = 5) "
      "FROM mention m JOIN post p ON p.id = m.post JOIN revision r ON r.id = p.revision "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, json_each(v.facets) j "
      "JOIN facet f ON f.id = j.value AND f.axis = 7 "
      "WHERE m.brand = ?1 AND p.source = (SELECT id FROM source WHERE name = ?2) "
      "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
      "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
      "AND j.type = 'integer' GROUP BY m.day, f.name",
      brand, filter.source->value, filter.since, filter.until);
  while (rows.step()) {
    DayTotals& row = found.emplace_back();
    row.day = day_of(rows.integer(0));
    row.value = rows.text(1);
    read_counts(row, rows, 2);
  }
}

void add_totals(std::vector<DayTotals>& found, Connection& c, std::int64_t brand, KeptSplit split,
                const RollupFilter& filter, const Names& sources) {
  Rows rows = c.query(
      "SELECT day, value, mentions, advocacy, complaint, mixed, question, other, positive, "
      "negative, mixed_polarity, neutral, score_sum, rating_sum, star1, star2, star3, star4, star5 "
      "FROM split_day WHERE brand = ?1 AND split = ?2 "
      "AND day >= coalesce(?3, -9e15) AND day < coalesce(?4, 9e15) ORDER BY day",
      brand, split, filter.since, filter.until);
  while (rows.step()) {
    DayTotals& row = found.emplace_back();
    row.day = day_of(rows.integer(0));
    row.value = name_of(split, rows, 1, sources);
    read_counts(row, rows, 2);
  }
}

Result<std::vector<DayTotals>> days_of_source(Store& store, KeptSplit split,
                                              const RollupFilter& filter) {
  auto rows = daily(store, filter);
  if (!rows) return fail(std::move(rows).error());
  std::vector<DayTotals> found;
  for (const DailyRollup& row : *rows)
    found.push_back(totals_of(row, split == KeptSplit::source     ? row.source.value
                                   : split == KeptSplit::language ? row.language
                                                                  : stage_name(row.stage)));
  return found;
}

}  // namespace

Result<std::vector<DayTotals>> split_days(Store& store, KeptSplit split,
                                          const RollupFilter& filter) {
  if (filter.source && split != KeptSplit::theme) return days_of_source(store, split, filter);
  Connection& c = store.connection();
  Snapshot snapshot(c);
  std::vector<DayTotals> found;
  const Names sources = source_names(c);
  for (const std::int64_t brand : brands_of(c, filter)) {
    if (filter.source)
      add_themes_of_source(found, c, brand, filter);
    else
      add_totals(found, c, brand, split, filter, sources);
  }
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
