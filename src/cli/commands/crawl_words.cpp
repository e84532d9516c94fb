#include "cli/commands/crawl_words.h"

#include <algorithm>
#include <ostream>

#include "formats/json_writer.h"

namespace testigo::cli {
namespace {

std::string per_second(std::int64_t count, Millis elapsed) {
  const double seconds = std::max(0.001, static_cast<double>(elapsed.count()) / 1000.0);
  const auto tenths = static_cast<std::int64_t>(static_cast<double>(count) / seconds * 10.0);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string eta(const app::CrawlProgress& progress) {
  const auto left = progress.left();
  return left ? std::to_string(left->count() / 1000) + " s" : "?";
}

void draw_line(std::ostream& err, const app::CrawlProgress& progress) {
  err << "\r\033[K" << progress.pages << " pages, " << per_second(progress.pages, progress.elapsed)
      << "/s, " << progress.bytes / 1024 << " KiB, " << progress.mentions << " mentions; "
      << progress.queued + progress.waiting << " waiting on " << progress.hosts_waiting << " hosts";
  if (!progress.slowest.empty())
    err << " (" << progress.slowest.front().host << " for "
        << progress.slowest.front().left.count() / 1000 << " s)";
  if (progress.paused) err << ", none may be asked for " << progress.paused->count() / 1000 << " s";
  err << ", ETA " << eta(progress) << std::flush;
}

void write_json(std::ostream& err, const app::CrawlProgress& progress) {
  formats::JsonWriter json;
  json.begin_object()
      .field("pages", progress.pages)
      .field("bytes", progress.bytes)
      .field("posts", progress.posts)
      .field("mentions", progress.mentions)
      .field("queued", progress.queued)
      .field("waiting", progress.waiting)
      .field("in_flight", progress.in_flight)
      .field("hosts_waiting", progress.hosts_waiting)
      .field("elapsed_ms", static_cast<std::int64_t>(progress.elapsed.count()));
  const auto left = progress.left();
  json.field("left_ms", left ? std::optional<std::int64_t>(left->count()) : std::nullopt);
  json.field("paused_ms", progress.paused ? std::optional<std::int64_t>(progress.paused->count())
                                          : std::nullopt);
  json.key("slowest_hosts").begin_array();
  for (const fetch::HostWait& wait : progress.slowest)
    json.begin_object()
        .field("host", wait.host)
        .field("waiting", wait.waiting)
        .field("gap_ms", static_cast<std::int64_t>(wait.gap.count()))
        .field("left_ms", static_cast<std::int64_t>(wait.left.count()))
        .end_object();
  json.end_array().end_object();
  err << json.text() << std::endl;
}

void write_coverage(formats::JsonWriter& json, const CoverageCounts& counts) {
  json.begin_object()
      .field("brand", counts.brand.value)
      .field("source", counts.source.value)
      .field("asked", counts.asked)
      .field("allowed", counts.allowed)
      .field("blocked", counts.blocked)
      .field("refused_by_page", counts.refused_by_page)
      .field("capped", counts.capped)
      .field("failed", counts.failed)
      .field("empty", counts.empty)
      .field("unchanged", counts.unchanged)
      .field("items", counts.items)
      .field("left_out", counts.left_out);
  json.key("reasons").begin_object();
  for (const auto& [why, requests] : counts.reasons) json.field(why, requests);
  json.end_object().end_object();
}

std::string summary_json(const app::CrawlSummary& summary, const std::string& rules) {
  formats::JsonWriter json;
  json.begin_object()
      .field("run", summary.run.value == 0 ? std::nullopt : std::optional(summary.run.value))
      .field("pages", summary.totals.pages)
      .field("bytes", summary.totals.bytes)
      .field("new_posts", summary.counts.new_posts)
      .field("edited", summary.counts.edited)
      .field("unchanged", summary.counts.unchanged)
      .field("copies", summary.counts.copies)
      .field("new_mentions", summary.counts.new_mentions)
      .field("left", summary.left)
      .field("partial", summary.partial)
      .field("interrupted", summary.interrupted)
      .field("rules", rules);
  json.key("coverage").begin_array();
  for (const CoverageCounts& counts : summary.coverage) write_coverage(json, counts);
  json.end_array().key("failures").begin_object();
  for (const auto& [kind, count] : summary.failures) json.field(kind, count);
  json.end_object().key("messages").begin_array();
  for (const std::string& message : summary.messages) json.string(message);
  json.end_array().end_object();
  return json.take();
}

render::CrawlSummary shown(const app::CrawlSummary& summary, const std::string& rules) {
  render::CrawlSummary shown;
  shown.run = summary.run.value;
  shown.took = summary.totals.elapsed;
  shown.pages = summary.totals.pages;
  shown.bytes = summary.totals.bytes;
  shown.posts = static_cast<std::int64_t>(summary.counts.new_posts + summary.counts.edited +
                                          summary.counts.unchanged);
  shown.new_posts = static_cast<std::int64_t>(summary.counts.new_posts);
  shown.revisions = static_cast<std::int64_t>(summary.counts.edited);
  shown.copies = static_cast<std::int64_t>(summary.counts.copies);
  shown.new_mentions = static_cast<std::int64_t>(summary.counts.new_mentions);
  shown.rules = rules;
  shown.interrupted = summary.interrupted;
  shown.coverage = summary.coverage;
  for (const auto& [kind, count] : summary.failures)
    shown.troubles.push_back(std::to_string(count) + " × " + kind);
  shown.troubles.insert(shown.troubles.end(), summary.messages.begin(), summary.messages.end());
  return shown;
}

}  // namespace

std::function<void(const app::CrawlProgress&)> progress_on(const Context& context) {
  std::ostream& err = context.err();
  switch (context.progress()) {
    case Context::Progress::line:
      return [&err](const app::CrawlProgress& progress) { draw_line(err, progress); };
    case Context::Progress::json:
      return [&err](const app::CrawlProgress& progress) { write_json(err, progress); };
    case Context::Progress::none:
      break;
  }
  return {};
}

void tell_summary(const Context& context, const app::CrawlSummary& summary,
                  const std::string& rules) {
  if (context.progress() == Context::Progress::line) context.err() << "\r\033[K";
  if (context.json()) {
    context.out() << summary_json(summary, rules) << '\n';
    return;
  }
  context.out() << render::render_crawl_summary(shown(summary, rules), context.terminal());
  if (summary.left > 0 || summary.interrupted)
    context.out() << summary.left << " requests wait in the frontier; go on with: testigo crawl\n";
}

ExitCode exit_code_of(const app::CrawlSummary& summary) {
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.partial ? ExitCode::partial : ExitCode::done;
}

}  // namespace testigo::cli
