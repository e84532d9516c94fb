#include <algorithm>
#include <ostream>
#include <span>

#include "app/crawl_plan.h"
#include "cli/commands/commands.h"
#include "cli/commands/judged.h"
#include "cli/context.h"
#include "formats/json_writer.h"
#include "render/coverage_table.h"
#include "render/table.h"
#include "store/frontier.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

struct WatchLine {
  std::string watch;
  std::optional<UtcTime> last_finished;
  UtcTime due;
  std::size_t waiting = 0;
  std::size_t dead = 0;
};

struct Status {
  store::StoreCounts counts;
  std::vector<store::RunRow> runs;       // newest first
  std::vector<CoverageCounts> coverage;  // of the newest run
  std::vector<WatchLine> watches;
};

// What is left of a pass goes on when its hosts may be asked again.
Result<void> add_host_waits(store::Store& store, WatchLine& line) {
  if (line.waiting == 0) return {};
  auto next = store::next_due(store, std::span(&line.watch, 1));
  if (!next) return fail(std::move(next.error()));
  if (*next) line.due = std::max(line.due, **next);
  return {};
}

Result<Status> read_status(Context& context) {
  auto configuration = context.configuration();
  if (!configuration) return fail(std::move(configuration.error()));
  auto store = context.open_store();
  if (!store) return fail(std::move(store.error()));
  Status status;
  auto counts = store::counts(*store);
  if (!counts) return fail(std::move(counts.error()));
  status.counts = *counts;
  auto runs = store::runs(*store, 10);
  if (!runs) return fail(std::move(runs.error()));
  status.runs = std::move(*runs);
  if (!status.runs.empty()) {
    auto coverage = store::coverage(*store, status.runs.front().id);
    if (!coverage) return fail(std::move(coverage.error()));
    status.coverage = std::move(*coverage);
  }
  say_if_rules_differ(context, *store);
  auto states = store::watches(*store);
  if (!states) return fail(std::move(states.error()));
  for (const app::BrandSettings& brand : (*configuration)->brands) {
    for (const app::WatchSettings& watch : brand.watches) {
      WatchLine line{watch.key, std::nullopt, app::due_at(watch, *states, context.now())};
      for (const store::WatchState& state : *states) {
        if (state.watch != watch.key) continue;
        line.last_finished = state.last_finished;
        line.waiting = state.waiting;
        line.dead = state.dead;
      }
      if (auto waits = add_host_waits(*store, line); !waits) return fail(std::move(waits.error()));
      status.watches.push_back(std::move(line));
    }
  }
  return status;
}

std::string due_words(const WatchLine& watch, UtcTime now) {
  if (watch.due <= now) return "now";
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(watch.due - now).count();
  return minutes < 120 ? "in " + std::to_string(minutes + 1) + " min"
                       : "in " + std::to_string(minutes / 60) + " h";
}

std::string watch_table(const Status& status, UtcTime now, const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"watch", render::Align::left, true},
                   {"last finished", render::Align::left, false},
                   {"due", render::Align::left, false},
                   {"waiting", render::Align::right, false},
                   {"given up", render::Align::right, false}};
  for (const WatchLine& watch : status.watches)
    table.rows.push_back({{watch.watch},
                          {watch.last_finished ? to_iso8601(*watch.last_finished) : "never"},
                          {due_words(watch, now)},
                          {std::to_string(watch.waiting)},
                          {std::to_string(watch.dead)}});
  return render::render_table(table, terminal);
}

std::string for_people(const Status& status, UtcTime now, const render::Terminal& terminal) {
  const store::StoreCounts& counts = status.counts;
  std::string out = std::to_string(counts.mentions) + " mentions of " +
                    std::to_string(counts.posts) + " posts (" + std::to_string(counts.copies) +
                    " copies, " + std::to_string(counts.unclassified) + " unclassified), " +
                    std::to_string(counts.bytes / 1024) + " KiB\n\n";
  out += watch_table(status, now, terminal);
  if (status.runs.empty()) return out + "\nno crawl yet\n";
  const store::RunRow& last = status.runs.front();
  out += "\nlast run " + std::to_string(last.id.value) + ", " + to_iso8601(last.started) +
         (last.exit ? ", exit " + std::to_string(*last.exit) : ", not ended") + "\n";
  return out + render::render_coverage(status.coverage, terminal);
}

std::string as_json(const Status& status) {
  formats::JsonWriter json;
  json.begin_object()
      .field("posts", status.counts.posts)
      .field("mentions", status.counts.mentions)
      .field("copies", status.counts.copies)
      .field("unclassified", status.counts.unclassified)
      .field("queued", status.counts.queued)
      .field("bytes", status.counts.bytes);
  json.key("watches").begin_array();
  for (const WatchLine& watch : status.watches) {
    json.begin_object().field("watch", watch.watch);
    json.field("last_finished", watch.last_finished
                                    ? std::optional(to_iso8601(*watch.last_finished))
                                    : std::nullopt);
    json.field("due", to_iso8601(watch.due)).field("waiting", watch.waiting);
    json.field("dead", watch.dead).end_object();
  }
  json.end_array().key("runs").begin_array();
  for (const store::RunRow& run : status.runs)
    json.begin_object()
        .field("id", run.id.value)
        .field("started", to_iso8601(run.started))
        .field("ended", run.ended ? std::optional(to_iso8601(*run.ended)) : std::nullopt)
        .field("exit", run.exit)
        .field("pages", run.pages)
        .field("posts", run.posts)
        .field("new_mentions", run.new_mentions)
        .end_object();
  json.end_array()
      .key("coverage")
      .raw(render::render_rows(render::coverage_rows(status.coverage), render::Format::json));
  return json.end_object().take();
}

ExitCode run(Context& context, const Arguments&) {
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  auto status = read_status(context);
  if (!status) return context.failed(status.error());
  context.out() << (context.json() ? as_json(*status) + "\n"
                                   : for_people(*status, context.now(), context.terminal()));
  return ExitCode::done;
}

}  // namespace

Command status_command() {
  return {"status",
          "collect",
          "What was seen and what was not, and what is due",
          {},
          {{"status", "watches, the last run and its coverage"}},
          run};
}

}  // namespace testigo::cli
