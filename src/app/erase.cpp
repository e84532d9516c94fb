#include "app/erase.h"

#include <algorithm>
#include <utility>

#include "app/files.h"
#include "app/traces.h"
#include "archive/tombstone.h"
#include "store/read.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::size_t most_named = 20;

// The records of one file, the first of those that are left.
struct FileRecords {
  std::string file;
  std::vector<std::uint64_t> offsets;
};

std::vector<FileRecords> by_file(const std::vector<store::ArchiveRecord>& records) {
  std::vector<FileRecords> files;
  for (const store::ArchiveRecord& record : records) {
    if (files.empty() || files.back().file != record.file) files.push_back({record.file, {}});
    files.back().offsets.push_back(record.offset);
  }
  return files;
}

// Mentions of others that hold the name as a phrase.
Result<std::vector<MentionId>> named_in(store::Store& store, std::string_view author) {
  std::string phrase;
  for (const std::string& word : text::folded_words(author))
    phrase += (phrase.empty() ? "\"" : " ") + word;
  std::vector<MentionId> found;
  if (phrase.empty()) return found;
  store::MentionFilter filter;
  filter.query = phrase + "\"";
  filter.limit = most_named;
  auto mentions = store::mentions(store, filter);
  if (!mentions) return fail(std::move(mentions.error()));
  for (const store::MentionRow& mention : *mentions) found.push_back(mention.id);
  return found;
}

// A part of the archive that is no longer there was taken away by somebody who knows where it is.
void note_missing(const FileRecords& missing, Finished& finished) {
  finished.notes.push_back(missing.file +
                           " is not in the archive folder; if there is a copy elsewhere, it still "
                           "holds what was erased, at offset " +
                           std::to_string(missing.offsets.front()));
}

}  // namespace

Result<Finished> erase_noted_records(store::Store& store, const std::string& folder, UtcTime now) {
  auto noted = store::records_to_erase(store);
  if (!noted) return fail(std::move(noted.error()));
  Finished finished;
  finished.any = !noted->empty();
  for (const FileRecords& file : by_file(*noted)) {
    const auto erased = archive::erase_records(resolve_path(folder, file.file), file.offsets,
                                               "erased on request or by its terms", now);
    if (!erased && erased.error().code == Errc::not_found) {
      note_missing(file, finished);
    } else if (!erased) {
      finished.left.push_back(erased.error());
      continue;
    }
    finished.records += file.offsets.size();
    if (auto done = store::records_erased(store, file.file, file.offsets, now); !done)
      return fail(std::move(done.error()));
  }
  return finished;
}

Result<Finished> finish_erasures(const EraseTools& tools) {
  auto state = store::erasure_state(tools.store);
  if (!state) return fail(std::move(state.error()));
  const UtcTime now = tools.clock.stamp();
  auto finished = erase_noted_records(tools.store, tools.archive_folder, now);
  if (!finished || (state->unfinished == 0 && !state->unclean)) return finished;
  finished->any = true;
  if (auto done = store::finish_erasures(tools.store, now); !done)
    return fail(std::move(done.error()));
  return finished;
}

Result<EraseOutcome> erase(const EraseTools& tools, const store::AuthorPosts& whose,
                           const EraseOptions& options) {
  EraseOutcome outcome;
  auto copies = store::copies_of(tools.store, whose.posts);
  if (!copies) return fail(std::move(copies.error()));
  store::Erasure erasure{
      options.reason, tools.clock.stamp(), whose.posts, {}, whose.pseudonyms, true, {},
      options.dry_run};
  if (options.copies)
    erasure.posts.insert(erasure.posts.end(), copies->begin(), copies->end());
  else
    outcome.copies = std::move(*copies);
  auto posts = store::traces_of(tools.store, erasure.posts);
  if (!posts) return fail(std::move(posts.error()));
  const Traces traces(*posts, options.author);
  outcome.name_was_searched = traces.name_is_searched_anywhere();
  TracedRecords traced = find_records(tools.archive_folder, traces, tools.progress);
  outcome.left = std::move(traced.unread);
  erasure.records = std::move(traced.records);
  erasure.names = [&](std::string_view url) { return traces.are_in_url(url); };
  auto receipt = store::begin_erasure(tools.store, erasure);
  if (!receipt) return fail(std::move(receipt.error()));
  outcome.receipt = std::move(*receipt);
  if (options.dry_run) return outcome;
  // The rows are gone, and the receipt is due, whatever becomes of the rest.
  if (auto finished = finish_erasures(tools)) {
    outcome.notes = std::move(finished->notes);
    outcome.left.insert(outcome.left.end(), finished->left.begin(), finished->left.end());
  } else {
    outcome.left.push_back(std::move(finished.error()));
  }
  if (options.author.empty()) return outcome;
  auto named = named_in(tools.store, options.author);
  if (!named) return fail(std::move(named.error()));
  outcome.named_in = std::move(*named);
  return outcome;
}

}  // namespace testigo::app
