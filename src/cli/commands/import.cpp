#include <fstream>
#include <ostream>

#include "app/import.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"
#include "render/table.h"

namespace testigo::cli {
namespace {

Result<app::ImportOptions> options_of(Context& context, const Arguments& arguments) {
  app::ImportOptions options;
  options.file = arguments.value_or("FILE", "");
  options.dry_run = arguments.has("--dry-run");
  options.source = SourceId(arguments.value_or("--source", "import"));
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  options.brand = *brand;
  for (const std::string& pair : arguments.values("--map")) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::malformed, "\"" + pair + "\" is not FIELD=COLUMN", "--map");
    options.map[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  auto best = arguments.number("--rating-best", 5, 1, 1000);
  if (!best) return fail(std::move(best.error()));
  options.rating_best = static_cast<double>(*best);
  const auto type = arguments.value("--type");
  if (type == "csv") options.format = app::ImportFormat::csv;
  if (type == "jsonl") options.format = app::ImportFormat::jsonl;
  if (type && !options.format)
    return fail(Errc::malformed, "\"" + *type + "\" is none of csv, jsonl", "--type");
  return options;
}

std::string mapping_table(const app::ImportSummary& summary, const render::Terminal& terminal) {
  render::Table table;
  table.columns = {{"post field", render::Align::left, false},
                   {"column", render::Align::left, true}};
  for (const auto& [field, column] : summary.mapping) table.rows.push_back({{field}, {column}});
  return render::render_table(table, terminal);
}

void tell(const Context& context, const app::ImportSummary& summary, bool dry_run) {
  context.err() << mapping_table(summary, context.error_terminal());
  for (const app::RejectedRow& reject : summary.first_rejects)
    context.err() << "line " << reject.line << ": " << reject.why << '\n';
  context.out() << summary.rows << " rows, " << summary.rejected << " rejected, "
                << summary.without_brand << " about no brand";
  if (dry_run) {
    context.out() << "; nothing was written\n";
    for (const store::Sighting& one : summary.preview)
      context.out() << "  "
                    << (one.verdict.tag ? to_string(*one.verdict.tag) : "unclassified") << "  "
                    << render::fit(render::neutralise(one.post.text), 80) << '\n';
  } else {
    context.out() << "; " << summary.counts.new_posts << " new, " << summary.counts.edited
                  << " edited, " << summary.counts.unchanged << " known already, "
                  << summary.counts.copies << " copies\n";
  }
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  auto options = options_of(context, arguments);
  if (!options) return context.bad_usage(options.error());
  auto store_path = context.store_path();
  if (!store_path) return context.failed(store_path.error());
  auto archive_folder = context.archive_folder();
  if (!archive_folder) return context.failed(archive_folder.error());

  std::ofstream rejects;
  app::ImportTools tools{**configuration, **book, context.clock(), *store_path, *archive_folder, {}};
  if (const auto file = arguments.value("--rejects")) {
    rejects.open(*file, std::ios::binary);
    if (!rejects) return context.failed({Errc::io, "cannot be written", *file});
    tools.on_reject = [&](const app::RejectedRow& row) {
      rejects << options->file << ':' << row.line << ": " << row.why << '\n';
    };
  }
  auto summary = app::import_posts(tools, *options);
  if (!summary)
    return summary.error().code == Errc::malformed ? context.bad_usage(summary.error())
                                                   : context.failed(summary.error());
  tell(context, *summary, options->dry_run);
  return summary->rejected > 0 ? ExitCode::partial : ExitCode::done;
}

}  // namespace

Command import_command() {
  return {"import",
          "collect",
          "Store posts from a CSV or JSONL file",
          {{"FILE", Arity::positional, "", "CSV with a header line, or JSONL", true, ""},
           {"--brand", Arity::value, "ID", "every row is about this brand; else those that a query matches", false, ""},
           {"--map", Arity::values, "FIELD=COLUMN", "where a post field stands; JSONL also a pointer, text=/review/body", false, ""},
           {"--source", Arity::value, "NAME", "how the rows are labelled; import unless said", false, ""},
           {"--rating-best", Arity::value, "N", "top of the rating scale, 5 unless said", false, ""},
           {"--type", Arity::value, "T", "csv or jsonl, where the file's ending does not tell", false, ""},
           {"--dry-run", Arity::flag, "", "read and tag, write nothing", false, ""},
           {"--rejects", Arity::value, "FILE", "write the line and reason of each rejected row there", false, ""}},
          {{"import survey.csv --brand acme --map text=comment --map rating=nps --rating-best 10",
            "a survey export"},
           {"import reviews.jsonl --dry-run", "see the mapping and the first tags before writing"}},
          run};
}

}  // namespace testigo::cli
