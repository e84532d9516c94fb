#include "store/full_text.h"

#include <string>
#include <utility>

#include "core/post.h"
#include "query/match.h"
#include "store/post_url.h"
#include "store/verdict_row.h"

namespace testigo::store {

namespace {

struct Row {
  std::int64_t doc = 0;
  BrandId brand;
  std::optional<Tag> tag;
  std::optional<Polarity> polarity;
};

}  // namespace

std::vector<IndexedMention> indexed_mentions(Connection& c, std::int64_t post) {
  std::vector<Row> rows;
  Post shown;
  Verdict verdict;
  std::optional<std::string> facets;
  {
    Rows found =
        c.query("SELECT m.doc, b.name, m.tag, s.name, " TESTIGO_POST_URL
                ", g.url, r.language, r.title, "
                "r.text, "
                "v.language, coalesce(m.polarity, v.polarity), v.act, v.stage, v.intent, v.facets "
                "FROM mention m JOIN brand b ON b.id = m.brand JOIN post p ON p.id = m.post "
                "JOIN post_page g ON g.id = p.page "
                "JOIN source s ON s.id = p.source JOIN revision r ON r.id = p.revision "
                "JOIN verdict v ON v.revision = p.revision AND v.rules = m.rules WHERE m.post = ?1",
                post);
    while (found.step()) {
      rows.push_back({found.integer(0), BrandId(std::string(found.text(1))), found.maybe<Tag>(2),
                      found.maybe<Polarity>(10)});
      if (rows.size() > 1) continue;  // the rest is the post's
      shown.source = SourceId(std::string(found.text(3)));
      shown.url = found.maybe_text(4);
      shown.page_url = found.text(5);
      shown.language = found.maybe_text(6);
      shown.title = found.maybe_text(7);
      shown.text = found.text(8);
      verdict.language = found.text(9);
      verdict.act = found.maybe<Act>(11);
      verdict.stage = found.maybe<Stage>(12);
      verdict.intent = found.maybe<Intent>(13);
      facets = found.maybe_text(14);
    }
  }
  std::vector<IndexedMention> indexed;
  if (rows.empty()) return indexed;
  verdict.themes = read_facets(c, facets, Axis::theme);
  const query::Document document(shown.title.value_or(""), shown.text);
  for (const Row& row : rows) {
    query::Facts facts =
        query::with_verdict(query::facts_of(shown, row.brand, std::nullopt), verdict);
    facts.tag = row.tag;
    facts.polarity = row.polarity;
    indexed.push_back({row.doc, query::fts_row(document, facts)});
  }
  return indexed;
}

void fill_full_text(Connection& c, Sql insert) {
  std::vector<std::int64_t> posts;
  {
    Rows rows = c.query("SELECT DISTINCT post FROM mention ORDER BY doc");
    while (rows.step()) posts.push_back(rows.integer(0));
  }
  for (const std::int64_t post : posts)
    for (const IndexedMention& one : indexed_mentions(c, post))
      c.run(insert, one.doc, one.tokens.filters, one.tokens.words);
}

void fill_full_text(Connection& c) {
  fill_full_text(c, "INSERT INTO mention_fts(rowid, words) VALUES(?1, ?2 || ' ' || ?3)");
}

void FullTextChanges::take_all(Connection& c, std::int64_t post) {
  for (IndexedMention& one : indexed_mentions(c, post)) take(one.doc, std::move(one.tokens));
}

void FullTextChanges::add_all(Connection& c, std::int64_t post) {
  for (IndexedMention& one : indexed_mentions(c, post)) add(one.doc, std::move(one.tokens));
}

void FullTextChanges::add(std::int64_t doc, query::FtsRow tokens) {
  changes_[doc].after = std::move(tokens);
}

void FullTextChanges::take(std::int64_t doc, query::FtsRow tokens) {
  Change& change = changes_[doc];
  // Added earlier in this batch, it is not in the index yet.
  if (change.after)
    change.after.reset();
  else if (!change.before)
    change.before = std::move(tokens);
}

void FullTextChanges::write(Connection& c) {
  for (const auto& [doc, change] : changes_) {
    if (!change.before) continue;
    c.run(
        "INSERT INTO mention_fts(mention_fts, rowid, words) VALUES('delete', ?1, ?2 || ' ' || ?3)",
        doc, change.before->filters, change.before->words);
  }
  for (const auto& [doc, change] : changes_) {
    if (!change.after) continue;
    c.run("INSERT INTO mention_fts(rowid, words) VALUES(?1, ?2 || ' ' || ?3)", doc,
          change.after->filters, change.after->words);
  }
  changes_.clear();
}

}  // namespace testigo::store
