#include <fstream>
#include <ostream>

#include "app/mention_rows.h"
#include "cli/commands/commands.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

Result<std::size_t> write_rows(store::Store& store, const store::MentionFilter& filter,
                               render::RowWriter writer, std::ostream& out) {
  std::size_t rows = 0;
  out << writer.begin();
  auto done = store::for_each_mention(store, filter, [&](const store::MentionRow& row) {
    out << writer.row(app::mention_values(row));
    ++rows;
    return static_cast<bool>(out);
  });
  if (!done) return fail(std::move(done.error()));
  out << writer.end();
  out.flush();
  if (!out) return fail(Errc::io, "the export could not be written to its end; is the disk full?");
  return rows;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto filter = mention_filter(context, arguments);
  if (!filter) return context.bad_usage(filter.error());
  filter->limit = 0;
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  // A table is for reading; an export that does not say otherwise is for a spreadsheet.
  const render::Format format =
      context.format() == render::Format::table ? render::Format::csv : context.format();
  render::RowWriter writer(app::mention_columns(), format);
  const auto file = arguments.value("--output");
  Result<std::size_t> rows = std::size_t{0};
  if (file) {
    std::ofstream out(*file, std::ios::binary);
    if (!out) return context.failed({Errc::io, "cannot be written", *file});
    rows = write_rows(*store, *filter, std::move(writer), out);
  } else {
    rows = write_rows(*store, *filter, std::move(writer), context.out());
  }
  if (!rows) return context.failed(rows.error());
  context.err() << *rows << (*rows == 1 ? " row\n" : " rows\n");
  return *rows == 0 && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command export_command() {
  std::vector<Option> options = mention_filter_options();
  options.push_back({"--output", Arity::value, "FILE", "write there instead of to stdout", false, "-o"});
  options.push_back({"--fail-empty", Arity::flag, "", "exit 3 when nothing matches", false, ""});
  return {"export",
          "tell",
          "All mentions that match, as CSV or JSONL",
          std::move(options),
          {{"export --format csv -o mentions.csv", "everything, for a spreadsheet"},
           {"export 'tag:complaint' --brand acme --format jsonl", "one brand's complaints, a line each"}},
          run};
}

}  // namespace testigo::cli
