#include "store/read_moments.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "store/connection.h"
#include "store/facet_side.h"

namespace testigo::store {

namespace {

constexpr std::size_t stages = 6;  // core/verdict.h

void add(MomentSums& sums, std::int64_t polarity, std::int64_t mentions) {
  sums.mentions += mentions;
  if (polarity >= 0) sums.polarities[static_cast<std::size_t>(polarity)] += mentions;
}

struct Range {
  std::string brand;
  std::optional<std::string> source;
};

Range range_of(const RollupFilter& filter) {
  Range range{filter.brand ? filter.brand->value : std::string(), {}};
  if (filter.source) range.source = filter.source->value;
  return range;
}

// Rows of (name, polarity, mentions), added up by name.
std::vector<MomentSums> by_name(Rows rows) {
  std::map<std::string, MomentSums> sums;
  while (rows.step()) {
    MomentSums& one = sums[std::string(rows.text(0))];
    add(one, rows.maybe_integer(1).value_or(-1), rows.integer(2));
  }
  std::vector<MomentSums> found;
  for (auto& [name, one] : sums) {
    one.value = name;
    found.push_back(std::move(one));
  }
  return found;
}

using StageSums = std::array<MomentSums, stages + 1>;  // the last: of no stage

// No GROUP BY here: sorting the window's rows would cost more than reading them.
StageSums stages_of_source(Connection& c, const RollupFilter& filter) {
  StageSums sums;
  const Range range = range_of(filter);
  Rows rows = c.query(
      "SELECT d.stage, d.polarity, d.mentions FROM daily d "
      "WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND d.source = (SELECT id FROM source WHERE name = ?2) "
      "AND d.day >= coalesce(?3, -9e15) AND d.day < coalesce(?4, 9e15)",
      range.brand, range.source, filter.since, filter.until);
  while (rows.step()) {
    const std::int64_t stage = rows.integer(0);
    add(sums[stage < 0 ? stages : static_cast<std::size_t>(stage)], rows.integer(1),
        rows.integer(2));
  }
  return sums;
}

StageSums stages_of_brand(Connection& c, const RollupFilter& filter) {
  StageSums sums;
  Rows rows = c.query(
      "SELECT d.polarity, d.mentions, d.pre_zmot, d.zmot, d.fmot, d.amot, d.smot, d.umot "
      "FROM brand_day d WHERE d.brand = (SELECT id FROM brand WHERE name = ?1) "
      "AND d.day >= coalesce(?2, -9e15) AND d.day < coalesce(?3, 9e15)",
      range_of(filter).brand, filter.since, filter.until);
  while (rows.step()) {
    std::int64_t rest = rows.integer(1);
    for (std::size_t stage = 0; stage < stages; ++stage) {
      const std::int64_t mentions = rows.integer(static_cast<int>(stage) + 2);
      rest -= mentions;
      add(sums[stage], rows.integer(0), mentions);
    }
    add(sums[stages], rows.integer(0), rest);
  }
  return sums;
}

}  // namespace

Result<std::vector<MomentSums>> stage_sums(Store& store, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const StageSums sums = filter.source ? stages_of_source(c, filter) : stages_of_brand(c, filter);
  std::vector<MomentSums> found;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].mentions == 0) continue;
    found.push_back(sums[i]);
    if (i < stages) found.back().value = to_string(static_cast<Stage>(i));
  }
  return snapshot.result(std::move(found));
}

Result<std::vector<MomentSums>> facet_sums(Store& store, const RollupFilter& filter, Axis axis) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const Range range = range_of(filter);
  auto found = by_name(c.query(
      "SELECT f.name, " TESTIGO_FACET_ON(
          "n.side") ", n.mentions FROM ("
                    "SELECT j.value AS id, " TESTIGO_SIDE_APART " AS side, count(*) AS mentions "
                    "FROM mention m JOIN post p ON p.id = m.post "
                    "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules, "
                    "json_each(v.facets) j "
                    "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
                    "AND (?2 IS NULL OR p.source = (SELECT id FROM source WHERE name = ?2)) "
                    "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
                    "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN "
                    "(8, 9)) "
                    "AND j.type = 'integer' GROUP BY 1, 2) n JOIN facet f ON f.id = n.id WHERE "
                    "f.axis = ?5",
      range.brand, range.source, filter.since, filter.until, axis));
  return snapshot.result(std::move(found));
}

Result<std::vector<MomentSums>> degree_sums(Store& store, const RollupFilter& filter) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const Range range = range_of(filter);
  auto found = by_name(
      c.query("SELECT CASE v.degree WHEN 0 THEN 'very_pain' WHEN 1 THEN 'pain' WHEN 2 THEN 'none' "
              "WHEN 3 THEN 'glory' WHEN 4 THEN 'very_glory' ELSE '' END, "
              "coalesce(m.polarity, v.polarity), count(*) "
              "FROM mention m JOIN post p ON p.id = m.post "
              "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
              "WHERE m.brand = (SELECT id FROM brand WHERE name = ?1) "
              "AND (?2 IS NULL OR p.source = (SELECT id FROM source WHERE name = ?2)) "
              "AND m.day >= coalesce(?3, -9e15) AND m.day < coalesce(?4, 9e15) "
              "AND p.copy_of IS NULL AND p.by_brand = 0 AND (v.act IS NULL OR v.act NOT IN (8, 9)) "
              "GROUP BY 1, 2",
              range.brand, range.source, filter.since, filter.until));
  return snapshot.result(std::move(found));
}

}  // namespace testigo::store
