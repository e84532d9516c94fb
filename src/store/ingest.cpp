#include "store/ingest.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/digest.h"
#include "query/fts.h"
#include "query/match.h"
#include "store/connection.h"
#include "store/evidence.h"
#include "store/identity.h"
#include "store/post_writer.h"
#include "store/requests.h"

namespace testigo::store {

namespace {

std::string shortest(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::int64_t revision_hash(const Post& post) {
  std::string rating;
  if (post.rating) {
    rating = shortest(post.rating->value) + "/" + shortest(post.rating->best) + "/" +
             shortest(post.rating->worst);
  }
  return key_of({post.title ? "title" : "", post.title.value_or(""), post.text, rating});
}

// Over the words of the text without its title, which whoever repeats it may have changed.
std::optional<std::int64_t> copy_hash(const query::Document& document) {
  std::string words;
  std::size_t count = 0;
  for (const auto& place : document.places()) {
    if (place.field != Field::text || place.folded == query::break_word) continue;
    words.append(place.folded).append(1, ' ');
    ++count;
  }
  if (count < min_copy_words) return std::nullopt;
  return key_of({words});
}

bool is_prepared(const Sighting& sighting) {
  return sighting.prepared && sighting.prepared->filters.size() == sighting.brands.size();
}

bool any(const CoverageCounts& n) {
  return n.asked || n.allowed || n.blocked || n.refused_by_page || n.capped || n.failed ||
         n.empty || n.unchanged;
}

void add_coverage_within(Connection& c, RunId run, const CoverageCounts& n) {
  if (!any(n)) return;
  c.run(
      "INSERT INTO coverage VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
      "ON CONFLICT DO UPDATE SET asked = asked + excluded.asked, "
      "allowed = allowed + excluded.allowed, blocked = blocked + excluded.blocked, "
      "refused_by_page = refused_by_page + excluded.refused_by_page, "
      "capped = capped + excluded.capped, failed = failed + excluded.failed, "
      "empty = empty + excluded.empty, unchanged = unchanged + excluded.unchanged",
      run, c.brand_id(n.brand), c.source_id(n.source), n.asked, n.allowed, n.blocked,
      n.refused_by_page, n.capped, n.failed, n.empty, n.unchanged);
}

void put_posts(Connection& c, PostWriter& writer, const Answer& answer, IngestCounts& counts) {
  const std::vector<PostId> ids = identify(c, answer.posts);
  for (std::size_t i = 0; i < ids.size() && c.ok(); ++i) {
    switch (writer.put(answer.posts[i], ids[i], answer)) {
      case PostWriter::Outcome::added:
        ++counts.new_posts;
        break;
      case PostWriter::Outcome::edited:
        ++counts.edited;
        break;
      case PostWriter::Outcome::unchanged:
        ++counts.unchanged;
        break;
    }
  }
  for (const Departure& departure : answer.departures) {
    if (writer.depart(departure)) ++counts.departed;
  }
}

void put_answer(Connection& c, PostWriter& writer, const Batch& batch, const Answer& answer,
                IngestCounts& counts) {
  put_posts(c, writer, answer, counts);
  if (answer.request) {
    complete_within(c, *answer.request);
    if (answer.page) put_page(c, *answer.request, *answer.page, evidence_id(c, answer));
  }
  counts.discovered += enqueue_within(c, answer.discovered, batch.now);
  if (batch.run.value != 0) add_coverage_within(c, batch.run, answer.coverage);
}

void end_lease(Connection& c, RunId run, const LeaseEnd& end) {
  switch (end.kind) {
    case LeaseEnd::Kind::postponed:
      postpone_within(c, end.request, end.not_before, end.reason);
      break;
    case LeaseEnd::Kind::dead:
      bury_within(c, end.request, end.reason);
      break;
    case LeaseEnd::Kind::returned:
      give_back_within(c, end.request);
      break;
  }
  add_coverage_within(c, run, end.coverage);
}

void count_run(Connection& c, const Batch& batch, std::size_t new_mentions) {
  std::size_t pages = 0;
  std::size_t posts = 0;
  for (const Answer& answer : batch.answers) {
    if (answer.page || answer.evidence) ++pages;
    posts += answer.posts.size();
  }
  c.run(
      "UPDATE run SET pages = pages + ?2, posts = posts + ?3, new_mentions = new_mentions + ?4 "
      "WHERE id = ?1",
      batch.run, pages, posts, new_mentions);
}

}  // namespace

void prepare(Sighting& sighting) {
  const Post& post = sighting.post;
  const query::Document document(post.title ? *post.title : std::string_view(), post.text);
  const query::Facts facts =
      query::with_verdict(query::facts_of(post, BrandId(), std::nullopt), sighting.verdict);
  PreparedText prepared;
  for (const BrandMention& brand : sighting.brands) {
    query::Facts of_brand = facts;
    of_brand.brand = brand.brand;
    of_brand.tag = brand.tag;
    query::FtsRow row = query::fts_row(document, of_brand);
    prepared.words = std::move(row.words);
    prepared.filters.push_back(std::move(row.filters));
  }
  prepared.revision_hash = revision_hash(post);
  prepared.copy_hash = copy_hash(document);
  sighting.prepared = std::move(prepared);
}

Result<IngestCounts> ingest(Store& store, Batch batch) {
  auto advanced = advance(store, std::move(batch));
  if (!advanced) return fail(std::move(advanced.error()));
  return advanced->counts;
}

Result<Advanced> advance(Store& store, Batch batch) {
  for (Answer& answer : batch.answers) {
    for (Sighting& sighting : answer.posts) {
      if (!is_prepared(sighting)) prepare(sighting);
    }
  }
  Connection& c = store.connection();
  Transaction transaction(c);
  Advanced advanced;
  IngestCounts& counts = advanced.counts;
  PostWriter writer(c, batch.rules);
  for (const Answer& answer : batch.answers) put_answer(c, writer, batch, answer, counts);
  writer.finish(batch.now);
  counts.new_mentions = writer.new_mentions();
  counts.copies = writer.new_copies();
  if (batch.run.value != 0) count_run(c, batch, counts.new_mentions);
  for (const LeaseEnd& end : batch.ends) end_lease(c, batch.run, end);
  for (const HostHold& hold : batch.holds) hold_host_within(c, hold.host, hold.until);
  if (batch.wanted) advanced.leases = lease_within(c, batch.run, batch.now, *batch.wanted);
  return transaction.commit(std::move(advanced));
}

Result<RunId> begin_run(Store& store, UtcTime now, std::string_view rules) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("INSERT INTO run(started, rules) VALUES(?1, ?2)", now, rules);
  return transaction.commit(RunId(c.last_insert_id()));
}

Result<void> end_run(Store& store, RunId run, UtcTime now, int exit_code) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.run("UPDATE run SET ended = ?2, exit = ?3 WHERE id = ?1", run, now, exit_code);
  c.run(
      "UPDATE request SET state = 0, run = NULL, leased_until = NULL WHERE state = 1 AND run = ?1",
      run);
  return transaction.commit();
}

Result<void> add_coverage(Store& store, RunId run, const CoverageCounts& counts) {
  Connection& c = store.connection();
  Transaction transaction(c);
  add_coverage_within(c, run, counts);
  return transaction.commit();
}

}  // namespace testigo::store
