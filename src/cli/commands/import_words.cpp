#include "cli/commands/import_words.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "formats/json_writer.h"
#include "render/table.h"

namespace testigo::cli {
namespace {

std::string joined(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + render::neutralise(words[i]);
  return words.size() > most ? text + ", …" : text;
}

// Of a template the columns in it.
std::vector<std::string> named_columns(const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const std::string& column : columns) {
    if (!column.starts_with('=')) add(column);
    for (std::size_t at = column.starts_with('=') ? column.find('{') : std::string::npos;
         at != std::string::npos; at = column.find('{', at + 1))
      add(column.substr(at + 1, column.find('}', at) - at - 1));
  }
  return names;
}

std::string mapping_table(const app::ImportPlan& plan, const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"post field", render::Align::left, false},
                   {"column", render::Align::left, true}};
  constexpr std::size_t shown_columns = 4;
  for (const auto& [field, columns] : plan.mapping)
    table.rows.push_back({{field}, {joined(named_columns(columns), shown_columns)}});
  return render::render_table(table, terminal);
}

// What 3/4/2026 is, and which date shows it.
std::string third_of_april(bool day_first, const std::string& why) {
  return std::string(day_first ? "3 April" : "4 March") +
         (why.empty() ? "" : " (" + render::neutralise(why) + ")");
}

std::string dates_of(const app::ImportPlan& plan) {
  std::string words = "times without a zone are " + plan.zone.name;
  for (const auto& [column, dates] : plan.date_columns)
    if (dates.zone && dates.zone->name != plan.zone.name)
      words +=
          ", in \"" + render::neutralise(column) + "\" " + render::neutralise(dates.zone->name);
  if (!plan.either_order.empty())
    return words + ", 3/4/2026 is 4 March, for nothing says what " +
           render::neutralise(plan.either_order) + " means; --dates day-first says otherwise";
  if (!plan.day_first) return words;
  words += ", 3/4/2026 is " + third_of_april(*plan.day_first, plan.day_first_why);
  for (const auto& [column, dates] : plan.date_columns) {
    const bool day_first = dates.day_first.value_or(*plan.day_first);
    if (day_first != *plan.day_first)
      words += ", in \"" + render::neutralise(column) + "\" " +
               third_of_april(day_first, dates.day_first_why);
    if (dates.other_order.empty()) continue;
    words += "; but " + render::neutralise(dates.other_order) + " has the " +
             (day_first ? "month" : "day") +
             " first: if two exports were put together, import them one by one with --dates";
  }
  return words;
}

void tell_nps(std::ostream& out, const app::NpsCounts& nps) {
  if (nps.all() == 0) return;
  out << "NPS " << std::lround(nps.score()) << ": " << nps.promoters << " promoters, "
      << nps.passives << " passives, " << nps.detractors << " detractors\n";
}

void tell_json(const Context& context, const app::ImportSummary& summary, bool dry_run) {
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  formats::JsonWriter json;
  json.begin_object()
      .field("format", app::to_string(summary.plan.format))
      .field("preset", summary.plan.preset.name)
      .field("source", summary.plan.source.value)
      .field("dry_run", dry_run)
      .field("interrupted", summary.interrupted)
      .field("rows", count(summary.rows))
      .field("resumed_rows", count(summary.resumed_rows))
      .field("pages", count(summary.pages))
      .field("rejected", count(summary.rejected))
      .field("mended", count(summary.mended))
      .field("skipped", count(summary.skipped))
      .field("duplicates", count(summary.duplicates))
      .field("withheld", count(summary.withheld))
      .field("without_brand", count(summary.without_brand))
      .field("new", count(summary.counts.new_posts))
      .field("edited", count(summary.counts.edited))
      .field("earlier", count(summary.counts.earlier))
      .field("shared_ids", count(summary.shared_ids))
      .field("unchanged", count(summary.counts.unchanged))
      .field("copies", count(summary.counts.copies));
  json.key("nps");
  if (summary.nps.all() == 0) {
    json.null();
  } else {
    json.begin_object()
        .field("score", summary.nps.score())
        .field("promoters", count(summary.nps.promoters))
        .field("passives", count(summary.nps.passives))
        .field("detractors", count(summary.nps.detractors))
        .end_object();
  }
  context.out() << json.end_object().take() << '\n';
}

// A post may have a title and no text, or a rating and no words.
std::string words_of(const Post& post) {
  if (!post.text.empty()) return post.text;
  if (post.title) return *post.title;
  return post.rating ? "(no words, " + formats::shortest(post.rating->value) + " of " +
                           formats::shortest(post.rating->best) + ")"
                     : "";
}

void tell_preview(std::ostream& out, const app::ImportSummary& summary) {
  constexpr std::size_t width = 80;
  for (const store::Sighting& one : summary.preview)
    out << "  " << (one.verdict.tag ? to_string(*one.verdict.tag) : "unclassified") << "  "
        << render::fit(render::neutralise(words_of(one.post)), width) << '\n';
}

}  // namespace

void tell_plan(const Context& context, const app::ImportPlan& plan, std::size_t resumed_rows) {
  std::ostream& err = context.err();
  if (plan.format == app::ImportFormat::warc) {
    err << "archive, pages read by source " << plan.source.value << '\n';
  } else {
    err << app::to_string(plan.format) << ", " << plan.encoding
        << (plan.dialect.empty() ? "" : ", fields parted by " + plan.dialect) << "; preset "
        << plan.preset.name << ", source " << plan.source.value << '\n'
        << mapping_table(plan, context.error_terminal());
    if (plan.mapping.contains("rating"))
      err << "ratings from " << formats::shortest(plan.rating_worst) << " to "
          << formats::shortest(plan.rating_best) << "; --rating-best says otherwise\n";
    if (plan.mapping.contains("posted_at")) err << dates_of(plan) << '\n';
    constexpr std::size_t shown_columns = 12;
    if (!plan.unused.empty()) err << "not used: " << joined(plan.unused, shown_columns) << '\n';
    if (!plan.preset.terms.empty()) err << plan.preset.terms << '\n';
  }
  if (resumed_rows > 0)
    err << "going on after " << (plan.format == app::ImportFormat::warc ? "record " : "row ")
        << resumed_rows << ", where an earlier run was interrupted\n";
  err << std::flush;
}

namespace {

// A later export of one table has few edits; two tables that both count from 1 have the same ids.
bool is_likely_another_table(const app::ImportSummary& summary) {
  constexpr std::size_t few = 10;
  return summary.counts.edited >= few &&
         static_cast<std::size_t>(summary.counts.edited) * 2 > summary.rows;
}

bool names_no_brand(const app::ImportSummary& summary) {
  return summary.without_brand > 0 &&
         summary.without_brand == summary.rows - summary.rejected - summary.skipped;
}

void tell_shared_ids(std::ostream& err, const app::ImportSummary& summary) {
  if (summary.shared_ids == 0) return;
  const app::SharedId& first = summary.first_shared_ids.front();
  err << render::neutralise(summary.plan.file) << ": the row in line " << first.line
      << " bears the id " << render::neutralise(first.id) << " of "
      << (first.others_line == 0 ? "a known post"
                                 : "the row in line " + std::to_string(first.others_line))
      << " by another author with other words";
  constexpr std::size_t shown = 8;
  const std::size_t lines = std::min(summary.first_shared_ids.size(), shown);
  if (lines > 1) err << "; so do the rows in lines ";
  for (std::size_t i = 1; i < lines; ++i)
    err << (i == 1 ? "" : ", ") << summary.first_shared_ids[i].line;
  if (summary.shared_ids > lines) err << " and " << summary.shared_ids - lines << " more";
  err << "; each is kept as a post of its own\n";
}

}  // namespace

void tell_summary(const Context& context, const app::ImportSummary& summary, bool dry_run) {
  const char* place = summary.plan.format == app::ImportFormat::warc ? "byte " : "line ";
  for (const app::RejectedRow& reject : summary.first_rejects)
    context.err() << place << reject.line << ": " << render::neutralise(reject.why) << '\n';
  if (summary.rejected > summary.first_rejects.size())
    context.err() << "… and " << summary.rejected - summary.first_rejects.size()
                  << " more; --rejects FILE has them all\n";
  if (summary.mended > 0)
    context.err() << render::neutralise(summary.plan.file) << ": " << summary.mended
                  << (summary.mended == 1 ? " row had" : " rows had")
                  << " text that was UTF-8 and was made UTF-8 again, as \u00C3\u00A9 for \u00E9, "
                     "the first in line "
                  << summary.first_mended_line
                  << "; it is mended, the evidence keeps it as it was\n";
  if (summary.interrupted)
    context.err() << "interrupted; the same command goes on where this one was\n";
  tell_shared_ids(context.err(), summary);
  if (names_no_brand(summary))
    context.err() << "no row names a brand by its query; if all of them are about one, say which "
                     "with --brand\n";
  if (is_likely_another_table(summary))
    context.err() << "most of these ids were there already with other words, which are kept as "
                     "earlier revisions; if this is another table and no later export of the same "
                     "one, import it under a name of its own: --source NAME\n";
  if (context.json()) return tell_json(context, summary, dry_run);
  std::ostream& out = context.out();
  if (summary.plan.format == app::ImportFormat::warc) out << summary.pages << " pages with ";
  out << summary.rows << (summary.plan.format == app::ImportFormat::warc ? " posts, " : " rows, ")
      << summary.rejected << " rejected, " << summary.without_brand << " about no brand";
  if (summary.skipped > 0) out << ", " << summary.skipped << " passed over";
  if (summary.duplicates > 0) out << ", " << summary.duplicates << " there twice";
  if (summary.withheld > 0) out << ", " << summary.withheld << " withheld (erased before)";
  if (dry_run) {
    out << "; nothing was written\n";
    tell_preview(out, summary);
  } else {
    out << "; " << summary.counts.new_posts << " new, " << summary.counts.edited << " edited, "
        << (summary.counts.earlier == 0
                ? std::string()
                : std::to_string(summary.counts.earlier) +
                      " older than what is known (kept as earlier revisions), ")
        << summary.counts.unchanged << " known already, " << summary.counts.copies << " copies\n";
  }
  tell_nps(out, summary.nps);
}

void tell_presets(const Context& context, const app::ImportPresets& presets) {
  render::Rows rows{{"preset", "for", "about", "terms"}, {}};
  for (const auto& [name, preset] : presets)
    rows.rows.push_back({name, preset.title, preset.about, preset.terms});
  context.out() << render::render_rows(std::move(rows), context.format(), context.terminal());
}

}  // namespace testigo::cli
