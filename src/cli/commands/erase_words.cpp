#include "cli/commands/erase_words.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace testigo::cli {

namespace fs = std::filesystem;

namespace {

// The store's own words say that nothing happened, which is true of the writing alone.
std::string reason(const Error& error) {
  if (error.code == Errc::limit_exceeded)
    return "the disk has no room for a second copy of it; make room for that";
  return error.what;
}

}  // namespace

Result<void> finish_earlier(Context& context, const app::EraseTools& tools) {
  auto finished = app::finish_erasures(tools);
  if (!finished) return fail(std::move(finished.error()));
  if (!finished->any) return {};
  if (!finished->unwritten)
    context.err() << "testigo: an earlier erasure was finished, " << finished->records
                  << " records overwritten\n";
  static_cast<void>(tell_rest(context, finished->notes, finished->left, finished->unwritten));
  return {};
}

std::function<void(std::uint64_t, std::uint64_t)> archive_progress(const Context& context) {
  if (context.progress() != Context::Progress::line) return {};
  return [&err = context.err(), shown = -1](std::uint64_t done, std::uint64_t all) mutable {
    const int percent = all == 0 ? 100 : static_cast<int>(done * 100 / all);
    if (percent == shown) return;
    shown = percent;
    err << "\r\033[Kreading the archive: " << percent << " %" << std::flush;
  };
}

ExitCode tell_rest(Context& context, const std::vector<std::string>& notes,
                   const std::vector<Error>& left, const std::optional<Error>& unwritten) {
  for (const std::string& note : notes) context.err() << "testigo: " << note << '\n';
  for (const Error& error : left)
    context.err() << "testigo: not erased: " << describe(error) << '\n';
  if (unwritten)
    context.err() << "testigo: the rows are gone, but " << unwritten->where
                  << " still holds bytes of them until it is written anew: " << reason(*unwritten)
                  << "; `testigo retain` or the next erase finishes it\n";
  return left.empty() && !unwritten ? ExitCode::done : ExitCode::partial;
}

std::vector<std::string> old_copies(const std::string& store_path) {
  std::vector<std::string> copies;
  const fs::path path(store_path);
  const std::string begin = path.filename().string() + ".v";
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with(begin) && name.ends_with(".bak")) copies.push_back(at->path().string());
  }
  std::sort(copies.begin(), copies.end());
  return copies;
}

std::vector<std::string> evidence_ids(const std::vector<store::ArchiveRecord>& records) {
  std::vector<std::string> ids;
  for (const store::ArchiveRecord& record : records)
    ids.push_back(record.file + ":" + std::to_string(record.offset));
  return ids;
}

}  // namespace testigo::cli
