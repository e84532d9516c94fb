#include "app/import.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <future>
#include <thread>
#include <unistd.h>

#include "app/import_batch.h"
#include "app/import_key.h"
#include "app/import_rows.h"
#include "app/import_sink.h"
#include "app/import_warc.h"
#include "app/judge.h"
#include "text/suggest.h"
#include "text/time_zone.h"

namespace testigo::app {
namespace {

constexpr std::size_t read_ahead_rows = rows_per_import_batch;    // judged together
constexpr std::size_t read_ahead_bytes = bytes_per_import_batch;  // …or so many bytes of them
constexpr std::size_t first_rows = 200;  // which are looked at, then stored
constexpr std::size_t preview_rows = 5;
constexpr std::size_t max_threads = 8;  // beyond it the one writer is what takes the time

struct Judged {
  ImportRow row;
  std::optional<Result<store::Sighting>> sighting;  // none: skipped
  std::vector<std::string> former_ids;              // under which its post may be stored
  bool mended = false;
};

void count_nps(const std::optional<Rating>& rating, NpsCounts& nps) {
  if (!rating) return;
  constexpr double passive = 7.0;  // Reichheld 2003
  constexpr double promoter = 9.0;
  ++(rating->value >= promoter  ? nps.promoters
     : rating->value >= passive ? nps.passives
                                : nps.detractors);
}

// Judging takes what the writer leaves of the processors, since in the end all wait for the writer.
// On Linux a priority is the thread's, and that of the threads that it begins.
void yield_to_writer() {
  constexpr int lower = 10;  // than it is, which may be low already
  static_cast<void>(nice(lower));
}

// Rows from the reader through the judge, in batches that the processors share.
class RowImport {
 public:
  RowImport(const ImportTools& tools, const ImportOptions& options, ImportReader& reader,
            const Judge& judge, ImportSummary& summary)
      : tools_(tools), options_(options), reader_(reader), judge_(judge), summary_(summary) {}

  // Looks at the rows for what their dates and ratings show, before any is stored.
  Result<void> look_ahead() {
    auto rows = read_rows(first_rows);
    if (!rows) return fail(std::move(rows.error()));
    ImportSurvey survey(reader_.plan());
    for (const ImportRow& row : *rows) survey.see(row);
    std::error_code error;  // what cannot be told to be a file is read once
    if (survey.is_due() && rows->size() == first_rows &&
        std::filesystem::is_regular_file(options_.file, error)) {
      if (auto seen = see_all(survey); !seen) return seen;
    }
    if (auto scale = survey.check_scale(); !scale) return scale;
    survey.learn_order(reader_.plan());
    summary_.plan = reader_.plan();
    std::move(rows->begin(), rows->end(), std::back_inserter(waiting_));
    return {};
  }

  Result<void> run(ImportSink* sink) {
    now_ = tools_.clock.now();
    if (sink != nullptr) {
      if (auto passed = pass_over(*sink); !passed) return passed;
    }
    for (auto ahead = read_ahead();;) {
      if (tools_.stop != nullptr && *tools_.stop) {
        summary_.interrupted = true;
        return {};
      }
      auto rows = ahead.get();
      if (!rows) return fail(std::move(rows.error()));
      if (rows->empty()) return {};
      ahead = read_ahead();
      for (Judged& one : *rows)
        if (auto taken = take(one, sink); !taken) return taken;
      if (tools_.on_batch) tools_.on_batch(summary_);
    }
  }

 private:
  // Reads the file once for the survey alone; where it breaks off is for the import to say.
  Result<void> see_all(ImportSurvey& survey) const {
    auto again = open_import(options_, tools_.book.import_presets);
    if (!again) return fail(std::move(again.error()));
    while (tools_.stop == nullptr || !*tools_.stop) {
      auto row = (*again)->next();
      if (!row || !*row) break;
      survey.see(**row);
    }
    return {};
  }

  // What an interrupted run has stored.
  Result<void> pass_over(ImportSink& sink) {
    const auto done = static_cast<std::size_t>(sink.rows_done());
    const std::size_t of_waiting = std::min(done, waiting_.size());
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(of_waiting));
    auto passed = reader_.skip(done - of_waiting);
    if (!passed) return fail(std::move(passed.error()));
    summary_.resumed_rows = of_waiting + *passed;
    return {};
  }

  Result<std::vector<ImportRow>> read_rows(std::size_t most) {
    std::vector<ImportRow> rows;
    std::size_t bytes = 0;
    while (rows.size() < most && bytes < read_ahead_bytes) {
      if (!waiting_.empty()) {
        rows.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
      } else {
        auto row = reader_.next();
        if (!row)
          return fail(row.error().code, row.error().what,
                      options_.file + (row.error().where.empty() ? "" : ", " + row.error().where));
        if (!*row) break;
        rows.push_back(std::move(**row));
      }
      bytes += rows.back().raw.size();
    }
    return rows;
  }

  // The next rows are read and judged while those before them are stored.
  std::future<Result<std::vector<Judged>>> read_ahead() {
    return std::async(std::launch::async, [this]() -> Result<std::vector<Judged>> {
      yield_to_writer();
      auto rows = read_rows(read_ahead_rows);
      if (!rows) return fail(std::move(rows.error()));
      return judge_all(std::move(*rows));
    });
  }

  [[nodiscard]] store::Sighting judge(Post post, std::optional<UtcTime> changed_at) const {
    store::Sighting sighting = judge_.judge(std::move(post), now_, options_.brand);
    sighting.as_of = changed_at;
    return sighting;
  }

  void judge_one(Judged& one) const {
    if (one.row.skipped) return;
    ImportRow broken;
    broken.fields = one.row.fields;
    broken.date_columns = one.row.date_columns;
    one.mended = mend_cells(one.row);
    auto post = post_of(one.row, reader_.plan(), now_);
    if (!post) {
      one.sighting = Result<store::Sighting>(fail(std::move(post.error())));
      return;
    }
    if (auto former = former_own_id(one.row, *post)) one.former_ids.push_back(std::move(*former));
    if (!has_own_id(*post)) {
      one.former_ids.push_back(former_content_id(*post));
      if (one.mended) add_ids_unmended(broken, one.former_ids);
    }
    const std::optional<UtcTime> changed_at = as_of(one.row, *post, reader_.plan(), now_);
    one.sighting = Result<store::Sighting>(judge(std::move(*post), changed_at));
  }

  // Stores may hold the row's post as it was before its cells were mended.
  void add_ids_unmended(const ImportRow& broken, std::vector<std::string>& ids) const {
    const auto post = post_of(broken, reader_.plan(), now_);
    if (!post) return;
    ids.push_back(*post->external_id);
    ids.push_back(former_content_id(*post));
  }

  [[nodiscard]] std::vector<Judged> judge_all(std::vector<ImportRow> rows) const {
    std::vector<Judged> judged(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) judged[i].row = std::move(rows[i]);
    const std::size_t threads =
        std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, max_threads);
    const std::size_t share = (judged.size() + threads - 1) / threads;
    std::vector<std::jthread> workers;
    for (std::size_t begin = 0; begin < judged.size(); begin += share)
      workers.emplace_back([this, &judged, begin, end = std::min(begin + share, judged.size())] {
        for (std::size_t i = begin; i < end; ++i) judge_one(judged[i]);
      });
    workers.clear();  // joins
    return judged;
  }

  Result<void> take(Judged& one, ImportSink* sink) {
    ++summary_.rows;
    if (one.mended && summary_.mended++ == 0) summary_.first_mended_line = one.row.line;
    if (!one.sighting) {
      ++summary_.skipped;
    } else if (!*one.sighting) {
      reject(one.row.line, one.sighting->error().what);
    } else if (auto kept = keep(one, sink); !kept) {
      return kept;
    }
    if (sink == nullptr) return {};
    return sink->done_with(static_cast<std::int64_t>(summary_.resumed_rows + summary_.rows));
  }

  Result<void> keep(Judged& one, ImportSink* sink) {
    store::Sighting sighting = std::move(**one.sighting);
    const ImportRow& row = one.row;
    const std::optional<Rating> rating = sighting.post.rating;
    bool counts = summary_.plan.preset.nps;
    if (sink != nullptr) {
      if (auto settled = settle(sighting, one, *sink); !settled) return settled;
    }
    if (sighting.brands.empty()) {
      ++summary_.without_brand;
      if (sink != nullptr) return sink->add_unnamed(std::move(sighting), {row.line, row.raw});
    } else if (sink == nullptr) {
      if (summary_.preview.size() < preview_rows) summary_.preview.push_back(std::move(sighting));
    } else {
      auto added = sink->add(std::move(sighting), {row.line, row.raw});
      if (!added) return fail(std::move(added.error()));
      if (*added == ImportSink::Added::duplicate) ++summary_.duplicates;
      if (*added == ImportSink::Added::withheld) ++summary_.withheld;
      counts = counts && *added == ImportSink::Added::taken;
    }
    if (counts) count_nps(rating, summary_.nps);
    return {};
  }

  Result<void> settle(store::Sighting& sighting, const Judged& one, ImportSink& sink) {
    if (!one.former_ids.empty()) {
      if (auto kept = sink.keep_former_id(sighting.post, one.former_ids); !kept) return kept;
    }
    if (!has_own_id(sighting.post)) return {};
    auto settled = sink.settle(sighting, one.row.line);
    if (!settled) return fail(std::move(settled.error()));
    if (settled->filled) sighting = judge(std::move(sighting.post), sighting.as_of);
    if (!settled->shared) return {};
    ++summary_.shared_ids;
    if (summary_.first_shared_ids.size() < max_shown_rejects)
      summary_.first_shared_ids.push_back(std::move(*settled->shared));
    return {};
  }

  void reject(std::size_t line, const std::string& why) {
    ++summary_.rejected;
    const RejectedRow row{line, why};
    if (summary_.first_rejects.size() < max_shown_rejects) summary_.first_rejects.push_back(row);
    if (tools_.on_reject) tools_.on_reject(row);
  }

  const ImportTools& tools_;
  const ImportOptions& options_;
  ImportReader& reader_;
  const Judge& judge_;
  ImportSummary& summary_;
  std::deque<ImportRow> waiting_;
  UtcTime now_{};
};

// The brand that all rows are about, where the preset says that they are about one.
Result<std::optional<BrandId>> brand_for(const ImportTools& tools, const ImportOptions& options,
                                         const ImportPreset& preset) {
  if (options.brand || !preset.about_brand) return options.brand;
  if (tools.configuration.brands.size() == 1)
    return std::optional(tools.configuration.brands.front().id);
  return fail(Errc::malformed,
              "rows of \"" + preset.name + "\" are about one brand; say which with --brand",
              "--brand");
}

Result<void> store_rows(const ImportTools& tools, const ImportOptions& options, RowImport& rows,
                        ImportSummary& summary) {
  auto sink = ImportSink::open(tools, summary.plan, import_key(options, summary.plan));
  if (!sink) return fail(std::move(sink.error()));
  if (tools.on_plan) tools.on_plan(summary.plan, static_cast<std::size_t>((*sink)->rows_done()));
  return (*sink)->finish(rows.run(sink->get()), summary);
}

}  // namespace

double NpsCounts::score() const {
  if (all() == 0) return 0.0;
  return 100.0 * (static_cast<double>(promoters) - static_cast<double>(detractors)) /
         static_cast<double>(all());
}

Result<ImportSummary> import_posts(const ImportTools& tools, const ImportOptions& given) {
  ImportOptions options = given;
  options.configured_zone = tools.configuration.timezone;
  const auto format = import_format_of(options);
  if (!format) return fail(format.error());
  if (*format == ImportFormat::warc) return import_archive(tools, options);
  auto reader = open_import(options, tools.book.import_presets);
  if (!reader) return fail(std::move(reader.error()));
  auto brand = brand_for(tools, options, (*reader)->plan().preset);
  if (!brand) return fail(std::move(brand.error()));
  options.brand = (*reader)->plan().brand = *brand;

  auto zone = text::find_time_zone(tools.configuration.timezone);
  if (!zone) return fail(std::move(zone.error()));
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  const classify::Classifier classifier(tools.book.rules);
  const BrandBook brands(tools.configuration);
  const Judge judge({classifier, brands, *switches}, *zone, tools.book.own_words);
  ImportSummary summary;
  RowImport rows(tools, options, **reader, judge, summary);
  if (auto looked = rows.look_ahead(); !looked) return fail(std::move(looked.error()));
  Result<void> done;
  if (options.dry_run) {
    if (tools.on_plan) tools.on_plan(summary.plan, 0);
    done = rows.run(nullptr);
  } else {
    done = store_rows(tools, options, rows, summary);
  }
  if (!done) return fail(std::move(done.error()));
  return summary;
}

}  // namespace testigo::app
