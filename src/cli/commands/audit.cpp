#include <istream>
#include <ostream>

#include "app/audits.h"
#include "app/files.h"
#include "cli/commands/commands.h"
#include "cli/commands/corrected.h"
#include "cli/commands/mention_filter.h"
#include "cli/commands/person.h"
#include "cli/commands/turn.h"
#include "core/digest.h"
#include "render/estimates.h"
#include "render/terminal.h"

namespace testigo::cli {
namespace {

constexpr std::int64_t usual_sample = 200;  // a person's hour
constexpr std::int64_t most_sample = 100'000;

Result<void> check_numbers(const Arguments& arguments) {
  if (auto sample = arguments.number("--sample", 1, 1, most_sample); !sample)
    return fail(std::move(sample.error()));
  if (auto seed = arguments.number("--seed", 0, 0, INT64_MAX); !seed)
    return fail(std::move(seed.error()));
  return {};
}

Result<store::AuditInfo> info_of(store::Store& store, std::int64_t id) {
  auto info = store::find_audit(store, id);
  if (!info) return fail(std::move(info.error()));
  if (!*info) return fail(Errc::not_found, "there is no such audit", std::to_string(id));
  return **info;
}

Result<store::AuditInfo> draw(Context& context, store::Store& store, const Arguments& arguments,
                              const store::AuditScope& scope) {
  const auto sample = arguments.number("--sample", usual_sample, 1, most_sample);
  if (!sample) return fail(sample.error());
  const auto seed = arguments.number("--seed", 1, 0, INT64_MAX);
  if (!seed) return fail(seed.error());
  auto drawn = store::draw_audit(store, scope, static_cast<std::size_t>(*sample),
                                 static_cast<std::uint64_t>(*seed), context.now());
  if (!drawn) return fail(std::move(drawn.error()));
  return info_of(store, *drawn);
}

Result<store::AuditScope> scope_of(Context& context, const Arguments& arguments) {
  store::AuditScope scope;
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  scope.brand = *brand;
  auto days = day_options(context, arguments);
  if (!days) return fail(std::move(days.error()));
  scope.since = days->since;
  scope.until = days->until;
  return scope;
}

// The one that waits for labels, or a new one. --sample and --seed ask for a new one.
Result<store::AuditInfo> audit_at_hand(Context& context, store::Store& store,
                                       const Arguments& arguments, const store::AuditScope& scope) {
  if (!arguments.has("--sample") && !arguments.has("--seed")) {
    auto latest = store::latest_audit(store, scope.brand, false);
    if (!latest) return fail(std::move(latest.error()));
    if (*latest && (*latest)->brand == scope.brand &&
        ((*latest)->labelled < (*latest)->items || arguments.has("--report")))
      return **latest;
  }
  if (arguments.has("--report")) return fail(no_audit(store, scope.brand, false, "--report"));
  return draw(context, store, arguments, scope);
}

// Asks for one label after the other until there are no more items or no more answers.
Result<void> ask_for_labels(Context& context, store::Store& store, std::int64_t audit,
                            const std::string& person) {
  auto items = store::audit_items(store, audit);
  if (!items) return fail(std::move(items.error()));
  std::ostream& err = context.err();
  std::size_t number = 0;
  for (const store::AuditItem& item : *items) {
    ++number;
    if (item.label) continue;
    err << '\n'
        << number << " of " << items->size() << " · " << item.source.value << " · " << item.language
        << '\n';
    if (item.title) err << render::neutralise(*item.title) << '\n';
    err << render::neutralise(item.text) << '\n';
    while (true) {
      err << "a dvocacy, c omplaint, m ixed, q uestion, o ther; s kip, x to stop: " << std::flush;
      std::string word;
      if (!std::getline(context.in(), word) || word == "x") return {};
      if (word == "s") break;
      const auto tag = app::tag_of_word(word);
      if (!tag) continue;
      auto kept = store::label_audit(store, audit, item.mention, *tag, person, context.now());
      if (!kept) return kept;
      break;
    }
  }
  return {};
}

// The audit that the labels are of.
Result<std::int64_t> take_labels(Context& context, store::Store& store, const std::string& file,
                                 const std::string& person) {
  auto bytes = app::read_file(file);
  if (!bytes) return fail(std::move(bytes.error()));
  auto labels = app::read_labels(file, *bytes);
  if (!labels) return fail(std::move(labels.error()));
  std::int64_t audit = 0;
  for (const app::Label& label : *labels) {
    audit = label.audit;
    if (!label.tag) continue;
    auto kept =
        store::label_audit(store, label.audit, label.mention, label.tag, person, context.now());
    if (!kept) return fail(std::move(kept.error()));
  }
  if (audit == 0) return fail(Errc::malformed, "holds no row of an audit", file);
  return audit;
}

ExitCode report(Context& context, store::Store& store, std::int64_t audit) {
  auto info = info_of(store, audit);
  if (!info) return context.failed(info.error());
  auto accuracy = app::accuracy_of(store, audit);
  if (!accuracy) return context.failed(accuracy.error());
  std::int64_t all = 0;
  for (const insight::TagAccuracy& one : *accuracy) all += one.mentions;
  const bool table = context.format() == render::Format::table;
  render::Rows rows;
  rows.columns =
      table ? std::vector<std::string>{"tag",    "mentions", "labelled", "precision", "interval",
                                       "recall", "interval", "share",    "corrected", "interval"}
            : std::vector<std::string>{
                  "audit",      "tag",           "mentions",       "labelled",
                  "precision",  "precision_low", "precision_high", "recall",
                  "recall_low", "recall_high",   "share",          "share_low",
                  "share_high", "corrected",     "corrected_low",  "corrected_high"};
  for (const insight::TagAccuracy& one : *accuracy) {
    const auto share = insight::share(one.mentions, all);
    const auto corrected = insight::corrected_share(one.mentions, all, one);
    std::vector<render::Value> row;
    if (!table) row.emplace_back(audit);
    row.emplace_back(std::string(to_string(one.tag)));
    row.emplace_back(one.mentions);
    row.emplace_back(one.labelled);
    for (const auto* estimate : {&one.precision, &one.recall, &share, &corrected}) {
      if (!table) {
        render::append_estimate(row, *estimate);
        continue;
      }
      row.emplace_back(render::share_figure(*estimate));
      if (estimate != &share) row.emplace_back(render::share_interval(*estimate));
    }
    rows.rows.push_back(std::move(row));
  }
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
  context.err() << "testigo: audit " << audit << " of " << to_iso8601(info->at) << ", "
                << info->labelled << " of " << info->items << " labelled\n";
  return ExitCode::done;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto scope = scope_of(context, arguments);
  if (!scope) return context.bad_usage(scope.error());
  if (auto good = check_numbers(arguments); !good) return context.bad_usage(good.error());
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  say_if_waiting(context, *store);
  if (const auto file = arguments.value("--labels")) {
    auto audit = take_labels(context, *store, *file, person_of(arguments));
    return audit ? report(context, *store, *audit) : context.failed(audit.error());
  }
  auto info = audit_at_hand(context, *store, arguments, *scope);
  if (!info) return context.failed(info.error());
  if (const auto file = arguments.value("--export")) {
    auto items = store::audit_items(*store, info->id);
    if (!items) return context.failed(items.error());
    auto written = app::replace_file(
        *file, render::render_rows(app::label_table(info->id, *items), render::Format::tsv));
    if (!written) return context.failed(written.error());
    context.err() << "testigo: " << items->size() << " mentions of audit " << info->id << " in "
                  << *file << "; fill in the column \"label\", then: testigo audit --labels "
                  << *file << '\n';
    return ExitCode::done;
  }
  if (!arguments.has("--report"))
    if (auto asked = ask_for_labels(context, *store, info->id, person_of(arguments)); !asked)
      return context.failed(asked.error());
  return report(context, *store, info->id);
}

}  // namespace

Command audit_command() {
  return {
      "audit",
      "keep",
      "Label a random sample by hand: how right the tags are, and shares corrected by it",
      {{"--brand", Arity::value, "ID", "of this brand's mentions", false, ""},
       {"--since", Arity::value, "DAY", "2026-01-31, or 30d for the last 30 days", false, ""},
       {"--until", Arity::value, "DAY", "the last day, included", false, ""},
       {"--sample", Arity::value, "N",
        "draw anew so many mentions, as many of each tag as there are; 200 unless said", false, ""},
       {"--seed", Arity::value, "S", "another number draws another sample; 1 unless said", false,
        ""},
       {"--export", Arity::value, "FILE.tsv",
        "write the sample for a spreadsheet instead of asking", false, ""},
       {"--labels", Arity::value, "FILE.tsv", "read the labels from there", false, ""},
       {"--report", Arity::flag, "", "only say what the labels so far amount to", false, ""},
       {"--by", Arity::value, "NAME", "who labels; the user unless said", false, ""}},
      {{"audit --brand acme", "asks for labels one by one; goes on where it was left"},
       {"audit --sample 100 --export sample.tsv",
        "label in a spreadsheet, then --labels sample.tsv"},
       {"audit --report", "what the labels amount to; trend --corrected shows shares by them"}},
      run};
}

}  // namespace testigo::cli
