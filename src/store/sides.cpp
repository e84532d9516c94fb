#include "store/sides.h"

#include <cstdint>
#include <vector>

#include "store/connection.h"
#include "store/full_text.h"
#include "store/late_sums.h"
#include "store/rollups.h"

namespace testigo::store {

namespace {

// From here on a brand is praised or blamed (classify/targets.cpp).
constexpr double decided_score = 0.2;

constexpr std::int64_t posts_at_once = 2'000;  // their words are in memory

// Posts whose mentions have another tag or score than their text, or one that a person set.
std::vector<std::int64_t> divided_posts(Connection& c, std::int64_t after) {
  std::vector<std::int64_t> posts;
  Rows rows = c.query(
      "SELECT DISTINCT m.post FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.post > ?1 AND (m.corrected <> 0 OR m.tag IS NOT v.tag OR m.score IS NOT v.score) "
      "ORDER BY m.post LIMIT ?2",
      after, posts_at_once);
  while (rows.step()) posts.push_back(rows.integer(0));
  return posts;
}

struct Own {
  std::int64_t doc = 0;
  std::optional<Polarity> polarity;
};

std::vector<Own> own_polarities(Connection& c, std::int64_t post) {
  std::vector<Own> found;
  Rows rows = c.query(
      "SELECT m.doc, m.tag, m.score, m.corrected, v.tag, v.polarity, v.score "
      "FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules WHERE m.post = ?1",
      post);
  while (rows.step())
    found.push_back(
        {rows.integer(0),
         own_polarity({BrandId(), rows.maybe<Tag>(1), rows.real(2)}, rows.integer(3) != 0,
                      {rows.maybe<Tag>(4), rows.maybe<Polarity>(5), rows.real(6)})});
  return found;
}

void settle(Connection& c, const std::vector<std::int64_t>& posts) {
  add_late_sums(c);
  RollupChanges rollups;
  FullTextChanges full_text;
  for (const std::int64_t post : posts) {
    rollups.take_all(c, post);
    full_text.take_all(c, post);
    for (const Own& own : own_polarities(c, post))
      c.run("UPDATE mention SET polarity = ?2 WHERE doc = ?1", own.doc, own.polarity);
    rollups.add_all(c, post);
    full_text.add_all(c, post);
  }
  rollups.write(c, UtcTime{});  // long ago: hours that are kept stay kept
  full_text.write(c);
}

}  // namespace

std::optional<Polarity> polarity_of(const BrandMention& brand, bool corrected,
                                    const WholeText& whole) {
  const bool is_scored_as_whole = brand.score == whole.score;
  if (!brand.tag) return whole.polarity;
  if (!corrected && is_scored_as_whole && brand.tag == whole.tag) return whole.polarity;
  switch (*brand.tag) {
    case Tag::advocacy:
      return Polarity::positive;
    case Tag::complaint:
      return Polarity::negative;
    case Tag::mixed:
      return Polarity::mixed;
    case Tag::question:
    case Tag::other:
      break;
  }
  if (is_scored_as_whole) return whole.polarity;
  if (brand.score >= decided_score) return Polarity::positive;
  return brand.score <= -decided_score ? Polarity::negative : Polarity::neutral;
}

std::optional<Polarity> own_polarity(const BrandMention& brand, bool corrected,
                                     const WholeText& whole) {
  const std::optional<Polarity> polarity = polarity_of(brand, corrected, whole);
  return polarity == whole.polarity ? std::nullopt : polarity;
}

std::optional<Polarity> side_apart(const BrandMention& brand, bool corrected,
                                   const WholeText& whole) {
  const std::optional<Polarity> polarity = polarity_of(brand, corrected, whole);
  const bool is_as_whole = polarity == whole.polarity && (!brand.tag || brand.score == whole.score);
  return is_as_whole ? std::nullopt : polarity;
}

std::vector<Facet> facets_on(const std::optional<Polarity>& side, std::vector<Facet> facets) {
  if (!side || side == Polarity::mixed) return facets;
  for (Facet& facet : facets) {
    if (facet.polarity == side) continue;
    const bool has_both = facet.polarity == Polarity::mixed;
    facet.polarity = has_both ? *side : Polarity::neutral;
  }
  return facets;
}

void settle_sides(Connection& c) {
  std::vector<std::int64_t> posts = divided_posts(c, 0);
  while (c.ok() && !posts.empty()) {
    settle(c, posts);
    posts = divided_posts(c, posts.back());
  }
}

}  // namespace testigo::store
