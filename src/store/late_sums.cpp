#include "store/late_sums.h"

#include <vector>

namespace testigo::store {

namespace {

constexpr std::chrono::seconds longest_wait{5};
constexpr std::size_t most_cells = 30'000;  // 2 MB

std::int64_t times_written(Connection& c) {
  return c.integer("SELECT value FROM setting WHERE name = 'sums_written'").value_or(0);
}

std::int64_t summed_to(Connection& c) {
  return c.integer("SELECT value FROM setting WHERE name = 'mentions_summed_to'").value_or(0);
}

std::vector<std::int64_t> posts_behind(Connection& c, std::int64_t doc) {
  std::vector<std::int64_t> posts;
  Rows rows = c.query("SELECT DISTINCT post FROM mention WHERE doc > ?1", doc);
  while (rows.step()) posts.push_back(rows.integer(0));
  return posts;
}

}  // namespace

std::int64_t mentions_without_sums(Connection& c) {
  return c.integer("SELECT count(*) FROM mention WHERE doc > ?1", summed_to(c)).value_or(0);
}

void add_late_sums(Connection& c) {
  const std::int64_t to = summed_to(c);
  const std::vector<std::int64_t> posts = posts_behind(c, to);
  if (posts.empty()) return;
  RollupChanges changes;
  for (const std::int64_t post : posts)
    for (const Contribution& one : contributions_of(c, post))
      if (one.mention > to) changes.add(one);
  changes.write(c, UtcTime{});  // long ago: hours that are kept stay kept
  note_sums_written(c);
}

void note_sums_written(Connection& c) {
  c.run(
      "INSERT OR REPLACE INTO setting SELECT 'mentions_summed_to', coalesce(max(doc), 0) "
      "FROM mention");
  c.run(
      "INSERT INTO setting VALUES('sums_written', 1) "
      "ON CONFLICT DO UPDATE SET value = value + 1");
}

LateSums::LateSums(Connection& c) {
  add_late_sums(c);
  read_bounds(c);
  written_ = times_written(c);
}

bool LateSums::is_true(Connection& c) {
  read_bounds(c);
  return times_written(c) == written_;
}

void LateSums::read_bounds(Connection& c) {
  changes_.counted_to(summed_to(c));
  if (const auto from = c.integer("SELECT value FROM setting WHERE name = 'hourly_from'"))
    changes_.hours_from(*from);
}

void LateSums::finish(Connection& c, UtcTime now, Sums sums) {
  if (changes_.cells() == 0) {
    if (sums == Sums::written) changes_.write(c, now);  // forgets hours that are long ago
    return;
  }
  if (since_ == std::chrono::steady_clock::time_point{}) since_ = std::chrono::steady_clock::now();
  if (sums == Sums::written || changes_.touched_counted() || is_due()) write(c, now);
}

bool LateSums::is_due() const {
  return changes_.cells() >= most_cells ||
         std::chrono::steady_clock::now() - since_ >= longest_wait;
}

void LateSums::write(Connection& c, UtcTime now) {
  changes_.write(c, now);
  note_sums_written(c);
  read_bounds(c);
  written_ = times_written(c);
  since_ = {};
}

}  // namespace testigo::store
