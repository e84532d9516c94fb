#include "app/erase.h"

#include <algorithm>
#include <utility>

#include "app/files.h"
#include "app/traces.h"
#include "archive/blanking.h"
#include "archive/tombstone.h"
#include "store/read.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::size_t most_named = 20;

// The records of one file that are to be overwritten, and those of which rows are.
struct FileRecords {
  std::string file;
  std::vector<std::uint64_t> whole;
  std::vector<archive::RecordParts> parts;

  [[nodiscard]] std::size_t count() const { return whole.size() + parts.size(); }
};

std::vector<FileRecords> by_file(const std::vector<store::ArchiveRecord>& records) {
  std::vector<FileRecords> files;
  for (const store::ArchiveRecord& record : records) {
    if (files.empty() || files.back().file != record.file) files.push_back({record.file, {}, {}});
    if (record.rows.empty())
      files.back().whole.push_back(record.offset);
    else
      files.back().parts.push_back({record.offset, record.rows});
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
  const std::uint64_t offset =
      missing.whole.empty() ? missing.parts.front().offset : missing.whole.front();
  finished.notes.push_back(missing.file +
                           " is not in the archive folder; if there is a copy elsewhere, it still "
                           "holds what was erased, at offset " +
                           std::to_string(offset));
}

// Overwrites rows; records that do not let them be are moved to those that go whole.
Result<std::vector<store::BlankedRecord>> blank(const std::string& path, FileRecords& file,
                                                UtcTime now) {
  const auto digests = archive::blank_parts(path, file.parts, now);
  if (!digests) return fail(digests.error());
  std::vector<store::BlankedRecord> blanked;
  for (std::size_t i = 0; i < file.parts.size(); ++i) {
    if (const auto& digest = (*digests)[i])
      blanked.push_back({file.parts[i].offset, *digest});
    else
      file.whole.push_back(file.parts[i].offset);
  }
  return blanked;
}

// Overwrites what is noted of one file, then says so to the store, whose errors these are. Those of
// the archive end in `left`.
Result<void> erase_in_file(store::Store& store, const std::string& folder, FileRecords file,
                           UtcTime now, Finished& finished) {
  const std::string path = resolve_path(folder, file.file);
  const std::size_t count = file.count();
  std::vector<store::BlankedRecord> blanked;
  Result<void> erased;
  if (!file.parts.empty()) {
    if (auto done = blank(path, file, now))
      blanked = std::move(*done);
    else
      erased = fail(std::move(done.error()));
  }
  if (erased && !file.whole.empty())
    erased = archive::erase_records(path, file.whole, "erased on request or by its terms", now);
  if (!erased && erased.error().code == Errc::not_found) {
    note_missing(file, finished);
    for (const archive::RecordParts& part : file.parts) file.whole.push_back(part.offset);
  } else if (!erased) {
    finished.left.push_back(std::move(erased.error()));
    return store::rows_erased(store, file.file, blanked);
  }
  finished.records += count;
  if (auto done = store::rows_erased(store, file.file, blanked); !done) return done;
  return store::records_erased(store, file.file, file.whole, now);
}

}  // namespace

Result<Finished> erase_noted_records(store::Store& store, const std::string& folder, UtcTime now) {
  auto noted = store::records_to_erase(store);
  if (!noted) return fail(std::move(noted.error()));
  Finished finished;
  finished.any = !noted->empty();
  for (FileRecords& file : by_file(*noted))
    if (auto done = erase_in_file(store, folder, std::move(file), now, finished); !done)
      return fail(std::move(done.error()));
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
    finished->unwritten = std::move(done.error());
  return finished;
}

Result<EraseOutcome> erase(const EraseTools& tools, const store::AuthorPosts& whose,
                           const EraseOptions& options) {
  EraseOutcome outcome;
  auto copies = store::copies_of(tools.store, whose.posts);
  if (!copies) return fail(std::move(copies.error()));
  store::Erasure erasure{
      options.reason,   tools.clock.stamp(),         whose.posts, {},
      whose.pseudonyms, store::Afterwards::unwanted, {},          options.dry_run};
  if (options.copies)
    erasure.posts.insert(erasure.posts.end(), copies->begin(), copies->end());
  else
    outcome.copies = std::move(*copies);
  auto posts = store::traces_of(tools.store, erasure.posts);
  if (!posts) return fail(std::move(posts.error()));
  const Traces traces(*posts, options.author,
                      options.name_in_sentences ? NameSearch::words : NameSearch::alone);
  outcome.name_was_searched = options.name_in_sentences && traces.name_is_searched_anywhere();
  TracedRecords traced = find_records(tools.archive_folder, traces, tools.progress);
  outcome.left = std::move(traced.unread);
  outcome.records_naming = traced.naming;
  // Without a post of this author, whoever has the name in an archived page is somebody else.
  if (erasure.posts.empty() && !options.name_in_sentences) {
    outcome.records_naming += static_cast<std::int64_t>(traced.records.size());
  } else {
    erasure.records = std::move(traced.records);
    erasure.names = [&](std::string_view url) { return traces.are_in_url(url); };
  }
  auto receipt = store::begin_erasure(tools.store, erasure);
  if (!receipt) return fail(std::move(receipt.error()));
  outcome.receipt = std::move(*receipt);
  if (options.dry_run) return outcome;
  // The rows are gone, and the receipt is due, whatever becomes of the rest.
  if (auto finished = finish_erasures(tools)) {
    outcome.notes = std::move(finished->notes);
    outcome.left.insert(outcome.left.end(), finished->left.begin(), finished->left.end());
    outcome.unwritten = std::move(finished->unwritten);
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
