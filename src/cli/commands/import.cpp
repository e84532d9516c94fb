#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/import.h"
#include "cli/commands/commands.h"
#include "cli/commands/import_words.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"
#include "formats/json_writer.h"

namespace testigo::cli {
namespace {

Result<void> read_map(const Arguments& arguments, app::ImportOptions& options) {
  for (const std::string& pair : arguments.values("--map")) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::malformed, "\"" + pair + "\" is not FIELD=COLUMN", "--map");
    const std::string field = pair.substr(0, equals);
    const std::string column = pair.substr(equals + 1);
    const auto [taken, fresh] = options.map.emplace(field, column);
    if (!fresh)
      return fail(Errc::malformed,
                  field + " is given twice, as \"" + taken->second + "\" and \"" + column +
                      "\"; say one, or both in one text: --map '" + field + "=={" + taken->second +
                      "} {" + column + "}'",
                  "--map");
  }
  return {};
}

Result<void> read_reading(const Arguments& arguments, app::ImportOptions& options) {
  options.preset = arguments.value("--preset");
  options.encoding = arguments.value("--encoding");
  options.zone = arguments.value("--zone");
  if (arguments.has("--rating-best")) {
    auto best = arguments.number("--rating-best", 5, 1, 1000);
    if (!best) return fail(std::move(best.error()));
    options.rating_best = static_cast<double>(*best);
  }
  if (const auto dates = arguments.value("--dates")) {
    if (*dates != "day-first" && *dates != "month-first")
      return fail(Errc::malformed, "\"" + *dates + "\" is none of day-first, month-first", "--dates");
    options.day_first = *dates == "day-first";
  }
  const auto type = arguments.value("--type");
  if (!type) return {};
  options.format = app::parse_import_format(*type);
  if (!options.format)
    return fail(Errc::malformed, "\"" + *type + "\" is none of csv, jsonl, mbox, warc", "--type");
  return {};
}

Result<app::ImportOptions> options_of(Context& context, const Arguments& arguments) {
  app::ImportOptions options;
  const auto file = arguments.value("FILE");
  if (!file) return fail(Errc::malformed, "which file? testigo import --help shows how", "FILE");
  options.file = *file;
  options.dry_run = arguments.has("--dry-run");
  if (const auto source = arguments.value("--source")) options.source = SourceId(*source);
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  options.brand = *brand;
  if (auto mapped = read_map(arguments, options); !mapped) return fail(std::move(mapped.error()));
  if (auto read = read_reading(arguments, options); !read) return fail(std::move(read.error()));
  return options;
}

// Shows how far an import is: a line that is drawn over, JSON lines, or nothing.
std::function<void(const app::ImportSummary&)> progress_on(const Context& context) {
  if (context.progress() == Context::Progress::none) return {};
  const bool json = context.progress() == Context::Progress::json;
  return [&context, json](const app::ImportSummary& so_far) {
    const std::size_t rows = so_far.resumed_rows + so_far.rows;
    if (json) {
      formats::JsonWriter line;
      line.begin_object().field("rows", static_cast<std::int64_t>(rows));
      line.field("rejected", static_cast<std::int64_t>(so_far.rejected)).end_object();
      context.err() << line.take() << std::endl;
    } else {
      context.err() << "\r\033[K" << rows << " rows, " << so_far.rejected << " rejected " << std::flush;
    }
  };
}

// Writes "file:line: why" for each rejected row; a run that goes on adds to what is there.
class RejectsFile {
 public:
  Result<void> open(const std::string& path, const std::string& of) {
    std::error_code error;  // a file that is not there yet is neither
    if (std::filesystem::equivalent(path, of, error))
      return fail(Errc::refused, "is the file to import; name another", path);
    path_ = path;
    of_ = of;
    return {};
  }
  Result<void> begin(bool go_on) {
    if (path_.empty()) return {};
    out_.open(path_, go_on ? std::ios::binary | std::ios::app : std::ios::binary);
    if (!out_) return fail(Errc::io, "cannot be written", path_);
    return {};
  }
  void add(const app::RejectedRow& row) {
    if (out_.is_open()) out_ << of_ << ':' << row.line << ": " << row.why << '\n' << std::flush;
  }

 private:
  std::ofstream out_;
  std::string path_;
  std::string of_;
};

ExitCode import_with(Context& context, app::ImportTools& tools, const app::ImportOptions& options,
                     const Arguments& arguments) {
  RejectsFile rejects;
  if (const auto file = arguments.value("--rejects")) {
    if (auto opened = rejects.open(*file, options.file); !opened) return context.failed(opened.error());
    std::ofstream probe(*file, std::ios::app);
    if (!probe) return context.failed({Errc::io, "cannot be written", *file});
  }
  tools.on_reject = [&](const app::RejectedRow& row) { rejects.add(row); };
  Result<void> begun;
  tools.on_plan = [&](const app::ImportPlan& plan, std::size_t resumed_rows) {
    tell_plan(context, plan, resumed_rows);
    begun = rejects.begin(resumed_rows > 0);
  };
  tools.on_batch = progress_on(context);
  auto summary = app::import_posts(tools, options);
  if (tools.on_batch && context.progress() == Context::Progress::line) context.err() << "\r\033[K";
  if (!summary)
    return summary.error().code == Errc::malformed ? context.bad_usage(summary.error())
                                                   : context.failed(summary.error());
  if (!begun) return context.failed(begun.error());
  tell_summary(context, *summary, options.dry_run);
  if (summary->interrupted) return ExitCode::interrupted;
  return summary->rejected > 0 ? ExitCode::partial : ExitCode::done;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto book = context.rule_book();
  if (!book) return context.bad_configuration(book.error());
  if (arguments.has("--presets")) {
    tell_presets(context, (*book)->import_presets);
    return ExitCode::done;
  }
  auto configuration = context.configuration();
  if (!configuration) return context.bad_configuration(configuration.error());
  auto options = options_of(context, arguments);
  if (!options) return context.bad_usage(options.error());
  auto store_path = context.store_path();
  if (!store_path) return context.failed(store_path.error());
  auto archive_folder = context.archive_folder();
  if (!archive_folder) return context.failed(archive_folder.error());
  app::ImportTools tools{**configuration, **book, context.clock(), *store_path, *archive_folder,
                         {}, {}, {}, &context.stop_by_signal()};
  return import_with(context, tools, *options, arguments);
}

}  // namespace

Command import_command() {
  return {"import",
          "collect",
          "Store posts from a CSV, JSONL, mbox or WARC file",
          {{"FILE", Arity::positional, "", "CSV with a header line, JSON or JSONL, mbox, WARC; plain or gzipped", false, ""},
           {"--preset", Arity::value, "NAME", "what kind of export it is, see --presets; else told by its columns", false, ""},
           {"--presets", Arity::flag, "", "list the presets", false, ""},
           {"--brand", Arity::value, "ID", "every row is about this brand; else those that a query matches", false, ""},
           {"--map", Arity::values, "FIELD=COLUMN", "where a post field stands; JSONL also a pointer, text=/review/body; rating= nowhere", false, ""},
           {"--source", Arity::value, "NAME", "how the rows are labelled; of an archive, which source reads its pages", false, ""},
           {"--rating-best", Arity::value, "N", "top of the rating scale; else the preset's, or 5", false, ""},
           {"--dates", Arity::value, "ORDER", "day-first or month-first: what 3/4/2026 means", false, ""},
           {"--zone", Arity::value, "ZONE", "of times without one, as Europe/Madrid; else the preset's, or the configured one", false, ""},
           {"--encoding", Arity::value, "NAME", "of a CSV file, where what is sniffed is wrong", false, ""},
           {"--type", Arity::value, "T", "csv, jsonl, mbox or warc, where the file's ending does not tell", false, ""},
           {"--dry-run", Arity::flag, "", "show how it is read and tagged, write nothing", false, ""},
           {"--rejects", Arity::value, "FILE", "write the line and reason of each rejected row there", false, ""}},
          {{"import survey.csv --preset nps --brand acme", "a survey with a score of 0 to 10"},
           {"import reviews.jsonl --dry-run", "see the mapping and the first tags before writing"},
           {"import crawl.warc.gz --source pages", "pages that another tool archived"}},
          run};
}

}  // namespace testigo::cli
