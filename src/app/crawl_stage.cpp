#include "app/crawl_stage.h"

#include <algorithm>

#include "app/crawl_ledger.h"
#include "core/digest.h"
#include "sources/recheck.h"
#include "store/frontier.h"
#include "store/ingest.h"
#include "store/kept_ids.h"

namespace testigo::app {
namespace {

// How far behind the last pass lists are still read, so that edits and departures are seen that
// come within days of a post.
constexpr std::chrono::hours look_back{7 * 24};

// What says that it changed before the last pass is not asked again, unless it was so shortly
// before that a service's index or cache may not have known yet.
constexpr std::chrono::hours index_lag{1};

// How often a list is read to its end all the same, where the source's terms ask for the deletion
// of what was deleted there and no post can be asked for by its id.
constexpr std::chrono::days whole_reading{7};

constexpr int gone_for_good = 410;  // RFC 9110 §15.5.11

// When the last pass began, if nothing of it was left or given up: what was there then was seen.
// Under replay the archive itself says how far it was read.
std::optional<UtcTime> last_whole_pass(const PlannedWatch& watch,
                                       const std::vector<store::WatchState>& states) {
  for (const store::WatchState& state : states)
    if (state.watch == watch.settings.key && state.last_finished && state.waiting == 0 &&
        state.dead == 0)
      return state.started;
  return std::nullopt;
}

// Whether the first pass in its whole_reading comes now. These begin at a time of each watch's own.
bool is_read_whole(const PlannedWatch& watch, UtcTime last, UtcTime now) {
  if (!watch.source->terms.delete_when_gone || sources::most_rechecked(*watch.source) > 0)
    return false;
  const Millis length = whole_reading;
  const Millis begin{key_of({watch.settings.key}) % length.count()};
  const auto turn = [&](UtcTime time) { return (time.time_since_epoch() - begin) / length; };
  return turn(last) != turn(now);
}

bool is_feed(const PlannedWatch& watch, const PageRequest& request) {
  const auto spec = sources::extractor_for(*watch.source, watch.watch, request);
  return spec && spec->format == extract::Format::feed;
}

// The entries that are to be asked now.
Result<std::vector<PageRequest>> due_entries(Stage& stage, const PlannedWatch& watch, UtcTime now,
                                             PassScope scope) {
  auto entries = sources::plan(*watch.source, watch.watch, now);
  if (!entries) return fail(entries.error().code, entries.error().what, watch.settings.where);
  if (scope == PassScope::all) return entries;
  std::vector<PageRequest> due;
  for (PageRequest& entry : *entries) {
    auto page = is_feed(watch, entry) ? store::find_page(stage.store, store::request_key(entry))
                                      : Result<std::optional<store::PageState>>();
    if (!page) return fail(std::move(page.error()));
    const std::optional<store::PageState>& known = *page;
    if (known && known->status == gone_for_good) {
      stage.messages.push_back(entry.archive_url +
                               ": gone for good (http 410), and not asked any more: take it out of "
                               "testigo.toml, or ask with: testigo crawl --all");
      continue;
    }
    const bool rests = known && known->revisit_after && known->seen_at <= now &&
                       known->seen_at + rhythm(*known->revisit_after) > now;
    if (!rests) due.push_back(std::move(entry));
  }
  return due;
}

Result<std::vector<PlannedWatch>> wanted_watches(const CrawlTools& tools,
                                                 const CrawlOptions& options, store::Store& store) {
  auto watches = planned_watches(tools.configuration, tools.book, tools.clock.now());
  if (!watches) return watches;
  auto states = store::watches(store);
  if (!states) return fail(std::move(states.error()));
  WatchSelection selection = options.selection;
  if (!options.replay.empty()) selection.all = true;
  auto selected = select_watches(std::move(*watches), selection, *states, tools.clock.now());
  if (!selected || !options.replay.empty()) return selected;
  for (PlannedWatch& watch : *selected) {
    const auto seen = last_whole_pass(watch, *states);
    if (!seen || is_read_whole(watch, *seen, tools.clock.now())) continue;
    watch.watch.since = *seen - look_back;
    watch.watch.asked = *seen - index_lag;
  }
  return selected;
}

// Posts that are kept, another part of them in each of the watch's turns.
Result<void> enqueue_rechecks(store::Store& store, const PlannedWatch& watch, UtcTime now) {
  const std::size_t most = sources::most_rechecked(*watch.source);
  if (most == 0 || !watch.store_text) return {};
  const auto every = std::max<std::chrono::seconds>(watch.settings.every, std::chrono::minutes(1));
  const auto turn =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()) / every;
  auto ids = store::kept_ids(store, watch.settings.brand, watch.settings.source, most,
                             static_cast<std::uint64_t>(std::max<std::int64_t>(turn, 0)));
  if (!ids) return fail(std::move(ids.error()));
  const auto requests = sources::recheck_requests(*watch.source, watch.watch, *ids);
  auto added = store::enqueue(store, requests, now);
  return added ? Result<void>{} : fail(std::move(added.error()));
}

}  // namespace

Result<Stage> set_up(const CrawlTools& tools, const CrawlOptions& options) {
  auto store = store::Store::open(tools.store_path, {.stop = &tools.stop});
  if (!store) return fail(std::move(store.error()));
  auto zone = text::find_time_zone(tools.configuration.timezone);
  if (!zone) return fail(std::move(zone.error()));
  auto watches = wanted_watches(tools, options, *store);
  if (!watches) return fail(std::move(watches.error()));
  auto switches = SwitchWords::load(tools.book.files);
  if (!switches) return fail(std::move(switches.error()));
  Stage stage{std::move(*store),
              std::move(*zone),
              classify::Classifier(tools.book.rules),
              BrandBook(tools.configuration),
              std::move(*switches),
              {}};
  for (PlannedWatch& watch : *watches) {
    std::string key = watch.settings.key;
    stage.watches.emplace(std::move(key), std::move(watch));
  }
  return stage;
}

Result<void> begin_passes(Stage& stage, UtcTime now, PassScope scope) {
  for (const auto& [key, watch] : stage.watches) {
    auto pass = store::begin_pass(
        stage.store, key, now,
        scope == PassScope::all ? UtcTime::max() : UtcTime(now + watch.settings.every / 2));
    if (!pass) return fail(std::move(pass.error()));
    auto entries = due_entries(stage, watch, now, scope);
    if (!entries) return fail(std::move(entries.error()));
    if (auto added = store::enqueue(stage.store, *entries, now); !added)
      return fail(std::move(added.error()));
    if (auto added = enqueue_rechecks(stage.store, watch, now); !added) return added;
  }
  return {};
}

Result<std::size_t> finish_passes(Stage& stage, UtcTime now, store::RunId run,
                                  const std::string& stopped_by) {
  std::size_t left = 0;
  for (const auto& [key, watch] : stage.watches) {
    auto finished = store::finish_pass(stage.store, key, now);
    // Of a watch whose first request no archive had, no pass was begun.
    if (!finished && finished.error().code != Errc::not_found)
      return fail(std::move(finished.error()));
  }
  auto states = store::watches(stage.store);
  if (!states) return fail(std::move(states.error()));
  for (const store::WatchState& state : *states) {
    const auto watch = stage.watches.find(state.watch);
    if (watch == stage.watches.end() || state.waiting == 0) continue;
    left += state.waiting;
    const CoverageCounts counts =
        left_over(watch->second, static_cast<std::int64_t>(state.waiting), stopped_by);
    if (auto added = store::add_coverage(stage.store, run, counts); !added)
      return fail(std::move(added.error()));
  }
  return left;
}

Result<std::size_t> requests_left(Stage& stage) {
  auto states = store::watches(stage.store);
  if (!states) return fail(std::move(states.error()));
  std::size_t left = 0;
  for (const store::WatchState& state : *states)
    if (stage.watches.contains(state.watch)) left += state.waiting;
  return left;
}

}  // namespace testigo::app
