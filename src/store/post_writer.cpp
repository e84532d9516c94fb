#include "store/post_writer.h"

#include <algorithm>
#include <utility>

#include "core/digest.h"
#include "store/authors.h"
#include "store/expired.h"
#include "store/former_id.h"
#include "store/mention_docs.h"
#include "store/post_places.h"
#include "store/post_rows.h"
#include "store/sides.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

UtcTime said_at(const Sighting& sighting) {
  return sighting.post.posted_at.value_or(sighting.seen_at);
}

std::optional<std::int64_t> stars_of(const Post& post) {
  if (!post.rating) return std::nullopt;
  return scaled(stars(*post.rating));
}

bool counts(const Sighting& sighting) {
  const std::optional<Act>& act = sighting.verdict.act;
  return !sighting.post.by_brand && act != Act::reply && act != Act::promote;
}

// Without an id of the service's own, it tells posts apart (core/post.h: post_id).
std::optional<std::string> written_date(const Post& post) {
  return post.external_id ? std::nullopt : post.posted_at_written;
}

// What a post's address adds to its page's (post_pages.h).
std::optional<std::string_view> own_url(const Post& post) {
  if (!post.url || post.url->empty()) return std::nullopt;
  const std::string_view url = *post.url;
  if (!url.starts_with(post.page_url)) return url;
  const std::string_view rest = url.substr(post.page_url.size());
  return rest.empty() || rest.front() == '#' ? rest : url;
}

std::optional<double> score_of(const BrandMention& brand) {
  return brand.tag ? std::optional(brand.score) : std::nullopt;
}

Copies::Words words_of(const Sighting& sighting) {
  return {sighting.prepared->copy_hash, sighting.prepared->copy_keys, sighting.post.text};
}

// Whether a sighting shows what a post said before it said what is known.
bool is_older(const Sighting& sighting, std::optional<UtcTime> edited_at, UtcTime seen_at) {
  const std::optional<UtcTime> as_of = sighting.as_of ? sighting.as_of : sighting.post.edited_at;
  if (as_of && edited_at && *as_of != *edited_at) return *as_of < *edited_at;
  return sighting.seen_at < seen_at;
}

int number(const auto& value) { return value ? static_cast<int>(*value) : -1; }

}  // namespace

struct PostWriter::KnownMention {
  std::int64_t doc = 0;
  BrandId brand;
  std::int64_t rules = 0;
  std::optional<Tag> tag;
  std::optional<double> score;
  bool corrected = false;
};

PostWriter::PostWriter(Connection& c, std::string_view rules)
    : c_(c),
      rules_(c.rules_id(rules)),
      author_key_(author_key(c)),
      facet_numbers_(c),
      some_are_unwanted_(c.integer("SELECT EXISTS (SELECT 1 FROM unwanted)") == 1),
      some_are_expired_(some_are_expired(c)),
      rollups_(c.late_sums().changes()),
      copies_(c, rollups_) {}

PostWriter::Outcome PostWriter::put(const Sighting& sighting, Identity identity, Origin& origin) {
  const PostId id = identity.id;
  if (some_are_unwanted_ && is_unwanted(sighting.post, id)) {
    origin.erase_record();
    return Outcome::withheld;
  }
  const std::optional<Known> known = identity.is_new ? std::nullopt : find(id);
  if (!known) {
    if (some_are_expired_ && is_expired(c_, sighting.post, id, sighting.prepared->revision_hash))
      return Outcome::withheld;
    add(sighting, id, origin);
    return Outcome::added;
  }
  if (says_nothing_new(sighting, *known)) {
    refresh(sighting, known->row, origin);
    return Outcome::unchanged;
  }
  const bool edited = known->hash != sighting.prepared->revision_hash;
  if (edited && is_older(sighting, known->edited_at, known->seen_at)) {
    if (said_before(known->revision, sighting.prepared->revision_hash)) return Outcome::unchanged;
    add_earlier(sighting, *known, origin);
    return Outcome::earlier;
  }
  change(sighting, *known, origin);
  return edited ? Outcome::edited : Outcome::unchanged;
}

bool PostWriter::unname(const Sighting& sighting, PostId id, Origin& origin) {
  const std::optional<Known> known = find(id);
  if (!known || known->hash == sighting.prepared->revision_hash) return false;
  if (is_older(sighting, known->edited_at, known->seen_at)) return false;
  change(sighting, *known, origin);
  return true;
}

bool PostWriter::is_unwanted(const Post& post, PostId id) {
  std::optional<std::int64_t> by;
  if (const auto author = author_of(post)) by = parse_key(*author);
  return c_.integer("SELECT 1 FROM unwanted WHERE id IN (?1, ?2, ?3)", id, by, former_id(post))
      .has_value();
}

void PostWriter::finish(UtcTime now, Sums sums) {
  erase_earlier_records();
  copies_.finish();
  c_.late_sums().finish(c_, now, sums);
  full_text_.write(c_);
  day_docs_.write(c_);
  sort_in_posts(c_);
  if (new_mentions_ > 0) sort_in_mentions(c_);
}

std::optional<PostWriter::Known> PostWriter::find(PostId id) {
  Rows rows = c_.query(
      "SELECT p.id, p.revision, r.hash, p.copy_hash, p.posted_at IS NOT NULL, p.url IS NOT NULL, "
      "p.by_brand, p.gone_at IS NOT NULL, r.seen_at, p.edited_at "
      "FROM post p JOIN revision r ON r.id = p.revision "
      "WHERE p.id = " TESTIGO_POST_WITH_KEY("?1"),
      id);
  if (!rows.step()) return std::nullopt;
  return Known{rows.integer(0),       rows.integer(1),      rows.integer(2),
               rows.maybe_integer(3), rows.integer(4) != 0, rows.integer(5) != 0,
               rows.integer(6) != 0,  rows.integer(7) != 0, rows.time(8),
               rows.maybe_time(9)};
}

std::vector<PostWriter::KnownMention> PostWriter::mentions_of(std::int64_t row) {
  std::vector<KnownMention> mentions;
  Rows rows = c_.query(
      "SELECT m.doc, b.name, m.rules, m.tag, m.score, m.corrected "
      "FROM mention m JOIN brand b ON b.id = m.brand WHERE m.post = ?1",
      row);
  while (rows.step()) {
    mentions.push_back({rows.integer(0), BrandId(std::string(rows.text(1))), rows.integer(2),
                        rows.maybe<Tag>(3), rows.maybe_real(4), rows.integer(5) != 0});
  }
  return mentions;
}

// A new post.

void PostWriter::add(const Sighting& sighting, PostId id, Origin& origin) {
  const Post& post = sighting.post;
  const std::optional<PostId> copy_of = original_of(sighting, id);
  const std::int64_t revision = add_revision(sighting, std::nullopt, origin);
  std::optional<std::int64_t> identity;
  if (!post.external_id) identity = post_id(post).value;
  c_.run(
      "INSERT INTO post(key, source, identity, external_id, page, url, parent, author, item, "
      "location, app_version, posted_at, posted_at_written, edited_at, collected_at, said_at, day, "
      "dated, reach, owner_reply_at, owner_reply, by_brand, copy_hash, copy_of, revision, seen_in) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
      id, c_.source_id(post.source), identity, post.external_id, origin.page(post.page_url),
      own_url(post), parent_id(post), author_of(post), post.item, post.location, post.app_version,
      post.posted_at, written_date(post), post.edited_at, sighting.seen_at, said_at(sighting),
      sighting.day, sighting.dated, post.reach, post.owner_reply_at, post.owner_reply,
      post.by_brand, sighting.prepared->copy_hash, copy_of, revision, origin.listing());
  const std::int64_t row = c_.last_insert_id();
  add_post_place(c_, row, id, sighting.prepared->copy_hash);
  add_verdict(c_, facet_numbers_, revision, rules_, sighting.verdict);
  if (copy_of) ++new_copies_;

  Contribution one{.brand = 0,
                   .source = c_.source_id(post.source),
                   .day = sighting.day.days.time_since_epoch().count(),
                   .hour = hour_of(said_at(sighting)),
                   .dated = sighting.dated,
                   .language = sighting.verdict.language,
                   .tag = -1,
                   .polarity = -1,
                   .stage = number(sighting.verdict.stage),
                   .score = 0,
                   .stars = stars_of(post),
                   .themes = {}};
  const std::vector<Facet> themes = merged(sighting.verdict.themes);
  const WholeText whole = whole_of(sighting.verdict);
  for (std::size_t i = 0; i < sighting.brands.size(); ++i) {
    const BrandMention& brand = sighting.brands[i];
    const std::int64_t doc =
        add_mention({id, row}, sighting.day, said_at(sighting), brand, sighting.verdict);
    full_text_.add(doc, {sighting.prepared->words, sighting.prepared->filters[i]});
    if (copy_of || !counts(sighting)) continue;
    one.brand = c_.brand_id(brand.brand);
    one.tag = number(brand.tag);
    one.polarity = number(polarity_of(brand, false, whole));
    one.themes = facets_on(side_apart(brand, false, whole), themes);
    one.score = scaled(score_of(brand).value_or(0.0));
    rollups_.add(one);
  }
}

std::optional<PostId> PostWriter::original_of(const Sighting& sighting, PostId id) {
  return copies_.original_of(
      {id, said_at(sighting), c_.source_id(sighting.post.source), sighting.post.page_url},
      words_of(sighting));
}

std::int64_t PostWriter::add_revision(const Sighting& sighting,
                                      std::optional<std::int64_t> previous, Origin& origin) {
  const Post& post = sighting.post;
  std::optional<double> value, best, worst;
  if (post.rating) {
    value = post.rating->value;
    best = post.rating->best;
    worst = post.rating->worst;
  }
  c_.run(
      "INSERT INTO revision(previous, hash, seen_at, evidence, language, rating, rating_best, "
      "rating_worst, stars, title, text) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      previous, sighting.prepared->revision_hash, sighting.seen_at, origin.evidence(),
      post.language, value, best, worst, stars_of(post), post.title, post.text);
  return c_.last_insert_id();
}

std::int64_t PostWriter::add_mention(StoredAs post, Day day, UtcTime said_at,
                                     const BrandMention& brand, const Verdict& verdict) {
  c_.run(
      "INSERT INTO mention(id, post, brand, day, said_at, rules, tag, score, polarity) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      mention_id(brand.brand, post.key), post.row, c_.brand_id(brand.brand), day, said_at, rules_,
      brand.tag, score_of(brand), own_polarity(brand, false, whole_of(verdict)));
  ++new_mentions_;
  const std::int64_t doc = c_.last_insert_id();
  day_docs_.add(day, doc);
  return doc;
}

std::optional<std::string> PostWriter::author_of(const Post& post) {
  if (!post.author) return std::nullopt;
  return pseudonym_under(author_key_, post.source.value, *post.author);
}

// A known post.

bool PostWriter::says_nothing_new(const Sighting& sighting, const Known& known) {
  const Post& post = sighting.post;
  if (known.hash != sighting.prepared->revision_hash) return false;
  if (post.posted_at && !known.dated_by_source) return false;
  if (post.url && !known.has_url) return false;
  if (post.by_brand && !known.by_brand) return false;
  const std::vector<KnownMention> mentions = mentions_of(known.row);
  const auto as_known = [&](const BrandMention& brand) {
    return std::any_of(mentions.begin(), mentions.end(), [&](const KnownMention& mention) {
      if (mention.brand != brand.brand) return false;
      return mention.corrected || (mention.tag == brand.tag && mention.score == score_of(brand));
    });
  };
  const auto judged_by_these = [&](const KnownMention& m) { return m.rules == rules_; };
  return std::all_of(mentions.begin(), mentions.end(), judged_by_these) &&
         std::all_of(sighting.brands.begin(), sighting.brands.end(), as_known);
}

// What may change at any time without anyone counting it.
void PostWriter::refresh(const Sighting& sighting, std::int64_t row, Origin& origin) {
  const Post& post = sighting.post;
  c_.run(
      "UPDATE post SET gone_at = NULL, reach = coalesce(?2, reach), "
      "owner_reply_at = coalesce(?3, owner_reply_at), owner_reply = coalesce(?4, owner_reply), "
      "edited_at = coalesce(max(?5, edited_at), ?5, edited_at), author = coalesce(author, ?6), "
      "item = coalesce(item, ?7), parent = coalesce(parent, ?8), seen_in = coalesce(?9, seen_in) "
      "WHERE id = ?1 AND (gone_at IS NOT NULL OR reach IS NOT coalesce(?2, reach) "
      "OR owner_reply_at IS NOT coalesce(?3, owner_reply_at) "
      "OR owner_reply IS NOT coalesce(?4, owner_reply) "
      "OR edited_at IS NOT coalesce(max(?5, edited_at), ?5, edited_at) OR author IS NOT "
      "coalesce(author, ?6) "
      "OR item IS NOT coalesce(item, ?7) OR parent IS NOT coalesce(parent, ?8) "
      "OR seen_in IS NOT coalesce(?9, seen_in))",
      row, post.reach, post.owner_reply_at, post.owner_reply, post.edited_at, author_of(post),
      post.item, parent_id(post), origin.listing());
}

void PostWriter::mark_seen(PostId id, Origin& origin) {
  c_.run(
      "UPDATE post SET gone_at = NULL, seen_in = coalesce(?2, seen_in) "
      "WHERE id = " TESTIGO_POST_WITH_KEY(
          "?1") " AND (gone_at IS NOT NULL OR seen_in IS NOT coalesce(?2, seen_in))",
      id, origin.listing());
}

void PostWriter::change(const Sighting& sighting, const Known& known, Origin& origin) {
  const Post& post = sighting.post;
  const bool edited = known.hash != sighting.prepared->revision_hash;
  take_out(known.row);
  refresh(sighting, known.row, origin);
  std::int64_t revision = known.revision;
  if (edited) {
    const auto earlier = revive_revision(sighting, known.revision, origin);
    revision = earlier ? *earlier : add_revision(sighting, known.revision, origin);
  }
  const bool newly_dated = post.posted_at && !known.dated_by_source;
  c_.run(
      "UPDATE post SET revision = ?2, copy_hash = ?3, copy_of = NULL, "
      "url = coalesce(url, iif(?4 = (SELECT g.url FROM post_page g WHERE g.id = page), '', ?4)), "
      "by_brand = max(by_brand, ?5) WHERE id = ?1",
      known.row, revision, sighting.prepared->copy_hash, post.url, post.by_brand);
  if (newly_dated) {
    c_.run(
        "UPDATE post SET posted_at = ?2, said_at = ?2, day = ?3, dated = ?4, "
        "posted_at_written = coalesce(posted_at_written, ?5) WHERE id = ?1",
        known.row, *post.posted_at, sighting.day, sighting.dated, written_date(post));
    c_.run("UPDATE mention SET said_at = ?2, day = ?3 WHERE post = ?1", known.row, *post.posted_at,
           sighting.day);
    for (const KnownMention& mention : mentions_of(known.row))
      day_docs_.add(sighting.day, mention.doc);
  }
  if (!sighting.brands.empty()) put_verdict(c_, facet_numbers_, revision, rules_, sighting.verdict);
  change_mentions(sighting, known.row, edited);
  put_back(known.row);
  copies_.change(known.copy_hash, words_of(sighting));
}

bool PostWriter::said_before(std::int64_t newest, std::int64_t hash) {
  return c_
      .integer(
          "WITH RECURSIVE history(previous, hash) AS ("
          "SELECT previous, hash FROM revision WHERE id = ?1 UNION ALL "
          "SELECT r.previous, r.hash FROM revision r JOIN history h ON r.id = h.previous) "
          "SELECT 1 FROM history WHERE hash = ?2 LIMIT 1",
          newest, hash)
      .has_value();
}

// Behind the newest revision and those that were seen after it.
void PostWriter::add_earlier(const Sighting& sighting, const Known& known, Origin& origin) {
  std::int64_t follower = known.revision;
  std::optional<std::int64_t> previous;
  {
    Rows rows = c_.query(
        "WITH RECURSIVE history(id, previous, age) AS ("
        "SELECT id, previous, 0 FROM revision WHERE id = ?1 UNION ALL "
        "SELECT r.id, r.previous, h.age + 1 FROM revision r JOIN history h ON r.id = h.previous) "
        "SELECT h.id, h.previous FROM history h LEFT JOIN revision r ON r.id = h.previous "
        "WHERE r.id IS NULL OR r.seen_at <= ?2 ORDER BY h.age LIMIT 1",
        known.revision, sighting.seen_at);
    if (!rows.step()) return;
    follower = rows.integer(0);
    previous = rows.maybe_integer(1);
  }
  const std::int64_t revision = add_revision(sighting, previous, origin);
  c_.run("UPDATE revision SET previous = ?2 WHERE id = ?1", follower, revision);
  if (!sighting.brands.empty()) add_verdict(c_, facet_numbers_, revision, rules_, sighting.verdict);
}

// A text that was changed back to what it once said is that revision again, moved to the front of
// its post's history (a list from the newest back).
std::optional<std::int64_t> PostWriter::revive_revision(const Sighting& sighting,
                                                        std::int64_t newest, Origin& origin) {
  std::int64_t id = 0, follower = 0;
  std::optional<std::int64_t> previous;
  {
    Rows rows = c_.query(
        "WITH RECURSIVE history(id, previous, hash, follower) AS ("
        "SELECT id, previous, hash, NULL FROM revision WHERE id = ?1 UNION ALL "
        "SELECT r.id, r.previous, r.hash, h.id FROM revision r JOIN history h ON r.id = "
        "h.previous) "
        "SELECT id, previous, follower FROM history WHERE hash = ?2 LIMIT 1",
        newest, sighting.prepared->revision_hash);
    if (!rows.step()) return std::nullopt;
    id = rows.integer(0);
    previous = rows.maybe_integer(1);
    follower = rows.integer(2);
  }
  c_.run("UPDATE revision SET previous = ?2 WHERE id = ?1", follower, previous);
  c_.run(
      "UPDATE revision SET previous = ?2, seen_at = ?3, evidence = coalesce(?4, evidence) "
      "WHERE id = ?1",
      id, newest, sighting.seen_at, origin.evidence());
  return id;
}

void PostWriter::change_mentions(const Sighting& sighting, std::int64_t row, bool edited) {
  std::vector<BrandMention> missing = sighting.brands;
  for (const KnownMention& mention : mentions_of(row)) {
    // A brand that this sighting did not ask about has the tag of the whole text.
    BrandMention as{mention.brand, sighting.verdict.tag, sighting.verdict.score};
    const auto given = std::find_if(missing.begin(), missing.end(), [&](const BrandMention& brand) {
      return brand.brand == mention.brand;
    });
    if (given != missing.end()) {
      as = *given;
      missing.erase(given);
    } else if (edited) {
      c_.run("DELETE FROM mention WHERE doc = ?1", mention.doc);
      continue;
    }
    // What a person said of this very text outweighs the rules.
    const bool keep = mention.corrected && !edited;
    if (keep) as.tag = mention.tag;
    c_.run(
        "UPDATE mention SET rules = ?2, tag = ?3, score = ?4, corrected = ?5, polarity = ?6 "
        "WHERE doc = ?1",
        mention.doc, rules_, as.tag, score_of(as), keep,
        own_polarity(as, keep, whole_of(sighting.verdict)));
  }
  if (missing.empty()) return;
  // Day and time are the post's, whatever the sighting says of them.
  PostId key;
  Day day;
  UtcTime said_at{};
  {
    Rows rows = c_.query("SELECT day, said_at, key FROM post WHERE id = ?1", row);
    if (!rows.step()) return;
    key = PostId(rows.integer(2));
    day = Day{std::chrono::sys_days(std::chrono::days(rows.integer(0)))};
    said_at = rows.time(1);
  }
  for (const BrandMention& brand : missing)
    add_mention({key, row}, day, said_at, brand, sighting.verdict);
}

void PostWriter::take_out(std::int64_t row) {
  rollups_.take_all(c_, row);
  full_text_.take_all(c_, row);
}

void PostWriter::put_back(std::int64_t row) {
  rollups_.add_all(c_, row);
  full_text_.add_all(c_, row);
}

}  // namespace testigo::store
