// Mentions as rows and whole: read.h.
#include <limits>
#include <utility>

#include "core/digest.h"
#include "query/match.h"
#include "store/connection.h"
#include "store/evidence.h"
#include "store/mention_docs.h"
#include "store/mention_query.h"
#include "store/post_places.h"
#include "store/post_url.h"
#include "store/read.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

// In the order of MentionRow; the last ones are for the matcher.
constexpr const char* columns =
    "SELECT m.id, p.key, b.name, s.name, " TESTIGO_POST_OR_PAGE_URL
    ", "
    "p.parent, p.author, p.item, p.location, "
    "p.app_version, p.posted_at, p.collected_at, p.gone_at, v.language, r.rating, r.rating_best, "
    "r.title, r.text, m.tag, coalesce(m.polarity, v.polarity), m.score, "
    "v.confidence, v.act, v.stage, v.intent, "
    "v.degree, p.reach, p.owner_reply_at, p.copy_of, m.corrected, e.file || ':' || e.offset, "
    "g.url, r.language, r.rating_worst, m.day, v.facets, p.revision, m.rules, e.id";
enum : int {
  page_url = 31,
  declared = 32,
  worst = 33,
  day = 34,
  facets = 35,
  revision = 36,
  rules = 37,
  evidence = 38
};

MentionRow read_row(const Rows& rows) {
  MentionRow row;
  row.id = MentionId(rows.integer(0));
  row.post = PostId(rows.integer(1));
  row.brand = BrandId(std::string(rows.text(2)));
  row.source = SourceId(std::string(rows.text(3)));
  row.url = rows.maybe_text(4);
  if (const auto parent = rows.maybe_integer(5)) row.parent = PostId(*parent);
  row.author = rows.maybe_text(6);
  row.item = rows.maybe_text(7);
  row.location = rows.maybe_text(8);
  row.app_version = rows.maybe_text(9);
  row.posted_at = rows.maybe_time(10);
  row.collected_at = rows.time(11);
  row.gone_at = rows.maybe_time(12);
  row.language = rows.text(13);
  row.rating = rows.maybe_real(14);
  row.rating_best = rows.maybe_real(15);
  row.title = rows.maybe_text(16);
  row.text = rows.text(17);
  row.tag = rows.maybe<Tag>(18);
  row.polarity = rows.maybe<Polarity>(19);
  row.score = rows.maybe_real(20);
  row.confidence = rows.maybe_real(21);
  row.act = rows.maybe<Act>(22);
  row.stage = rows.maybe<Stage>(23);
  row.intent = rows.maybe<Intent>(24);
  row.degree = rows.maybe<Degree>(25);
  row.reach = rows.maybe_integer(26);
  row.owner_reply_at = rows.maybe_time(27);
  if (const auto copy_of = rows.maybe_integer(28)) row.copy_of = PostId(*copy_of);
  row.corrected = rows.integer(29) != 0;
  row.evidence = rows.maybe_text(30);
  return row;
}

// What the matcher looks at; the author goes by the name that the query gave.
query::Facts facts_of_row(Connection& c, const MentionQuery& plan, const MentionRow& row,
                          const Rows& rows) {
  query::Facts facts;
  facts.language = row.language == "und" ? rows.maybe_text(declared) : row.language;
  facts.source = row.source;
  facts.brand = row.brand;
  facts.author = row.author;
  for (const auto& [name, pseudonyms] : plan.authors) {
    if (row.author && pseudonyms.contains(*row.author)) facts.author = name;
  }
  facts.url = row.url ? row.url : rows.maybe_text(page_url);
  if (row.rating) {
    facts.rating =
        Rating{*row.rating, row.rating_best.value_or(5.0), rows.maybe_real(worst).value_or(1.0)};
  }
  facts.day = Day{std::chrono::sys_days(std::chrono::days(rows.integer(day)))};
  facts.tag = row.tag;
  facts.polarity = row.polarity;
  facts.act = row.act;
  facts.stage = row.stage;
  facts.intent = row.intent;
  for (const Facet& theme : read_facets(c, rows.maybe_text(facets), Axis::theme)) {
    facts.themes.push_back(theme.name);
  }
  return facts;
}

bool matches(Connection& c, const MentionQuery& plan, const MentionRow& row, const Rows& rows) {
  if (!plan.recheck) return true;
  const query::Document document(row.title ? *row.title : std::string_view(), row.text);
  return plan.recheck->matches(document, facts_of_row(c, plan, row, rows));
}

// Hands on the rows of one SELECT after another, until there were as many as were wanted.
class RowTaker {
 public:
  RowTaker(Connection& c, const MentionQuery& plan, const MentionFilter& filter, std::size_t skip,
           const std::function<bool(const MentionRow&)>& take)
      : c_(c),
        plan_(plan),
        take_(take),
        to_skip_(skip),
        left_(filter.limit == 0 ? all : filter.limit) {}

  void take(Rows rows) {
    while (left_ > 0 && rows.step()) {
      const MentionRow row = read_row(rows);
      if (!matches(c_, plan_, row, rows)) continue;
      if (to_skip_ > 0) {
        --to_skip_;
        continue;
      }
      --left_;
      if (!take_(row)) left_ = 0;
    }
  }
  [[nodiscard]] bool is_done() const { return left_ == 0; }
  // So many rows are still to come, those to be skipped among them; 0: all.
  [[nodiscard]] std::size_t wanted() const {
    return plan_.recheck || is_unbounded() ? 0 : to_skip_ + left_;
  }

 private:
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  // More than there can be, also when some were taken.
  [[nodiscard]] bool is_unbounded() const { return left_ > all / 4 || to_skip_ > all / 4; }

  Connection& c_;
  const MentionQuery& plan_;
  const std::function<bool(const MentionRow&)>& take_;
  std::size_t to_skip_, left_;
};

// What the full text finds is not in order, and may be much of the store: for the newest of it, it
// is asked of the last days first.
void each_row(Connection& c, const MentionQuery& plan, const MentionFilter& filter,
              const std::function<bool(const MentionRow&)>& take) {
  if (filter.order == MentionOrder::newest && !plan.match.empty()) {
    RowTaker taker(c, plan, filter, filter.offset, take);
    for (const DocWindow& window : newest_windows(c, plan.since, plan.until)) {
      if (taker.is_done() || !c.ok()) return;
      taker.take(c.query_text(plan.select(columns, window, taker.wanted()), plan.values));
    }
    return;
  }
  RowTaker taker(c, plan, filter, plan.recheck ? filter.offset : 0, take);
  taker.take(c.query_text(plan.select(columns), plan.values));
}

std::vector<Target> targets_of(Connection& c, PostId post) {
  std::vector<Target> targets;
  Rows rows = c.query(
      "SELECT b.name, m.tag, m.score FROM mention m JOIN brand b ON b.id = m.brand "
      "WHERE m.post = " TESTIGO_POST_WITH_KEY("?1") " AND m.tag IS NOT NULL ORDER BY b.name",
      post);
  while (rows.step()) {
    targets.push_back({std::string(rows.text(0)), static_cast<Tag>(rows.integer(1)), rows.real(2)});
  }
  return targets;
}

std::vector<RevisionRow> revisions_of(Connection& c, std::int64_t newest) {
  std::vector<RevisionRow> revisions;
  Rows rows = c.query(
      "WITH RECURSIVE history(id, previous, age) AS ("
      "SELECT id, previous, 0 FROM revision WHERE id = ?1 UNION ALL "
      "SELECT r.id, r.previous, h.age + 1 FROM revision r JOIN history h ON r.id = h.previous) "
      "SELECT r.seen_at, r.rating, r.rating_best, r.rating_worst, r.title, r.text "
      "FROM history h JOIN revision r ON r.id = h.id ORDER BY h.age",
      newest);
  while (rows.step()) {
    RevisionRow& one = revisions.emplace_back();
    one.seen_at = rows.time(0);
    one.rating = rows.maybe_real(1);
    one.rating_best = rows.maybe_real(2);
    one.rating_worst = rows.maybe_real(3);
    one.title = rows.maybe_text(4);
    one.text = rows.text(5);
  }
  return revisions;
}

std::optional<EvidenceRow> evidence_row(Connection& c, std::optional<std::int64_t> id) {
  Rows rows = c.query(
      "SELECT file, offset, length, payload_digest, url, fetched_at FROM evidence WHERE id = ?1",
      id);
  if (!rows.step()) return std::nullopt;
  return read_evidence(rows);
}

// The last of it.
std::optional<CorrectionRow> correction_of(Connection& c, const MentionRow& mention) {
  if (!mention.corrected) return std::nullopt;
  Rows rows = c.query(
      "SELECT tag, person, at, note FROM correction WHERE mention = ?1 AND undone = 0 "
      "ORDER BY id DESC LIMIT 1",
      mention.id);
  if (!rows.step()) return std::nullopt;
  return CorrectionRow{rows.maybe<Tag>(0), std::string(rows.text(1)), rows.time(2),
                       rows.maybe_text(3)};
}

std::vector<CopyRow> copy_rows(Rows rows) {
  std::vector<CopyRow> copies;
  while (rows.step()) {
    copies.push_back({PostId(rows.integer(0)), SourceId(std::string(rows.text(1))),
                      rows.maybe_text(2), rows.time(3)});
  }
  return copies;
}

void add_copies(Connection& c, MentionDetail& detail) {
  if (detail.row.copy_of) {
    const auto original = copy_rows(
        c.query("SELECT p.key, s.name, " TESTIGO_POST_OR_PAGE_URL ", p.said_at "
                "FROM post p JOIN post_page g ON g.id = p.page "
                "JOIN source s ON s.id = p.source WHERE p.id = " TESTIGO_POST_WITH_KEY("?1"),
                *detail.row.copy_of));
    if (!original.empty()) detail.original = original.front();
  }
  detail.copies = copy_rows(c.query("SELECT p.key, s.name, " TESTIGO_POST_OR_PAGE_URL ", p.said_at "
                                    "FROM post p JOIN post_page g ON g.id = p.page "
                                    "JOIN source s ON s.id = p.source WHERE p.copy_of = ?1 "
                                    "ORDER BY p.said_at, p.key LIMIT ?2",
                                    detail.row.post, most_copies_shown));
  detail.copy_count = static_cast<std::size_t>(
      c.integer("SELECT count(*) FROM post WHERE copy_of = ?1", detail.row.post).value_or(0));
}

// A mention's id, also given its post's.
std::optional<std::int64_t> mention_by(Connection& c, std::int64_t id) {
  if (c.integer("SELECT 1 WHERE EXISTS " TESTIGO_DOC_WITH_ID("= ?1"), id)) return id;
  return c.integer(
      "SELECT id FROM mention WHERE post = " TESTIGO_POST_WITH_KEY("?1") " ORDER BY doc LIMIT 1",
      id);
}

}  // namespace

Result<void> for_each_mention(Store& store, const MentionFilter& filter,
                              const std::function<bool(const MentionRow&)>& take) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  Result<MentionQuery> plan = plan_mentions(c, filter);
  if (!plan) return fail(std::move(plan).error());
  each_row(c, *plan, filter, take);
  return snapshot.result();
}

Result<std::vector<MentionRow>> mentions(Store& store, const MentionFilter& filter) {
  std::vector<MentionRow> rows;
  Result<void> done = for_each_mention(store, filter, [&](const MentionRow& row) {
    rows.push_back(row);
    return true;
  });
  if (!done) return fail(std::move(done).error());
  return rows;
}

Result<MentionDetail> find_mention(Store& store, std::int64_t id) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  MentionDetail detail;
  std::int64_t of_revision = 0;
  std::int64_t of_rules = 0;
  std::optional<std::int64_t> of_evidence;
  bool found = false;
  if (const auto mention = mention_by(c, id)) {
    MentionFilter filter;
    filter.ids.push_back(MentionId(*mention));
    Result<MentionQuery> plan = plan_mentions(c, filter);
    if (!plan) return fail(std::move(plan).error());
    Rows rows = c.query_text(plan->select(columns), plan->values);
    found = rows.step();
    if (found) {
      detail.row = read_row(rows);
      of_revision = rows.integer(revision);
      of_rules = rows.integer(rules);
      of_evidence = rows.maybe_integer(evidence);
    }
  }
  if (c.ok() && !found) {
    return fail(Errc::not_found, "no mention has this id", show_key(id));
  }
  detail.correction = correction_of(c, detail.row);
  detail.verdict = get_verdict(c, of_revision, of_rules);
  detail.verdict.targets = targets_of(c, detail.row.post);
  detail.rules = c.text("SELECT hash FROM rules WHERE id = ?1", of_rules).value_or("");
  detail.revisions = revisions_of(c, of_revision);
  detail.evidence = evidence_row(c, of_evidence);
  add_copies(c, detail);
  return snapshot.result(std::move(detail));
}

Result<void> for_each_evidence(Store& store, const std::function<bool(const EvidenceRow&)>& take) {
  Connection& c = store.connection();
  Snapshot snapshot(c);
  {
    Rows rows = c.query(
        "SELECT file, offset, length, payload_digest, url, fetched_at FROM evidence "
        "ORDER BY file, offset");
    while (rows.step()) {
      if (!take(read_evidence(rows))) break;
    }
  }
  return snapshot.result();
}

}  // namespace testigo::store
