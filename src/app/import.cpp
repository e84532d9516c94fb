#include "app/import.h"

#include <algorithm>

#include "app/crawl_lock.h"
#include "app/import_rows.h"
#include "app/judge.h"
#include "archive/warc_writer.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

constexpr std::size_t batch_rows = 1000;                 // rows in one record and one transaction
constexpr std::size_t batch_bytes = 8 * 1024 * 1024;     // …or so many bytes of them
constexpr std::size_t preview_rows = 5;

// Where rows go: archive record and transaction, batch by batch.
class Importer {
 public:
  Importer(const ImportTools& tools, const ImportOptions& options, store::Store& store,
           archive::WarcWriter& archive, store::RunId run)
      : tools_(tools), options_(options), store_(store), archive_(archive), run_(run) {}

  Result<void> add(store::Sighting sighting, const std::string& raw) {
    block_ += raw;
    block_ += '\n';
    posts_.push_back(std::move(sighting));
    if (posts_.size() < batch_rows && block_.size() < batch_bytes) return {};
    return flush();
  }

  Result<void> flush() {
    if (posts_.empty()) return {};
    const std::string url = posts_.front().post.page_url;
    auto evidence =
        archive_.append_metadata(url, "application/x-ndjson", block_, tools_.clock.now());
    if (!evidence) return fail(std::move(evidence.error()));
    if (auto synced = archive_.sync(); !synced) return synced;
    store::Batch batch;
    batch.run = run_;
    batch.rules = tools_.book.rules.hash();
    batch.now = tools_.clock.now();
    store::Answer& answer = batch.answers.emplace_back();
    answer.evidence = std::move(*evidence);
    answer.evidence_url = url;
    answer.fetched_at = batch.now;
    answer.posts = std::move(posts_);
    answer.coverage.source = options_.source;
    answer.coverage.brand = options_.brand.value_or(BrandId(""));
    auto counts = store::ingest(store_, batch);
    if (!counts) return fail(std::move(counts.error()));
    counts_ += *counts;
    posts_.clear();
    block_.clear();
    return {};
  }

  [[nodiscard]] const store::IngestCounts& counts() const { return counts_; }

 private:
  const ImportTools& tools_;
  const ImportOptions& options_;
  store::Store& store_;
  archive::WarcWriter& archive_;
  store::RunId run_;
  std::vector<store::Sighting> posts_;
  std::string block_;
  store::IngestCounts counts_;
};

// Reads, judges and hands on each row. `keep` takes a judged row and its bytes.
Result<void> each_row(const ImportTools& tools, const ImportOptions& options, ImportReader& rows,
                      ImportSummary& summary,
                      const std::function<Result<void>(store::Sighting, const std::string&)>& keep) {
  auto zone = text::find_time_zone(tools.configuration.timezone);
  if (!zone) return fail(std::move(zone.error()));
  const classify::Classifier classifier(tools.book.rules);
  const BrandBook brands(tools.configuration);
  const Judge judge(classifier, brands, *zone);
  const UtcTime now = tools.clock.now();
  while (true) {
    auto row = rows.next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return {};
    ++summary.rows;
    auto post = post_of(**row, options, now);
    if (!post) {
      ++summary.rejected;
      const RejectedRow reject{(*row)->line, post.error().what};
      if (summary.first_rejects.size() < max_shown_rejects) summary.first_rejects.push_back(reject);
      if (tools.on_reject) tools.on_reject(reject);
      continue;
    }
    store::Sighting sighting = judge.judge(std::move(*post), now, options.brand);
    if (sighting.brands.empty()) {
      ++summary.without_brand;
    } else if (auto kept = keep(std::move(sighting), (*row)->raw); !kept) {
      return kept;
    }
  }
}

Result<void> store_rows(const ImportTools& tools, const ImportOptions& options, ImportReader& rows,
                        ImportSummary& summary) {
  auto lock = CrawlLock::take(tools.store_path);
  if (!lock) return fail(std::move(lock.error()));
  auto store = store::Store::open(tools.store_path);
  if (!store) return fail(std::move(store.error()));
  archive::WriterOptions archive_options;
  archive_options.folder = tools.archive_folder;
  archive_options.software = "testigo/" TESTIGO_VERSION;
  archive_options.contact = tools.configuration.contact;
  auto archive = archive::WarcWriter::open(archive_options, tools.clock.now());
  if (!archive) return fail(std::move(archive.error()));
  auto run = store::begin_run(*store, tools.clock.now(), tools.book.rules.hash());
  if (!run) return fail(std::move(run.error()));
  Importer importer(tools, options, *store, *archive, *run);
  auto read = each_row(tools, options, rows, summary,
                       [&](store::Sighting sighting, const std::string& raw) {
                         return importer.add(std::move(sighting), raw);
                       });
  auto flushed = importer.flush();
  summary.counts = importer.counts();
  const bool good = read && flushed;
  auto ended = store::end_run(*store, *run, tools.clock.now(),
                              !good ? 1 : summary.rejected > 0 ? 5 : 0);
  if (!read) return read;
  if (!flushed) return flushed;
  return ended;
}

}  // namespace

Result<ImportSummary> import_posts(const ImportTools& tools, const ImportOptions& options) {
  auto rows = open_import(options);
  if (!rows) return fail(std::move(rows.error()));
  ImportSummary summary;
  summary.mapping = (*rows)->mapping();
  Result<void> done;
  if (options.dry_run) {
    done = each_row(tools, options, **rows, summary,
                    [&](store::Sighting sighting, const std::string&) -> Result<void> {
                      if (summary.preview.size() < preview_rows)
                        summary.preview.push_back(std::move(sighting));
                      return {};
                    });
  } else {
    done = store_rows(tools, options, **rows, summary);
  }
  if (!done) return fail(std::move(done.error()));
  return summary;
}

}  // namespace testigo::app
