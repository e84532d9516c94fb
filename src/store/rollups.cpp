#include "store/rollups.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <compare>
#include <map>

#include "store/facet_side.h"
#include "store/sides.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

// The first hour of the window: 35 days before the latest `now` that any batch had.
std::int64_t move_window(Connection& c, UtcTime now) {
  const std::int64_t wanted = hour_of(now) - hourly_days * 24;
  const auto kept = c.integer("SELECT value FROM setting WHERE name = 'hourly_from'");
  if (kept && *kept >= wanted) return *kept;
  c.run("INSERT OR REPLACE INTO setting VALUES('hourly_from', ?1)", wanted);
  c.run("DELETE FROM hourly WHERE hour < ?1", wanted);
  return wanted;
}

}  // namespace

std::size_t star_index(std::int64_t scaled_stars) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>((scaled_stars + 5'000) / 10'000, 1, 5) -
                                  1);
}

std::int64_t scaled(double value) { return std::llround(value * sum_scale); }

std::int64_t hour_of(UtcTime time) {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

std::vector<Contribution> contributions_of(Connection& c, std::int64_t post) {
  std::vector<Contribution> contributions;
  std::vector<std::optional<Polarity>> sides;
  std::optional<std::string> facets;
  {
    Rows rows = c.query(
        "SELECT m.brand, p.source, p.day, p.said_at, p.dated, v.language, m.tag, "
        "coalesce(m.polarity, v.polarity), v.stage, m.score, r.stars, v.facets, " TESTIGO_SIDE_APART
        ", m.doc "
        "FROM post p JOIN mention m ON m.post = p.id JOIN revision r ON r.id = p.revision "
        "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
        "WHERE p.id = ?1 AND p.copy_of IS NULL AND p.by_brand = 0 "
        "AND (v.act IS NULL OR v.act NOT IN (8, 9))",  // reply, promote
        post);
    while (rows.step()) {
      Contribution& one = contributions.emplace_back();
      one.brand = rows.integer(0);
      one.source = rows.integer(1);
      one.day = rows.integer(2);
      one.hour = hour_of(rows.time(3));
      one.dated = rows.integer(4) != 0;
      one.language = rows.text(5);
      one.tag = static_cast<int>(rows.maybe_integer(6).value_or(-1));
      one.polarity = static_cast<int>(rows.maybe_integer(7).value_or(-1));
      one.stage = static_cast<int>(rows.maybe_integer(8).value_or(-1));
      one.score = scaled(rows.maybe_real(9).value_or(0.0));
      one.stars = rows.maybe_integer(10);
      facets = rows.maybe_text(11);  // of the text, so the same for each of its brands
      sides.push_back(rows.maybe<Polarity>(12));
      one.mention = rows.integer(13);
    }
  }
  if (contributions.empty()) return contributions;
  const std::vector<Facet> themes = read_facets(c, facets, Axis::theme);
  for (std::size_t i = 0; i < sides.size(); ++i)
    contributions[i].themes = facets_on(sides[i], themes);
  return contributions;
}

RollupChanges::Sums& RollupChanges::Sums::operator+=(const Sums& more) {
  mentions += more.mentions;
  score += more.score;
  stars += more.stars;
  rated += more.rated;
  for (std::size_t i = 0; i < by_star.size(); ++i) by_star[i] += more.by_star[i];
  return *this;
}

std::int32_t RollupChanges::number_of(const std::string& name) {
  const auto [known, fresh] = numbers_.try_emplace(name, static_cast<std::int32_t>(names_.size()));
  if (fresh) names_.push_back(&known->first);
  return known->second;
}

void RollupChanges::apply(const Contribution& one, std::int32_t sign) {
  Sums sums{.score = sign * one.score,
            .stars = sign * one.stars.value_or(0),
            .mentions = sign,
            .rated = one.stars ? sign : 0};
  if (one.stars) sums.by_star[star_index(*one.stars)] = sign;
  Cell cell{.brand = static_cast<std::int32_t>(one.brand),
            .when = one.day,
            .source = static_cast<std::int32_t>(one.source),
            .language = number_of(one.language),
            .theme = -1,
            .tag = static_cast<std::int8_t>(one.tag),
            .polarity = static_cast<std::int8_t>(one.polarity),
            .stage = static_cast<std::int8_t>(one.stage),
            .dated = one.dated};
  daily_.emplace_back(cell, sums);
  for (const Facet& theme : one.themes) {
    themes_.emplace_back(Cell{.brand = cell.brand,
                              .when = cell.when,
                              .theme = number_of(theme.name),
                              .tag = cell.tag,
                              .polarity = static_cast<std::int8_t>(theme.polarity)},
                         sums);
  }
  if (one.hour >= hours_from_) {
    cell.when = one.hour;
    hourly_.emplace_back(cell, sums);
  }
  if (cells() >= merge_at_) merge_all();
}

void RollupChanges::merge_all() {
  for (Cells* all : {&daily_, &themes_, &hourly_}) merge(*all);
  merge_at_ = std::max(fewest_merged, 2 * cells());
}

// Each cell once, in the tables' order but for names; without those in which nothing changed.
void RollupChanges::merge(Cells& cells) {
  std::sort(cells.begin(), cells.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  auto end = cells.begin();  // of those that are merged
  for (auto next = cells.begin(); next != cells.end();) {
    auto one = *next;
    while (++next != cells.end() && next->first == one.first) one.second += next->second;
    if (one.second != Sums{}) *end++ = one;
  }
  cells.erase(end, cells.end());
}

void RollupChanges::touch(const Contribution& one) {
  touched_counted_ = touched_counted_ || one.mention <= counted_to_;
}

void RollupChanges::add_all(Connection& c, std::int64_t post) {
  for (const Contribution& one : contributions_of(c, post)) {
    touch(one);
    add(one);
  }
}

void RollupChanges::take_all(Connection& c, std::int64_t post) {
  for (const Contribution& one : contributions_of(c, post)) {
    touch(one);
    take(one);
  }
}

void RollupChanges::write(Connection& c, UtcTime now) {
  for (Cells* cells : {&daily_, &hourly_}) merge(*cells);
  write_daily(c);
  write_brand_days(c);
  write_splits(c);
  write_hourly(c, move_window(c, now));
  for (Cells* cells : {&daily_, &themes_, &hourly_}) cells->clear();
  merge_at_ = fewest_merged;
  touched_counted_ = false;
}

void RollupChanges::write_daily(Connection& c) const {
  for (const auto& [at, sums] : daily_) {
    c.run(
        "INSERT INTO daily VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
        "?14, ?15, ?16, ?17) "
        "ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
        "score_sum = score_sum + excluded.score_sum, rating_sum = rating_sum + "
        "excluded.rating_sum, "
        "rated = rated + excluded.rated, star1 = star1 + excluded.star1, "
        "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
        "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5",
        at.brand, at.when, at.dated, at.source, name(at.language), at.tag, at.polarity, at.stage,
        sums.mentions, sums.score, sums.stars, sums.rated, sums.by_star[0], sums.by_star[1],
        sums.by_star[2], sums.by_star[3], sums.by_star[4]);
    if (sums.mentions >= 0) continue;
    c.run(
        "DELETE FROM daily WHERE brand = ?1 AND day = ?2 AND source = ?3 AND language = ?4 "
        "AND tag = ?5 AND polarity = ?6 AND stage = ?7 AND dated = ?8 AND mentions = 0",
        at.brand, at.when, at.source, name(at.language), at.tag, at.polarity, at.stage, at.dated);
  }
}

void RollupChanges::write_brand_days(Connection& c) const {
  struct Key {
    std::int64_t brand = 0, day = 0;
    int tag = -1, polarity = -1;
    auto operator<=>(const Key&) const = default;
  };
  struct DaySums {
    Sums sums;
    std::array<std::int64_t, 6> stages{};  // by Stage
  };
  std::map<Key, DaySums> days;
  for (const auto& [at, sums] : daily_) {
    DaySums& one = days[{at.brand, at.when, at.tag, at.polarity}];
    one.sums += sums;
    if (at.stage >= 0) one.stages[static_cast<std::size_t>(at.stage)] += sums.mentions;
  }
  for (const auto& [at, one] : days) {
    const auto& [sums, stages] = one;
    c.run(
        "INSERT INTO brand_day VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
        "?14, ?15, ?16, ?17, ?18, ?19) "
        "ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
        "score_sum = score_sum + excluded.score_sum, "
        "rating_sum = rating_sum + excluded.rating_sum, "
        "rated = rated + excluded.rated, star1 = star1 + excluded.star1, "
        "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
        "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5, "
        "pre_zmot = pre_zmot + excluded.pre_zmot, zmot = zmot + excluded.zmot, "
        "fmot = fmot + excluded.fmot, amot = amot + excluded.amot, smot = smot + excluded.smot, "
        "umot = umot + excluded.umot",
        at.brand, at.day, at.tag, at.polarity, sums.mentions, sums.score, sums.stars, sums.rated,
        sums.by_star[0], sums.by_star[1], sums.by_star[2], sums.by_star[3], sums.by_star[4],
        stages[0], stages[1], stages[2], stages[3], stages[4], stages[5]);
    if (sums.mentions >= 0) continue;
    c.run(
        "DELETE FROM brand_day WHERE brand = ?1 AND day = ?2 AND tag = ?3 AND polarity = ?4 "
        "AND mentions = 0",
        at.brand, at.day, at.tag, at.polarity);
  }
}

void RollupChanges::write_splits(Connection& c) const {
  std::vector<std::pair<SplitCell, const Cells::value_type*>> parts;
  parts.reserve(3 * daily_.size() + themes_.size());
  for (const Cells::value_type& one : daily_) {
    const Cell& at = one.first;
    parts.push_back({{at.brand, 0, at.when, at.source}, &one});
    parts.push_back({{at.brand, 1, at.when, at.language}, &one});
    parts.push_back({{at.brand, 2, at.when, at.stage}, &one});
  }
  for (const Cells::value_type& one : themes_)
    parts.push_back({{one.first.brand, 3, one.first.when, one.first.theme}, &one});
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto part = parts.begin(); part != parts.end();) {
    const SplitCell at = part->first;
    SplitSums sums;
    for (; part != parts.end() && part->first == at; ++part) {
      const auto& [cell, more] = *part->second;
      sums.all += more;
      if (cell.tag >= 0) sums.tags[static_cast<std::size_t>(cell.tag)] += more.mentions;
      if (cell.polarity >= 0)
        sums.polarities[static_cast<std::size_t>(cell.polarity)] += more.mentions;
    }
    if (sums == SplitSums{}) continue;
    if (at.split == 1 || at.split == 3)  // language, theme
      write_split(c, at, name(static_cast<std::int32_t>(at.value)), sums);
    else
      write_split(c, at, at.value, sums);
  }
}

template <class Value>
void RollupChanges::write_split(Connection& c, const SplitCell& at, const Value& value,
                                const SplitSums& sums) {
  const auto& [all, tags, polarities] = sums;
  c.run(
      "INSERT INTO split_day VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
      "?15, ?16, ?17, ?18, ?19, ?20, ?21) "
      "ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
      "advocacy = advocacy + excluded.advocacy, complaint = complaint + excluded.complaint, "
      "mixed = mixed + excluded.mixed, question = question + excluded.question, "
      "other = other + excluded.other, positive = positive + excluded.positive, "
      "negative = negative + excluded.negative, "
      "mixed_polarity = mixed_polarity + excluded.mixed_polarity, "
      "neutral = neutral + excluded.neutral, score_sum = score_sum + excluded.score_sum, "
      "rating_sum = rating_sum + excluded.rating_sum, star1 = star1 + excluded.star1, "
      "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
      "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5",
      at.brand, at.split, at.day, value, all.mentions, tags[0], tags[1], tags[2], tags[3], tags[4],
      polarities[0], polarities[1], polarities[2], polarities[3], all.score, all.stars,
      all.by_star[0], all.by_star[1], all.by_star[2], all.by_star[3], all.by_star[4]);
  if (all.mentions >= 0) return;
  c.run(
      "DELETE FROM split_day WHERE brand = ?1 AND split = ?2 AND day = ?3 AND value = ?4 "
      "AND mentions = 0",
      at.brand, at.split, at.day, value);
}

void RollupChanges::write_hourly(Connection& c, std::int64_t from) const {
  for (const auto& [at, sums] : hourly_) {
    if (at.when < from) continue;
    c.run(
        "INSERT INTO hourly VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
        "?14, ?15, ?16, ?17) "
        "ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, "
        "score_sum = score_sum + excluded.score_sum, rating_sum = rating_sum + "
        "excluded.rating_sum, "
        "rated = rated + excluded.rated, star1 = star1 + excluded.star1, "
        "star2 = star2 + excluded.star2, star3 = star3 + excluded.star3, "
        "star4 = star4 + excluded.star4, star5 = star5 + excluded.star5",
        at.brand, at.when, at.dated, at.source, name(at.language), at.tag, at.polarity, at.stage,
        sums.mentions, sums.score, sums.stars, sums.rated, sums.by_star[0], sums.by_star[1],
        sums.by_star[2], sums.by_star[3], sums.by_star[4]);
    if (sums.mentions >= 0) continue;
    c.run(
        "DELETE FROM hourly WHERE hour = ?1 AND brand = ?2 AND source = ?3 AND language = ?4 "
        "AND tag = ?5 AND polarity = ?6 AND stage = ?7 AND dated = ?8 AND mentions = 0",
        at.when, at.brand, at.source, name(at.language), at.tag, at.polarity, at.stage, at.dated);
  }
}

}  // namespace testigo::store
