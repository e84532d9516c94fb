#include "app/import_sink.h"

#include <algorithm>

#include "app/import_batch.h"
#include "app/import_rows.h"
#include "core/digest.h"
#include "store/erasable.h"
#include "store/known_words.h"
#include "text/fold.h"

namespace testigo::app {
namespace {

// So many rows without a post of any brand are noted as done.
constexpr std::int64_t unmarked_rows = 20'000;

bool is_same(const store::Sighting& a, const store::Sighting& b) {
  return a.post.text == b.post.text && a.post.title == b.post.title &&
         a.post.rating == b.post.rating;
}

// What stands under the id of a row's post.
struct Other {
  bool by_another = false;
  std::string_view text;
  std::optional<UtcTime> posted_at;
  std::optional<UtcTime> edited_at;
};

// An id that another author's words bear is not theirs to edit: two customers of one ticket, two
// surveys that count from 1. Who edited the same post later may go by another name.
bool is_anothers_id(const store::Sighting& sighting, const Other& other) {
  if (!other.by_another || other.text == sighting.post.text) return false;
  const auto before = other.edited_at ? other.edited_at : other.posted_at;
  const bool later = sighting.as_of && before && *sighting.as_of > *before;
  return !(later && sighting.post.posted_at == other.posted_at);
}

bool has_other_author(const Post& a, const Post& b) {
  return a.author && b.author && text::fold(*a.author) != text::fold(*b.author);
}

}  // namespace

Result<std::unique_ptr<ImportSink>> ImportSink::open(const ImportTools& tools,
                                                     const ImportPlan& plan, std::string key) {
  auto lock = CrawlLock::take(tools.store_path);
  if (!lock) return fail(std::move(lock.error()));
  auto store = store::Store::open(tools.store_path, {.stop = tools.stop});
  if (!store) return fail(std::move(store.error()));
  auto rows = store::imported_rows(*store, key);
  if (!rows) return fail(std::move(rows.error()));
  archive::WriterOptions options;
  options.folder = tools.archive_folder;
  options.software = "testigo/" TESTIGO_VERSION;
  options.contact = tools.configuration.contact;
  auto archive = archive::WarcWriter::open(options, tools.clock.now());
  if (!archive) return fail(std::move(archive.error()));
  auto run = store::begin_run(*store, tools.clock.now(), tools.book.rules.hash());
  if (!run) return fail(std::move(run.error()));
  auto withheld = store::some_are_withheld(*store);
  if (!withheld) return fail(std::move(withheld.error()));
  std::unique_ptr<ImportSink> sink(new ImportSink(tools, plan, std::move(key), std::move(*lock),
                                                  std::move(*store), std::move(*archive), *run,
                                                  *rows));
  sink->some_are_withheld_ = *withheld;
  return sink;
}

Result<ImportSink::Settled> ImportSink::settle(store::Sighting& sighting, std::size_t line) {
  Settled settled;
  Post& post = sighting.post;
  const auto own = [&] {
    const auto found = ids_.find(post_id(post).value);
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  };
  auto at = own();
  auto known = store::known_words(store_, post);
  if (!known) return fail(std::move(known.error()));
  bool anothers = false;
  if (at) {
    const store::Sighting& other = posts_[*at];
    anothers = is_anothers_id(sighting, {has_other_author(other.post, post), other.post.text,
                                         other.post.posted_at, other.as_of});
  } else if (*known) {
    const store::KnownWords& other = **known;
    anothers =
        is_anothers_id(sighting, {other.by_another, other.text, other.posted_at, other.edited_at});
  }
  if (anothers) {
    settled.shared = SharedId{line, at ? lines_[*at] : 0, *post.external_id};
    *post.external_id += "#" + show_key(key_of({text::fold(*post.author)}));
    at = own();
    known = store::known_words(store_, post);
    if (!known) return fail(std::move(known.error()));
  }
  if (!*known || at) return settled;
  if (!plan_.mapping.contains("rating") && (*known)->rating && !post.rating) {
    post.rating = (*known)->rating;
    settled.filled = true;
  }
  if (!plan_.mapping.contains("title") && (*known)->title && !post.title) {
    post.title = std::move((*known)->title);
    settled.filled = true;
  }
  // A file that says of no post when it was edited may be older than what is known.
  if (!sighting.as_of && (*known)->edited_at) {
    auto outdated = store::is_said_no_more(store_, post);
    if (!outdated) return fail(std::move(outdated.error()));
    if (*outdated) sighting.as_of = UtcTime();  // before any edit
  }
  return settled;
}

Result<void> ImportSink::keep_former_id(Post& post, const std::vector<std::string>& former) {
  Post as_before = post;
  for (const std::string& id : former) {
    as_before.external_id = id;
    auto known = store::is_known(store_, post_id(as_before));
    if (!known) return fail(std::move(known.error()));
    if (!*known) continue;
    post.external_id = id;
    break;
  }
  return {};
}

Result<ImportSink::Added> ImportSink::add(store::Sighting sighting, const RowBytes& row) {
  if (some_are_withheld_) {
    auto withheld = store::is_withheld(store_, sighting.post);
    if (!withheld) return fail(std::move(withheld.error()));
    if (*withheld) return Added::withheld;
  }
  const std::int64_t id = post_id(sighting.post).value;
  if (const auto before = ids_.find(id); before != ids_.end()) {
    if (is_same(posts_[before->second], sighting)) return Added::duplicate;
    // A later row about the same post is an edit of it: of one answer, two posts are never the
    // same.
    if (auto stored = flush(); !stored) return fail(std::move(stored.error()));
  }
  ids_[id] = posts_.size();
  lines_.push_back(row.line);
  block_.append(row.raw).append("\n");
  posts_.push_back(std::move(sighting));
  if (posts_.size() >= rows_per_import_batch || block_.size() >= bytes_per_import_batch) {
    if (auto stored = flush(); !stored) return fail(std::move(stored.error()));
  }
  return Added::taken;
}

Result<void> ImportSink::add_unnamed(store::Sighting sighting, const RowBytes& row) {
  if (!sighting.post.external_id) return {};
  const PostId id = post_id(sighting.post);
  auto known = store::is_known(store_, id);
  if (!known) return fail(std::move(known.error()));
  if (!*known && !ids_.contains(id.value)) return {};
  if (auto added = add(std::move(sighting), row); !added) return fail(std::move(added.error()));
  return {};
}

store::Answer ImportSink::answer_of(std::string url, EvidenceRef evidence) const {
  store::Answer answer;
  answer.evidence = std::move(evidence);
  answer.evidence_url = std::move(url);
  answer.fetched_at = tools_.clock.now();
  answer.coverage.source = plan_.source;
  answer.coverage.brand = plan_.brand.value_or(BrandId(""));
  return answer;
}

Result<bool> ImportSink::knows_one(const std::vector<store::Sighting>& posts) {
  for (const store::Sighting& sighting : posts) {
    auto known = store::is_known(store_, post_id(sighting.post));
    if (!known || *known) return known;
  }
  return false;
}

Result<void> ImportSink::add_page(archive::Exchange exchange, const std::string& origin,
                                  Posts posts) {
  if (posts.named.empty()) {
    auto known = knows_one(posts.unnamed);
    if (!known) return fail(std::move(known.error()));
    if (!*known) return {};
  }
  auto evidence = archive_.append(exchange);
  if (!evidence) return fail(std::move(evidence.error()));
  auto noted = archive_.append_metadata(exchange.archive_url, "application/warc-fields", origin,
                                        tools_.clock.now());
  if (!noted) return fail(std::move(noted.error()));
  store::Answer answer = answer_of(exchange.archive_url, std::move(*evidence));
  answer.fetched_at = exchange.page.fetched_at;
  for (const auto* sightings : {&posts.named, &posts.unnamed}) {
    answer_posts_ += sightings->size();
    for (const store::Sighting& sighting : *sightings) answer_bytes_ += sighting.post.text.size();
  }
  answer.posts = std::move(posts.named);
  answer.unnamed = std::move(posts.unnamed);
  answers_.push_back(std::move(answer));
  if (answer_posts_ < rows_per_import_batch && answer_bytes_ < bytes_per_import_batch) return {};
  return flush();
}

Result<void> ImportSink::done_with(std::int64_t rows) {
  rows_done_ = rows;
  return rows_done_ - rows_stored_ < unmarked_rows ? Result<void>() : flush();
}

// The rows at hand become one record, and one answer.
Result<void> ImportSink::close_rows() {
  if (posts_.empty()) return {};
  const std::string url = posts_.front().post.page_url;
  const char* type =
      plan_.format == ImportFormat::mbox ? "application/mbox" : "application/x-ndjson";
  auto evidence = archive_.append_metadata(url, type, block_, tools_.clock.now());
  if (!evidence) return fail(std::move(evidence.error()));
  store::Answer answer = answer_of(url, std::move(*evidence));
  for (store::Sighting& sighting : posts_)
    (sighting.brands.empty() ? answer.unnamed : answer.posts).push_back(std::move(sighting));
  answers_.push_back(std::move(answer));
  posts_.clear();
  lines_.clear();
  ids_.clear();
  block_.clear();
  return {};
}

Result<void> ImportSink::flush() {
  // What could not be stored is left to the next run, which goes on behind the rows that were.
  if (has_failed_) return {};
  has_failed_ = true;
  if (auto closed = close_rows(); !closed) return closed;
  if (answers_.empty() && rows_done_ == rows_stored_) {
    has_failed_ = false;
    return {};
  }
  if (!answers_.empty()) {
    if (auto synced = archive_.sync(); !synced) return synced;
  }
  store::Batch batch;
  batch.run = run_;
  batch.rules = tools_.book.rules.hash();
  batch.now = tools_.clock.now();
  batch.answers = std::move(answers_);
  batch.mark = store::ImportMark{key_, rows_done_};
  auto counts = store::ingest(store_, std::move(batch), store::Sums::may_wait);
  if (!counts) return fail(std::move(counts.error()));
  counts_ += *counts;
  rows_stored_ = rows_done_;
  answers_.clear();
  answer_posts_ = answer_bytes_ = 0;
  has_failed_ = false;
  return {};
}

Result<void> ImportSink::finish(Result<void> read, ImportSummary& summary) {
  auto flushed = flush();
  summary.counts = counts_;
  summary.withheld += static_cast<std::size_t>(counts_.withheld);
  const bool good = read && flushed;
  const int exit_code = !good ? 1 : summary.interrupted ? 130 : summary.rejected > 0 ? 5 : 0;
  Result<void> ended;
  if (good && !summary.interrupted) ended = store::forget_import(store_, key_);
  if (ended) ended = store::end_run(store_, run_, tools_.clock.now(), exit_code);
  for (auto* step : {&read, &flushed, &ended})
    if (!*step) return fail(std::move(step->error()));
  return {};
}

}  // namespace testigo::app
