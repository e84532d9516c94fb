#include "store/reclassification.h"

#include <algorithm>
#include <limits>
#include <set>

#include "store/answer.h"
#include "store/connection.h"
#include "store/full_text.h"
#include "store/late_sums.h"
#include "store/mention_docs.h"
#include "store/rollups.h"
#include "store/sides.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

constexpr std::int64_t no_rules = 0;  // ids count from 1

std::int64_t days_of(const std::optional<Day>& day, std::int64_t otherwise) {
  return day ? std::int64_t{day->days.time_since_epoch().count()} : otherwise;
}

// The bounds of a filter as numbers of the tables.
struct Bounds {
  std::int64_t brand = -1;  // -1: any
  std::int64_t since = std::numeric_limits<std::int64_t>::min();
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
  std::int64_t rules = no_rules;
};

Bounds bounds_of(Connection& c, const RejudgeFilter& filter) {
  Bounds bounds;
  if (filter.brand)
    bounds.brand = c.integer("SELECT id FROM brand WHERE name = ?1", *filter.brand).value_or(0);
  bounds.since = days_of(filter.since, bounds.since);
  bounds.until = days_of(filter.until, bounds.until);
  bounds.rules = c.integer("SELECT id FROM rules WHERE hash = ?1", filter.rules).value_or(no_rules);
  return bounds;
}

Post read_post(const Rows& rows) {
  Post post;
  post.source = SourceId(std::string(rows.text(2)));
  post.title = rows.maybe_text(3);
  post.text = rows.text(4);
  if (const auto value = rows.maybe_real(5))
    post.rating = Rating{*value, rows.real(6), rows.real(7)};
  post.language = rows.maybe_text(8);
  post.by_brand = rows.integer(9) != 0;
  post.author = rows.maybe_text(11);
  return post;
}

std::vector<JudgedMention> mentions_of(Connection& c, std::int64_t post) {
  std::vector<JudgedMention> mentions;
  Rows rows = c.query(
      "SELECT m.id, b.name, m.day, m.tag, m.score, m.corrected, "
      "coalesce(m.polarity, v.polarity) FROM mention m "
      "JOIN brand b ON b.id = m.brand JOIN post p ON p.id = m.post "
      "LEFT JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.post = ?1 ORDER BY m.doc",
      post);
  while (rows.step())
    mentions.push_back({MentionId(rows.integer(0)), BrandId(std::string(rows.text(1))),
                        Day{std::chrono::sys_days(std::chrono::days(rows.integer(2)))},
                        rows.maybe<Tag>(3), rows.real(4), rows.integer(5) != 0,
                        rows.maybe<Polarity>(6)});
  return mentions;
}

// Writes the mentions of one post; how many got another tag.
std::int64_t change_mentions(Connection& c, std::int64_t rules, const Rejudged& one) {
  std::int64_t changed = 0;
  for (const JudgedMention& mention : mentions_of(c, one.row)) {
    const auto said =
        std::find_if(one.brands.begin(), one.brands.end(),
                     [&](const BrandMention& brand) { return brand.brand == mention.brand; });
    if (said == one.brands.end()) continue;
    const std::optional<Polarity> own =
        own_polarity(as_it_stays(mention, *said), mention.corrected, whole_of(one.verdict));
    const std::optional<Tag> tag = mention.corrected ? mention.tag : said->tag;
    std::optional<double> score;
    if (tag) score = said->score;
    c.run(
        "UPDATE mention SET rules = ?2, tag = ?3, score = ?4, polarity = ?5 "
        "WHERE id = ?1 AND post = ?6",
        mention.id, rules, tag, score, own, one.row);
    changed += tag != mention.tag;
  }
  return changed;
}

bool covers(const Rejudged& one, const std::vector<JudgedMention>& mentions) {
  return std::all_of(mentions.begin(), mentions.end(), [&](const JudgedMention& mention) {
    return std::any_of(one.brands.begin(), one.brands.end(),
                       [&](const BrandMention& brand) { return brand.brand == mention.brand; });
  });
}

}  // namespace

BrandMention as_it_stays(const JudgedMention& mention, BrandMention said) {
  if (mention.corrected) said.tag = mention.tag;
  return said;
}

Result<std::vector<JudgedPost>> posts_to_judge(Store& store, const RejudgeFilter& filter,
                                               std::int64_t after, std::size_t limit) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  const Bounds bounds = bounds_of(c, filter);
  std::vector<JudgedPost> posts;
  {
    Rows rows = c.query(
        "SELECT p.id, p.revision, s.name, r.title, r.text, r.rating, r.rating_best, "
        "r.rating_worst, r.language, p.by_brand, p.copy_of IS NOT NULL, p.author, min(m.rules), "
        "v.act "
        "FROM mention m CROSS JOIN post p ON p.id = m.post JOIN source s ON s.id = p.source "
        "JOIN revision r ON r.id = p.revision "
        "LEFT JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
        "WHERE m.post > ?1 AND (?2 < 0 OR m.brand = ?2) AND m.day >= ?3 AND m.day < ?4 "
        "AND m.rules <> ?5 GROUP BY m.post ORDER BY m.post LIMIT ?6",
        after, bounds.brand, bounds.since, bounds.until, bounds.rules, limit);
    while (rows.step()) {
      JudgedPost& one = posts.emplace_back();
      one.row = rows.integer(0);
      one.revision = rows.integer(1);
      one.post = read_post(rows);
      one.is_copy = rows.integer(10) != 0;
      one.rules = rows.integer(12);
      one.act = rows.maybe<Act>(13);
    }
  }
  for (JudgedPost& one : posts) one.mentions = mentions_of(c, one.row);
  return snapshot.result(std::move(posts));
}

Result<std::optional<JudgedPost>> post_to_judge(Store& store, std::int64_t row) {
  auto posts = posts_to_judge(store, {}, row - 1, 1);
  if (!posts) return fail(std::move(posts.error()));
  if (posts->empty() || posts->front().row != row) return std::nullopt;
  return std::move(posts->front());
}

Result<std::int64_t> count_posts_to_judge(Store& store, const RejudgeFilter& filter) {
  Connection& c = store.connection();
  c.clear_error();
  const Bounds bounds = bounds_of(c, filter);
  const auto count = c.integer(
      "SELECT count(DISTINCT post) FROM mention m WHERE (?1 < 0 OR m.brand = ?1) AND m.day >= ?2 "
      "AND m.day < ?3 AND m.rules <> ?4",
      bounds.brand, bounds.since, bounds.until, bounds.rules);
  return answer(c, count.value_or(0));
}

Result<bool> judged_by_several(Store& store, bool each) {
  constexpr std::int64_t looks = 64;
  Connection& c = store.connection();
  c.clear_error();
  bool several = false;
  if (c.integer("SELECT count(*) FROM rules").value_or(0) < 2) {
    several = false;
  } else if (each) {
    several = c.integer(
                  "SELECT EXISTS (SELECT 1 FROM mention WHERE rules <> "
                  "(SELECT rules FROM mention LIMIT 1))") == 1;
  } else {
    const std::int64_t first = c.integer("SELECT min(doc) FROM mention").value_or(0);
    const std::int64_t last = c.integer("SELECT max(doc) FROM mention").value_or(0);
    std::set<std::int64_t> seen;
    for (std::int64_t i = 0; i <= looks; ++i)
      if (const auto rules =
              c.integer("SELECT rules FROM mention WHERE doc >= ?1 ORDER BY doc LIMIT 1",
                        first + (last - first) * i / looks))
        seen.insert(*rules);
    several = seen.size() > 1;
  }
  if (!c.ok()) return fail(c.error());
  return several;
}

Result<std::optional<JudgedPost>> post_judged_by(Store& store, MentionId mention,
                                                 std::optional<std::string_view> rules) {
  Connection& c = store.connection();
  c.clear_error();
  const auto row = c.integer(
      "SELECT m.post FROM mention m JOIN rules x ON x.id = m.rules "
      "WHERE m.doc IN " TESTIGO_DOC_WITH_ID("= ?1") " AND (?2 IS NULL OR x.hash = ?2)",
      mention, rules);
  if (!c.ok()) return fail(c.error());
  if (!row) return std::nullopt;
  return post_to_judge(store, *row);
}

Result<Verdict> verdict_of(Store& store, const JudgedPost& post) {
  Connection& c = store.connection();
  c.clear_error();
  Verdict verdict = get_verdict(c, post.revision, post.rules);
  return answer(c, std::move(verdict));
}

Result<std::int64_t> put_verdicts(Store& store, std::string_view rules,
                                  std::span<const Rejudged> posts, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const std::int64_t by = c.rules_id(rules);
  add_late_sums(c);
  RollupChanges rollups;
  FullTextChanges full_text;
  FacetNumbers numbers(c);
  std::int64_t changed = 0;
  for (const Rejudged& one : posts) {
    if (c.integer("SELECT revision FROM post WHERE id = ?1", one.row) != one.revision) continue;
    if (!covers(one, mentions_of(c, one.row))) continue;  // a brand came to it meanwhile
    rollups.take_all(c, one.row);
    full_text.take_all(c, one.row);
    put_verdict(c, numbers, one.revision, by, one.verdict);
    changed += change_mentions(c, by, one);
    rollups.add_all(c, one.row);
    full_text.add_all(c, one.row);
  }
  rollups.write(c, now);
  full_text.write(c);
  return transaction.commit(changed);
}

}  // namespace testigo::store
