#include "app/crawl.h"

#include <set>

#include "app/crawl_crew.h"
#include "app/crawl_lock.h"
#include "app/erase.h"
#include "app/live_answer.h"
#include "app/replay_passes.h"
#include "archive/replay.h"
#include "insight/coverage.h"
#include "store/read.h"

namespace testigo::app {
namespace {

Result<void> crawl_network(const CrawlTools& tools, const CrawlOptions& options, Stage& stage,
                           CrawlSummary& summary) {
  const fetch::AddressGuard guard(tools.configuration.fetch.allow_hosts);
  auto transfers = fetch::make_curl_transfers(transfer_limits(tools.configuration.fetch), guard,
                                              user_agent(tools.configuration));
  if (!transfers) return fail(std::move(transfers.error()));
  archive::WriterOptions archive_options;
  archive_options.folder = tools.archive_folder;
  archive_options.software = "testigo/" TESTIGO_VERSION;
  archive_options.contact = tools.configuration.contact;
  auto archive = archive::WarcWriter::open(archive_options, tools.clock.now());
  if (!archive) return fail(std::move(archive.error()));
  const auto scope = options.selection.all ? PassScope::all : PassScope::due;
  if (auto begun = begin_passes(stage, tools.clock.now(), scope); !begun) return begun;
  summary.messages = std::move(stage.messages);
  const Crew::Means means{**transfers, nullptr, &*archive, guard};
  Crew crew(tools, options, stage, summary.run, means);
  auto ran = crew.run();
  crew.report(summary);
  const auto& messages = archive->messages();
  summary.messages.insert(summary.messages.end(), messages.begin(), messages.end());
  return ran;
}

Result<std::vector<PageRequest>> entry_requests(const Stage& stage, UtcTime now) {
  std::vector<PageRequest> requests;
  for (const auto& [key, watch] : stage.watches) {
    auto entries = sources::plan(*watch.source, watch.watch, now);
    if (!entries) return fail(entries.error().code, entries.error().what, watch.settings.where);
    requests.insert(requests.end(), entries->begin(), entries->end());
  }
  return requests;
}

// One recorded pass, as if it were its day.
Result<void> crawl_pass(const CrawlTools& tools, const CrawlOptions& options, Stage& stage,
                        const ReplayPass& pass, ReplayTransfers& transfers, CrawlSummary& summary) {
  const Clock clock(pass.begin);
  const CrawlTools at_its_time{tools.configuration,  tools.book,     clock,     tools.store_path,
                               tools.archive_folder, tools.progress, tools.stop};
  const fetch::AddressGuard guard(tools.configuration.fetch.allow_hosts);
  transfers.answer_before(pass.end);
  // What the recorded pass did not ask is not in the archive: no need to reckon what was due.
  auto begun = begin_passes(stage, clock.now(), PassScope::all);
  if (!begun) return begun;
  const Crew::Means means{transfers, &transfers, nullptr, guard};
  Crew crew(at_its_time, options, stage, summary.run, means);
  auto ran = crew.run();
  crew.report(summary);
  return ran;
}

// Each pass of the recorded crawls is gone through again, in order of time.
Result<void> crawl_archive(const CrawlTools& tools, const CrawlOptions& options, Stage& stage,
                           CrawlSummary& summary) {
  auto replay = archive::Replay::open(options.replay);
  if (!replay) return fail(std::move(replay.error()));
  summary.messages = replay->messages();
  auto entries = entry_requests(stage, tools.clock.now());
  if (!entries) return fail(std::move(entries.error()));
  const std::vector<ReplayPass> passes = replay_passes(*replay, *entries);
  if (passes.empty()) {
    summary.messages.emplace_back("no first request of any watch is in the archive");
    summary.partial = true;
  }
  ReplayTransfers transfers(std::move(*replay));
  for (std::size_t i = 0; i < passes.size() && !summary.interrupted; ++i) {
    if (i > 0) {  // the last one's end is everybody's: crawl()
      auto left = finish_passes(stage, passes[i].begin, summary.run, summary.stopped_by);
      if (!left) return fail(std::move(left.error()));
      summary.partial = summary.partial || *left > 0;
    }
    auto done = crawl_pass(tools, options, stage, passes[i], transfers, summary);
    if (!done) return done;
  }
  return {};
}

int exit_code(const CrawlSummary& summary) {
  return summary.interrupted ? 130 : summary.partial ? 5 : 0;
}

// What an erased author still shows on some page was archived with it, and goes again.
Result<void> erase_unwanted(const CrawlTools& tools, store::Store& store, CrawlSummary& summary) {
  auto erased = erase_noted_records(store, tools.archive_folder, tools.clock.now());
  if (!erased) return fail(std::move(erased.error()));
  summary.messages.insert(summary.messages.end(), erased->notes.begin(), erased->notes.end());
  for (const Error& error : erased->left)
    summary.messages.push_back("not erased: " + describe(error));
  summary.partial = summary.partial || !erased->left.empty();
  return {};
}

// That nothing was stored may be no fault.
void tell_terms(const Stage& stage, CrawlSummary& summary) {
  std::set<std::string> sources;
  for (const auto& [key, watch] : stage.watches)
    if (!watch.store_text) sources.insert(watch.settings.source.value);
  for (const std::string& source : sources)
    summary.messages.push_back(source +
                               ": its terms let nothing be stored, and so no post of it is; " +
                               "look at them with: testigo source test " + source + " --live");
}

// The end of a run whose requests are done, or put back.
Result<void> close_passes(const CrawlTools& tools, Stage& stage, CrawlSummary& summary) {
  tell_terms(stage, summary);
  auto over_budget = store::over_budget(stage.store, tools.clock.now());
  if (!over_budget) return fail(std::move(over_budget.error()));
  if (*over_budget > 0 && summary.stopped_by == waiting_for_hosts)
    summary.stopped_by = "daily budget";
  auto left = finish_passes(stage, tools.clock.now(), summary.run, summary.stopped_by);
  if (!left) return fail(std::move(left.error()));
  summary.left = *left;
  summary.partial = summary.partial || *left > 0;
  if (auto erased = erase_unwanted(tools, stage.store, summary); !erased) return erased;
  auto coverage = store::coverage(stage.store, summary.run);
  if (!coverage) return fail(std::move(coverage.error()));
  summary.coverage = std::move(*coverage);
  summary.partial = summary.partial || insight::summarize(summary.coverage).partial;
  return {};
}

// Whether a run was told to stop while another program kept it from writing.
bool is_cut_short(const CrawlTools& tools, const Error& error) {
  return tools.stop.load() && error.code == Errc::busy;
}

// The same end for what could not be written: as after a kill, the next crawl takes it up.
Result<void> leave_rest(Stage& stage, CrawlSummary& summary) {
  summary.interrupted = true;
  summary.messages.emplace_back(
      "another program kept the database locked: what was not stored yet is asked again by the "
      "next crawl");
  auto left = requests_left(stage);
  if (!left) return fail(std::move(left.error()));
  summary.left = *left;
  auto coverage = store::coverage(stage.store, summary.run);
  if (!coverage) return fail(std::move(coverage.error()));
  summary.coverage = std::move(*coverage);
  return {};
}

}  // namespace

std::optional<Millis> CrawlProgress::left() const {
  if (pages == 0) return std::nullopt;
  const auto requests = static_cast<std::int64_t>(queued + waiting + in_flight);
  const Millis at_this_pace(requests * elapsed.count() / pages);
  const Millis hosts = slowest.empty() ? Millis(0) : slowest.front().left;
  return std::max({at_this_pace, hosts, paused.value_or(Millis(0))});
}

Result<CrawlSummary> crawl(const CrawlTools& tools, const CrawlOptions& options) {
  auto lock = CrawlLock::take(tools.store_path);
  if (!lock) return fail(std::move(lock.error()));
  auto stage = set_up(tools, options);
  if (!stage) return fail(std::move(stage.error()));
  if (auto reclaimed = store::reclaim_killed_runs(stage->store, tools.clock.now()); !reclaimed)
    return fail(std::move(reclaimed.error()));
  const auto started = std::chrono::steady_clock::now();
  CrawlSummary summary;
  for (const auto& [key, watch] : stage->watches) summary.watches.push_back(key);
  if (stage->watches.empty()) return summary;

  auto run = store::begin_run(stage->store, tools.clock.now(), tools.book.rules.hash());
  if (!run) return fail(std::move(run.error()));
  summary.run = *run;
  Result<void> done = options.replay.empty() ? crawl_network(tools, options, *stage, summary)
                                             : crawl_archive(tools, options, *stage, summary);
  if (done) done = close_passes(tools, *stage, summary);
  if (!done && is_cut_short(tools, done.error())) done = leave_rest(*stage, summary);
  summary.totals.elapsed =
      std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - started);
  const int code = done ? exit_code(summary) : 1;
  auto ended = store::end_run(stage->store, *run, tools.clock.now(), code);
  // The reason is the crawl's; that the run could not be closed either adds nothing to it.
  if (!done) return fail(std::move(done.error()));
  if (!ended && !is_cut_short(tools, ended.error())) return fail(std::move(ended.error()));
  return summary;
}

Result<std::vector<PageRequest>> dry_run(const CrawlTools& tools, const CrawlOptions& options) {
  auto watches = planned_watches(tools.configuration, tools.book, tools.clock.now());
  if (!watches) return fail(std::move(watches.error()));
  std::vector<store::WatchState> states;
  if (auto store = store::Store::open(tools.store_path, {.read_only = true, .create = false})) {
    auto known = store::watches(*store);
    if (!known) return fail(std::move(known.error()));
    states = std::move(*known);
  }
  auto chosen = select_watches(std::move(*watches), options.selection, states, tools.clock.now());
  if (!chosen) return fail(std::move(chosen.error()));
  std::vector<PageRequest> requests;
  for (const PlannedWatch& watch : *chosen) {
    auto entries = sources::plan(*watch.source, watch.watch, tools.clock.now());
    if (!entries) return fail(entries.error().code, entries.error().what, watch.settings.where);
    requests.insert(requests.end(), entries->begin(), entries->end());
  }
  return requests;
}

}  // namespace testigo::app
