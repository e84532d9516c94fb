#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>

#include "app/mention_rows.h"
#include "cli/commands/commands.h"
#include "cli/commands/export_views.h"
#include "cli/commands/mention_filter.h"
#include "cli/context.h"

namespace testigo::cli {
namespace {

constexpr std::string_view all_views = "all";

Result<std::size_t> write_mentions(store::Store& store, const store::MentionFilter& filter,
                                   render::Format format, std::ostream& out) {
  render::RowWriter writer(app::mention_columns(), format);
  std::size_t rows = 0;
  out << writer.begin();
  auto done = store::for_each_mention(store, filter, [&](const store::MentionRow& row) {
    out << writer.row(app::mention_values(row));
    ++rows;
    return static_cast<bool>(out);
  });
  if (!done) return fail(std::move(done.error()));
  out << writer.end();
  return rows;
}

// A table is for reading; an export that does not say otherwise is for a spreadsheet.
render::Format format_of(Context& context) {
  return context.format() == render::Format::table ? render::Format::csv : context.format();
}

using Write = std::function<Result<std::size_t>(std::ostream&)>;

Result<std::size_t> written_whole(const Write& write, std::ostream& out) {
  auto rows = write(out);
  out.flush();
  if (rows && !out)
    return fail(Errc::io, "the export could not be written to its end; is the disk full?");
  return rows;
}

Result<std::size_t> write_to(Context& context, const std::optional<std::string>& file,
                             const Write& write) {
  if (!file) return written_whole(write, context.out());
  // A file comes under its name when it is whole; a device or a pipe is written as it is.
  std::error_code none;
  const bool is_file = !std::filesystem::exists(*file, none) ||
                       std::filesystem::is_regular_file(*file, none);
  const std::string target = is_file ? *file + ".part" : *file;
  std::ofstream out(target, std::ios::binary);
  if (!out) return fail(Errc::io, "cannot be written", *file);
  auto rows = written_whole(write, out);
  out.close();
  if (!is_file) return rows;
  std::error_code failed;
  if (rows) std::filesystem::rename(target, *file, failed);
  if (!rows || failed) std::filesystem::remove(target, none);
  if (failed) return fail(Errc::io, "cannot be written: " + failed.message(), *file);
  return rows;
}

void say_rows(Context& context, std::size_t rows) {
  context.err() << rows << (rows == 1 ? " row\n" : " rows\n");
}

// Each view into a file of its own.
Result<std::size_t> write_folder(Context& context, store::Store& store,
                                 const std::vector<std::string>& views, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return fail(Errc::io, "the folder cannot be made: " + failed.message(), folder);
  const render::Format format = format_of(context);
  const std::string ending(render::format_names()[static_cast<std::size_t>(format)]);
  std::size_t all = 0;
  for (const std::string& view : views) {
    const std::string file = (std::filesystem::path(folder) / (view + "." + ending)).string();
    auto rows = write_to(context, file, [&](std::ostream& out) {
      return write_view(store, view, format, out);
    });
    if (!rows) return rows;
    context.err() << view << ": ";
    say_rows(context, *rows);
    all += *rows;
  }
  return all;
}

ExitCode export_view(Context& context, store::Store& store, const Arguments& arguments) {
  const std::string view = arguments.value_or("--view", "");
  const auto output = arguments.value("--output");
  auto views = views_of(store);
  if (!views) return context.failed(views.error());
  Result<std::size_t> rows = std::size_t{0};
  if (view == all_views) {
    if (!output)
      return context.bad_usage({Errc::malformed, "all views go into a folder: -o FOLDER", "--view"});
    rows = write_folder(context, store, *views, *output);
  } else {
    if (auto known = check_view(*views, view); !known) return context.bad_usage(known.error());
    rows = write_to(context, output, [&](std::ostream& out) {
      return write_view(store, view, format_of(context), out);
    });
    if (rows) say_rows(context, *rows);
  }
  if (!rows) return context.failed(rows.error());
  return *rows == 0 && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

// What picks mentions, and says nothing of a view.
std::optional<std::string_view> filter_given(const Arguments& arguments) {
  for (const std::string_view name : {"QUERY", "--brand", "--since", "--until", "--order"})
    if (arguments.value(name)) return name;
  return std::nullopt;
}

ExitCode run(Context& context, const Arguments& arguments) {
  const bool is_view = arguments.value("--view").has_value();
  if (const auto given = filter_given(arguments); is_view && given)
    return context.bad_usage(
        {Errc::malformed, "a view is exported whole; ask it with testigo sql instead",
         std::string(*given)});
  auto filter = mention_filter(context, arguments);
  if (!filter) return context.bad_usage(filter.error());
  filter->limit = 0;
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  if (is_view) return export_view(context, *store, arguments);
  auto rows = write_to(context, arguments.value("--output"), [&](std::ostream& out) {
    return write_mentions(*store, *filter, format_of(context), out);
  });
  if (!rows) return context.failed(rows.error());
  say_rows(context, *rows);
  return *rows == 0 && arguments.has("--fail-empty") ? ExitCode::nothing_matched : ExitCode::done;
}

}  // namespace

Command export_command() {
  std::vector<Option> options = mention_filter_options();
  options.push_back({"--view", Arity::value, "NAME",
                     "instead: a whole view, as v_daily; all: each into a file of the folder -o", false,
                     ""});
  options.push_back({"--output", Arity::value, "FILE", "write there instead of to stdout", false, "-o"});
  options.push_back({"--fail-empty", Arity::flag, "", "exit 3 when nothing matches", false, ""});
  return {"export",
          "tell",
          "All mentions that match, or a whole view, as CSV, JSONL or Markdown",
          std::move(options),
          {{"export --format csv -o mentions.csv", "everything, for a spreadsheet"},
           {"export 'tag:complaint' --brand acme --format jsonl", "one brand's complaints, a line each"},
           {"export --view all --format jsonl -o views", "every view, a file each"}},
          run};
}

}  // namespace testigo::cli
