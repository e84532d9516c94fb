#include "store/corrections.h"

#include "core/digest.h"
#include "store/connection.h"
#include "store/full_text.h"
#include "store/late_sums.h"
#include "store/mention_docs.h"
#include "store/rollups.h"
#include "store/sides.h"

namespace testigo::store {

namespace {

// A mention as it stands.
struct Standing {
  std::int64_t doc = 0;
  std::int64_t post = 0;
  std::optional<Tag> tag;
  bool corrected = false;
  double score = 0.0;
  WholeText whole;
  bool alone = false;  // the text is about no other brand
};

std::optional<Standing> standing_of(Connection& c, MentionId mention) {
  Rows rows = c.query(
      "SELECT m.doc, m.post, m.tag, m.corrected, m.score, v.tag, v.polarity, v.score, "
      "NOT EXISTS (SELECT 1 FROM mention o WHERE o.post = m.post AND o.doc <> m.doc) "
      "FROM mention m JOIN post p ON p.id = m.post "
      "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules "
      "WHERE m.doc IN " TESTIGO_DOC_WITH_ID("= ?1"),
      mention);
  if (!rows.step()) return std::nullopt;
  return Standing{rows.integer(0),     rows.integer(1),
                  rows.maybe<Tag>(2),  rows.integer(3) != 0,
                  rows.real(4),        {rows.maybe<Tag>(5), rows.maybe<Polarity>(6), rows.real(7)},
                  rows.integer(8) != 0};
}

struct Change {
  std::optional<Tag> tag;
  bool corrected = true;
};

// What the rules say, where they are not asked again.
std::optional<Tag> ruled_tag(Connection& c, MentionId mention, const Standing& standing) {
  if (standing.alone) return standing.whole.tag;
  Rows rows = c.query(
      "SELECT was FROM correction WHERE mention = ?1 AND was_corrected = 0 "
      "ORDER BY id DESC LIMIT 1",
      mention);
  return rows.step() ? rows.maybe<Tag>(0) : std::nullopt;
}

// Takes the post out of sums and full text, changes the row, and puts the post back as it then is.
void apply(Connection& c, MentionId mention, const Standing& standing, const Change& change,
           const Corrector& by) {
  add_late_sums(c);
  RollupChanges rollups;
  FullTextChanges full_text;
  rollups.take_all(c, standing.post);
  full_text.take_all(c, standing.post);
  c.run("UPDATE mention SET tag = ?2, corrected = ?3, polarity = ?4 WHERE doc = ?1", standing.doc,
        change.tag, change.corrected,
        own_polarity({BrandId(), change.tag, standing.score}, change.corrected, standing.whole));
  rollups.add_all(c, standing.post);
  full_text.add_all(c, standing.post);
  rollups.write(c, by.at);
  full_text.write(c);
  c.run(
      "INSERT INTO correction(mention, at, person, note, was, was_corrected, tag, undone) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      mention, by.at, by.person, by.note, standing.tag, standing.corrected, change.tag,
      !change.corrected);
}

Error no_such_mention(MentionId mention) {
  return {Errc::not_found, "no mention has this id", show_key(mention.value)};
}

}  // namespace

Result<Correction> correct(Store& store, MentionId mention, Tag tag, const Corrector& by) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto standing = standing_of(c, mention);
  if (c.ok() && !standing) return fail(no_such_mention(mention));
  if (standing) apply(c, mention, *standing, {tag, true}, by);
  return transaction.commit(Correction{mention, standing ? standing->tag : std::nullopt, tag});
}

Result<Correction> undo_correction(Store& store, MentionId mention, const Corrector& by,
                                   const std::optional<BrandMention>& ruled) {
  Connection& c = store.connection();
  Transaction transaction(c);
  const auto standing = standing_of(c, mention);
  if (c.ok() && !standing) return fail(no_such_mention(mention));
  if (c.ok() && !standing->corrected)
    return fail(Errc::not_found, "nobody corrected this mention", show_key(mention.value));
  std::optional<Tag> tag;
  if (ruled)
    tag = ruled->tag;
  else if (standing)
    tag = ruled_tag(c, mention, *standing);
  if (standing) apply(c, mention, *standing, {tag, false}, by);
  return transaction.commit(Correction{mention, standing ? standing->tag : std::nullopt, tag});
}

}  // namespace testigo::store
