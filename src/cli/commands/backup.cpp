#include <filesystem>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "store/read.h"

namespace testigo::cli {
namespace {

namespace fs = std::filesystem;

// A copy under a name of its own until it is whole: whoever finds `target` finds all of it.
Result<store::StoreCounts> copy(store::Store& store, const std::string& target) {
  std::error_code error;
  if (fs::exists(target, error))
    return fail(Errc::refused, "exists already; name a file that does not", target);
  const std::string unfinished = target + ".part";
  fs::remove(unfinished, error);  // of a backup that was interrupted
  if (auto copied = store::back_up(store, unfinished); !copied) {
    fs::remove(unfinished, error);
    return fail(std::move(copied.error()));
  }
  store::OpenOptions options;
  options.read_only = true;
  auto read_back = store::Store::open(unfinished, options);
  if (!read_back) return fail(std::move(read_back.error()));
  auto counts = store::counts(*read_back);
  if (!counts) return counts;
  fs::rename(unfinished, target, error);
  if (error) return fail(Errc::io, "cannot be named: " + error.message(), target);
  for (const char* side_file : {"-wal", "-shm"}) fs::remove(unfinished + side_file, error);
  return counts;
}

ExitCode run(Context& context, const Arguments& arguments) {
  auto store = context.open_store();
  if (!store) return context.failed(store.error());
  const std::string target = arguments.value_or("FILE", "");
  auto counts = copy(*store, target);
  if (!counts) return context.failed(counts.error());
  const render::Rows rows{{"file", "posts", "mentions", "bytes"},
                          {{target, counts->posts, counts->mentions, counts->bytes}}};
  context.out() << render::render_rows(rows, context.format(), context.terminal());
  return ExitCode::done;
}

}  // namespace

Command backup_command() {
  return {"backup",
          "keep",
          "A whole copy of the store, also while a crawl writes to it",
          {{"FILE", Arity::positional, "", "a file that does not exist yet", true, ""}},
          {{"backup backups/2026-11-26.db", "opens like the store itself: testigo trend --db FILE"}},
          run};
}

}  // namespace testigo::cli
