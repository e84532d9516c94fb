#include "store/ingest.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>
#include <utility>

#include "core/digest.h"
#include "query/fts.h"
#include "query/match.h"
#include "store/absence.h"
#include "store/connection.h"
#include "store/evidence.h"
#include "store/identity.h"
#include "store/late_sums.h"
#include "store/ledger.h"
#include "store/looks.h"
#include "store/post_places.h"
#include "store/post_writer.h"
#include "store/requests.h"
#include "store/sides.h"

namespace testigo::store {

namespace {

std::string shortest(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

// Of the text without its title, which whoever repeats it may have changed.
std::vector<std::string_view> text_words(const query::Document& document) {
  std::vector<std::string_view> words;
  words.reserve(document.own_places().size());
  for (const auto& place : document.own_places())
    if (place.field == Field::text && place.folded != query::break_word)
      words.push_back(place.folded);
  return words;
}

std::optional<std::int64_t> copy_hash(std::span<const std::string_view> words) {
  if (words.size() < min_copy_words) return std::nullopt;
  std::string joined;
  constexpr std::size_t usual_word_bytes = 7;  // with its blank
  joined.reserve(words.size() * usual_word_bytes);
  for (const std::string_view word : words) joined.append(word).append(1, ' ');
  return key_of({joined});
}

bool is_prepared(const Sighting& sighting) {
  return sighting.prepared && sighting.prepared->filters.size() == sighting.brands.size();
}

// What an answer brought.
struct Brought {
  std::vector<PostId> posts;
  bool first_of_its_list = false;  // no post was seen there before
};

Brought put_answer(Connection& c, PostWriter& writer, const Batch& batch, const Answer& answer,
                   IngestCounts& counts) {
  Origin origin(c, answer);
  Identities found = identify(c, answer);
  for (std::size_t i = 0; i < found.ids.size() && c.ok(); ++i) {
    switch (writer.put(answer.posts[i], {found.ids[i], found.are_new[i]}, origin)) {
      case PostWriter::Outcome::added:
        ++counts.new_posts;
        break;
      case PostWriter::Outcome::edited:
        ++counts.edited;
        break;
      case PostWriter::Outcome::earlier:
        ++counts.earlier;
        break;
      case PostWriter::Outcome::withheld:
        ++counts.withheld;
        break;
      case PostWriter::Outcome::unchanged:
        ++counts.unchanged;
        break;
    }
  }
  const auto unnamed = identify_unnamed(c, answer, found.ids);
  for (std::size_t i = 0; i < unnamed.size(); ++i)
    if (unnamed[i] && writer.unname(answer.unnamed[i], *unnamed[i], origin)) ++counts.edited;
  if (answer.shown)
    for (const PostId other : answer.shown->others) writer.mark_seen(other, origin);
  for (const Departure& departure : answer.departures)
    if (writer.depart(departure)) ++counts.departed;
  if (answer.request) {
    if (answer.unread.empty())
      complete_within(c, *answer.request, batch.now);
    else
      bury_within(c, *answer.request, answer.unread, batch.now);
    if (answer.gone) page_gone_within(c, *answer.request);
    if (answer.page) put_page(c, *answer.request, *answer.page, origin.evidence());
  }
  counts.discovered += enqueue_within(c, answer.discovered, batch.now);
  if (batch.run.value != 0) add_coverage_within(c, batch.run, answer.coverage);
  return {std::move(found.ids), origin.made_list()};
}

void put_absences(Connection& c, PostWriter& writer, const Answer& answer,
                  std::span<const PostId> present, IngestCounts& counts) {
  for (const PostId absent : absent_posts(c, answer, present))
    if (writer.depart({absent, answer.fetched_at, answer.erase_departed})) ++counts.departed;
}

// Absences after the posts of all answers: what moved from one list to another is not gone.
void put_answers(Connection& c, PostWriter& writer, const Batch& batch, IngestCounts& counts) {
  std::vector<Brought> brought;
  for (const Answer& answer : batch.answers)
    brought.push_back(put_answer(c, writer, batch, answer, counts));
  for (std::size_t i = 0; i < brought.size() && c.ok(); ++i) {
    if (brought[i].first_of_its_list && !batch.answers[i].gone) continue;
    put_absences(c, writer, batch.answers[i], brought[i].posts, counts);
  }
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

// From when to when a run looked: the times of what was said in it that it would have seen.
struct Look {
  std::optional<UtcTime> from, to;

  void widen(UtcTime first, UtcTime last) {
    from = from ? std::min(*from, first) : first;
    to = to ? std::max(*to, last) : last;
  }
};

// An answer shows what there is when it is fetched, and what its list looks back to; a file that is
// imported, what was said between its posts.
Look look_of(const Answer& answer) {
  Look look;
  if (answer.request && answer.page)
    look.widen(std::min(answer.fetched_at, answer.looks_back_to.value_or(answer.fetched_at)),
               answer.fetched_at);
  if (answer.request) return look;
  for (const Sighting& sighting : answer.posts)
    if (const auto& said = sighting.post.posted_at) look.widen(*said, *said);
  return look;
}

// What the answers of a batch show, by brand and source.
using Looks = std::map<std::pair<BrandId, SourceId>, Look>;

Looks looks_of(const Batch& batch) {
  Looks looks;
  for (const Answer& answer : batch.answers)
    if (const Look look = look_of(answer); look.from)
      looks[{answer.coverage.brand, answer.coverage.source}].widen(*look.from, *look.to);
  return looks;
}

// Of an import also what was said between its batches.
void put_looks(Connection& c, const Batch& batch, Looks looks) {
  const bool imported = std::none_of(batch.answers.begin(), batch.answers.end(),
                                     [](const Answer& answer) { return answer.request; });
  if (imported && !looks.empty()) {
    Rows rows = c.query("SELECT looked_from, looked_to FROM run WHERE id = ?1", batch.run);
    if (rows.step() && !rows.is_null(0))
      for (auto& [of, look] : looks) look.widen(rows.time(0), rows.time(1));
  }
  for (const auto& [of, look] : looks)
    add_look_within(c, of.first, of.second, *look.from, *look.to);
}

void count_run(Connection& c, const Batch& batch, std::size_t new_mentions) {
  std::size_t pages = 0;
  std::size_t posts = 0;
  for (const Answer& answer : batch.answers) {
    if (answer.page || answer.evidence) ++pages;
    posts += answer.posts.size();
  }
  Looks looks = looks_of(batch);
  Look look;
  for (const auto& [of, one] : looks) look.widen(*one.from, *one.to);
  c.run(
      "UPDATE run SET pages = pages + ?2, posts = posts + ?3, new_mentions = new_mentions + ?4, "
      "looked_from = min(coalesce(looked_from, ?5), coalesce(?5, looked_from)), "
      "looked_to = max(coalesce(looked_to, ?6), coalesce(?6, looked_to)) WHERE id = ?1",
      batch.run, pages, posts, new_mentions, look.from, look.to);
  put_looks(c, batch, std::move(looks));
}

}  // namespace

std::int64_t revision_hash(const Post& post) {
  std::string rating;
  if (post.rating) {
    rating = shortest(post.rating->value) + "/" + shortest(post.rating->best) + "/" +
             shortest(post.rating->worst);
  }
  return key_of({post.title ? "title" : "", post.title.value_or(""), post.text, rating});
}

void prepare(Sighting& sighting) {
  const Post& post = sighting.post;
  prepare(sighting, query::Document(post.title ? *post.title : std::string_view(), post.text));
}

void prepare(Sighting& sighting, const query::Document& document) {
  const Post& post = sighting.post;
  query::Facts facts =
      query::with_verdict(query::facts_of(post, BrandId(), std::nullopt), sighting.verdict);
  PreparedText prepared;
  for (const BrandMention& brand : sighting.brands) {
    facts.brand = brand.brand;
    facts.tag = brand.tag;
    facts.polarity = polarity_of(brand, false, whole_of(sighting.verdict));
    query::FtsRow row = query::fts_row(document, facts);
    prepared.words = std::move(row.words);
    prepared.filters.push_back(std::move(row.filters));
  }
  prepared.revision_hash = revision_hash(post);
  const std::vector<std::string_view> words = text_words(document);
  prepared.copy_hash = copy_hash(words);
  prepared.copy_keys = text::copy_keys(words);
  sighting.prepared = std::move(prepared);
}

Result<IngestCounts> ingest(Store& store, Batch batch, Sums sums) {
  auto advanced = advance(store, std::move(batch), sums);
  if (!advanced) return fail(std::move(advanced.error()));
  return advanced->counts;
}

struct Ingestion::State {
  State(Store& store, std::string_view rules)
      : c(store.connection()), transaction(c), writer(c, rules) {
    c.count_spilled();
  }

  Connection& c;
  Transaction transaction;
  PostWriter writer;
  UtcTime now{};  // of the latest batch
};

Ingestion::Ingestion(Store& store, std::string_view rules)
    : state_(std::make_unique<State>(store, rules)) {}
Ingestion::Ingestion(Ingestion&& other) noexcept = default;
Ingestion& Ingestion::operator=(Ingestion&& other) noexcept = default;
Ingestion::~Ingestion() = default;

Result<Advanced> Ingestion::put(Batch batch) {
  for (Answer& answer : batch.answers) {
    for (std::vector<Sighting>* sightings : {&answer.posts, &answer.unnamed})
      for (Sighting& sighting : *sightings)
        if (!is_prepared(sighting)) prepare(sighting);
  }
  auto& [c, transaction, writer, now] = *state_;
  now = std::max(now, batch.now);
  Advanced advanced;
  IngestCounts& counts = advanced.counts;
  const std::size_t mentions = writer.new_mentions();
  const std::size_t copies = writer.new_copies();
  put_answers(c, writer, batch, counts);
  counts.new_mentions = writer.new_mentions() - mentions;
  counts.copies = writer.new_copies() - copies;
  if (batch.run.value != 0) count_run(c, batch, counts.new_mentions);
  for (const LeaseEnd& end : batch.ends) end_lease(c, batch.run, end);
  for (const HostHold& hold : batch.holds) hold_host_within(c, hold.host, hold.until);
  for (const std::string& host : batch.answered) count_answer_within(c, host, batch.now);
  if (batch.mark) mark_within(c, *batch.mark);
  if (batch.wanted) advanced.leases = lease_within(c, batch.run, batch.now, *batch.wanted);
  if (!c.ok()) return fail(c.error());
  is_large_ = is_large_ || c.count_spilled() > 0;
  return advanced;
}

Result<void> Ingestion::commit(Sums sums) {
  state_->writer.finish(state_->now, sums);
  return state_->transaction.commit();
}

Result<Advanced> advance(Store& store, Batch batch, Sums sums) {
  Ingestion ingestion(store, batch.rules);
  auto advanced = ingestion.put(std::move(batch));
  if (!advanced) return advanced;
  if (auto committed = ingestion.commit(sums); !committed)
    return fail(std::move(committed.error()));
  return advanced;
}

Result<void> write_sums(Store& store, UtcTime now) {
  Connection& c = store.connection();
  Transaction transaction(c);
  c.late_sums().finish(c, now, Sums::written);
  return transaction.commit();
}

Result<bool> is_known(Store& store, PostId id) {
  Connection& c = store.connection();
  c.clear_error();
  const bool known = row_of(c, id).has_value();
  if (!c.ok()) return fail(c.error());
  return known;
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
  release_run_within(c, run);
  c.late_sums().finish(c, now, Sums::written);
  return transaction.commit();
}

}  // namespace testigo::store
