#include "app/reclassify.h"

#include <algorithm>
#include <ostream>

#include "app/crawl_lock.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/turn.h"
#include "core/digest.h"
#include "formats/json_writer.h"
#include "insight/statistics.h"
#include "render/estimates.h"

namespace testigo::cli {
namespace {

constexpr std::size_t most_rules_shown = 20;
constexpr std::size_t most_values_shown = 3;

std::string name_of(const std::optional<Tag>& tag) {
  return tag ? std::string(to_string(*tag)) : "unclassified";
}

std::optional<insight::Estimate> net_of(const app::PolarityCounts& counts) {
  return insight::net_sentiment(counts.positive, counts.negative, counts.classified);
}

using NamedShift = std::pair<std::string, app::RuleShift>;

// Those that speak or no longer speak in most mentions first.
std::vector<NamedShift> by_weight(const std::map<std::string, app::RuleShift>& rules) {
  std::vector<NamedShift> sorted(rules.begin(), rules.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const NamedShift& a, const NamedShift& b) {
    const auto weight = [](const app::RuleShift& shift) {
      return std::pair(shift.gained + shift.lost, shift.reweighed);
    };
    return weight(a.second) > weight(b.second);
  });
  return sorted;
}

void write_estimate(formats::JsonWriter& json, const char* name,
                    const std::optional<insight::Estimate>& estimate) {
  json.key(name);
  if (!estimate) {
    json.null();
    return;
  }
  json.begin_object()
      .field("net", estimate->value)
      .field("low", estimate->interval.low)
      .field("high", estimate->interval.high)
      .end_object();
}

void write_names(formats::JsonWriter& json, const char* name,
                 const std::vector<std::string>& names) {
  json.key(name).begin_array();
  for (const std::string& one : names) json.string(one);
  json.end_array();
}

std::int64_t mentions_on(const app::AxisShifts& axes, Axis axis) {
  const auto shift = axes.find(axis);
  return shift == axes.end() ? 0 : shift->second.mentions;
}

void write_axes(formats::JsonWriter& json, const app::AxisShifts& axes) {
  json.key("axes").begin_array();
  for (const Axis axis : app::shifted_axes) {
    json.begin_object()
        .field("axis", axis_name(axis))
        .field("mentions", mentions_on(axes, axis))
        .key("changes")
        .begin_array();
    if (const auto shift = axes.find(axis); shift != axes.end())
      for (const auto& [values, change] : app::commonest(shift->second))
        json.begin_object()
            .field("from", values.first)
            .field("to", values.second)
            .field("mentions", change.mentions)
            .field("example", show_key(change.example.value))
            .end_object();
    json.end_array().end_object();
  }
  json.end_array();
}

std::string diff_json(const app::ReclassifyDiff& diff, std::string_view rules) {
  formats::JsonWriter json;
  json.begin_object()
      .field("rules", rules)
      .field("posts", diff.posts)
      .field("mentions", diff.mentions)
      .field("changed", diff.changed)
      .field("corrected", diff.corrected);
  json.key("tags").begin_array();
  for (const auto& [tags, mentions] : diff.tags)
    json.begin_object()
        .field("from", name_of(tags.first))
        .field("to", name_of(tags.second))
        .field("mentions", mentions)
        .end_object();
  json.end_array();
  write_axes(json, diff.axes);
  json.key("rule_shifts").begin_array();
  for (const auto& [rule, shift] : by_weight(diff.rules))
    json.begin_object()
        .field("rule", rule)
        .field("gained", shift.gained)
        .field("lost", shift.lost)
        .field("reweighed", shift.reweighed)
        .field("gained_tag", shift.gained_tag)
        .end_object();
  json.end_array().key("examples").begin_array();
  for (const app::TagExample& example : diff.examples) {
    json.begin_object()
        .field("mention", show_key(example.mention.value))
        .field("brand", example.brand.value)
        .field("from", name_of(example.tags.first))
        .field("to", name_of(example.tags.second))
        .field("quote", example.quote);
    write_names(json, "gained", example.gained);
    write_names(json, "lost", example.lost);
    json.end_object();
  }
  json.end_array().key("months").begin_array();
  for (const auto& [of, month] : diff.months) {
    json.begin_object()
        .field("brand", of.first.value)
        .field("month", of.second)
        .field("classified_before", month.before.classified)
        .field("classified_after", month.after.classified);
    write_estimate(json, "before", net_of(month.before));
    write_estimate(json, "after", net_of(month.after));
    json.end_object();
  }
  json.end_array().end_object();
  return json.text();
}

void print_table(Context& context, const char* heading, render::Rows rows) {
  if (rows.rows.empty()) return;
  context.out() << '\n'
                << heading << '\n'
                << render::render_rows(std::move(rows), context.format(), context.terminal());
}

std::string joined(const std::vector<std::string>& names, const char* sign) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + (sign + name);
  return text;
}

// "report → complain 32, ask → complain 3".
std::string commonest_of(const app::AxisShift& shift) {
  const auto changes = app::commonest(shift);
  std::string text;
  for (std::size_t i = 0; i < std::min(changes.size(), most_values_shown); ++i)
    text += (i == 0 ? "" : ", ") + changes[i].first.first + " → " + changes[i].first.second + " " +
            std::to_string(changes[i].second.mentions);
  return changes.size() > most_values_shown ? text + ", …" : text;
}

void print_axes(Context& context, const app::AxisShifts& axes) {
  render::Rows rows{{"axis", "mentions", "commonest changes", "for example"}, {}};
  for (const Axis axis : app::shifted_axes)
    if (const auto shift = axes.find(axis); shift != axes.end())
      rows.rows.push_back({std::string(axis_name(axis)), shift->second.mentions,
                           commonest_of(shift->second),
                           show_key(app::commonest(shift->second).front().second.example.value)});
  print_table(context, "other axes", std::move(rows));
}

void print_diff(Context& context, const app::ReclassifyDiff& diff) {
  context.out() << diff.changed << " of " << diff.mentions << " mentions would get another tag";
  for (const Axis axis : app::shifted_axes)
    context.out() << ", " << mentions_on(diff.axes, axis)
                  << (axis == Axis::theme ? " other themes"
                                          : " another " + std::string(axis_name(axis)));
  context.out() << "; " << diff.corrected
                << " keep the tag that a person set; nothing is written\n";
  render::Rows tags{{"from", "to", "mentions"}, {}};
  for (const auto& [pair, mentions] : diff.tags)
    tags.rows.push_back({name_of(pair.first), name_of(pair.second), mentions});
  print_table(context, "tags", std::move(tags));
  print_axes(context, diff.axes);
  render::Rows rules{{"rule", "speaks now", "no longer", "weighs otherwise"}, {}};
  for (const auto& [rule, shift] : by_weight(diff.rules)) {
    if (rules.rows.size() == most_rules_shown) break;
    rules.rows.push_back({rule, shift.gained, shift.lost, shift.reweighed});
  }
  print_table(context, "rules in these mentions", std::move(rules));
  render::Rows months{{"brand", "month", "net now", "interval", "net then", "interval then"}, {}};
  for (const auto& [of, month] : diff.months) {
    const auto before = net_of(month.before), after = net_of(month.after);
    months.rows.push_back({of.first.value, of.second, render::net_figure(before),
                           render::net_interval(before), render::net_figure(after),
                           render::net_interval(after)});
  }
  print_table(context, "net sentiment", std::move(months));
  render::Rows examples{{"mention", "from", "to", "quote", "why"}, {}};
  for (const app::TagExample& example : diff.examples)
    examples.rows.push_back({show_key(example.mention.value), name_of(example.tags.first),
                             name_of(example.tags.second), example.quote,
                             joined(example.gained, "+") + " " + joined(example.lost, "-")});
  print_table(context, "examples", std::move(examples));
}

Result<app::ReclassifyOptions> options_of(Context& context, const Arguments& arguments) {
  app::ReclassifyOptions options;
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  options.brand = *brand;
  auto days = day_options(context, arguments);
  if (!days) return fail(std::move(days.error()));
  options.since = days->since;
  options.until = days->until;
  return options;
}

std::function<void(std::int64_t, std::int64_t)> progress_on(const Context& context) {
  if (context.progress() != Context::Progress::line) return {};
  return [&err = context.err()](std::int64_t done, std::int64_t all) {
    err << "\r\033[K" << done << " of " << all << " posts" << std::flush;
  };
}

ExitCode write(Context& context, const app::ReclassifyTools& tools,
               const app::ReclassifyOptions& options) {
  auto lock = app::CrawlLock::take(tools.store.path());
  if (!lock) return context.failed(lock.error());
  auto done = app::reclassify(tools, options);
  if (tools.progress) context.err() << "\r\033[K";
  if (!done) return context.failed(done.error());
  const auto on = [&](Axis axis) { return mentions_on(done->axes, axis); };
  const render::Rows rows{
      {"posts", "changed", "polarity", "act", "stage", "intent", "themes", "rules"},
      {{done->posts, done->changed, on(Axis::polarity), on(Axis::act), on(Axis::stage),
        on(Axis::intent), on(Axis::theme), std::string(tools.book.rules.hash())}}};
  context.out() << render::render_rows(rows, context.format(), context.terminal());
  if (!done->interrupted) return ExitCode::done;
  context.err() << "testigo: interrupted; the same command does the rest\n";
  return ExitCode::interrupted;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto options = options_of(context, arguments);
  if (!options) return context.bad_usage(options.error());
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  if (!arguments.has("--diff")) say_if_waiting(context, *store);
  auto configuration = context.configuration();
  const app::ReclassifyTools tools{*store,
                                   configuration ? *configuration : nullptr,
                                   **book,
                                   context.clock(),
                                   progress_on(context),
                                   context.stop_by_signal()};
  if (!arguments.has("--diff")) return write(context, tools, *options);
  const auto diff = app::reclassify_diff(tools, *options);
  if (tools.progress) context.err() << "\r\033[K";
  if (!diff) return context.failed(diff.error());
  if (context.json())
    context.out() << diff_json(*diff, (*book)->rules.hash()) << '\n';
  else
    print_diff(context, *diff);
  return ExitCode::done;
}

}  // namespace

Command reclassify_command() {
  return {"reclassify",
          "classify",
          "Judge stored posts again by the rules as they are now",
          {{"--diff", Arity::flag, "", "only say what would change, and why", false, ""},
           {"--brand", Arity::value, "ID", "posts that mention this brand", false, ""},
           {"--since", Arity::value, "DAY", "2026-01-31, or 30d for the last 30 days", false, ""},
           {"--until", Arity::value, "DAY", "the last day, included", false, ""}},
          {{"reclassify --diff --json",
            "after a change of rules: which tags and other values change, by which rules"},
           {"reclassify", "store it; old verdicts stay in v_verdicts"}},
          run};
}

}  // namespace testigo::cli
