#include "archive/tombstone.h"

#include <filesystem>
#include <utility>

#include "archive/cdxj_index.h"
#include "archive/file.h"
#include "archive/gzip_member.h"
#include "archive/record_text.h"
#include "archive/warc_reader.h"

namespace testigo::archive {
namespace {

std::string tombstone_text(const WarcRecord& record, std::string_view reason, UtcTime now) {
  return record_text({{"WARC-Type", "metadata"},
                      {"WARC-Record-ID", std::string(record.field("WARC-Record-ID"))},
                      {"WARC-Date", std::string(record.field("WARC-Date"))},
                      {std::string(erased_field), to_iso8601(now)},
                      {"Content-Type", "text/plain"}},
                     reason);
}

Result<void> overwrite(File& file, const WarcRecord& record, std::string_view reason, UtcTime now) {
  const auto head = file.read(record.offset, member_head_bytes);
  if (!head) return fail(head.error());
  if (!begins_gzip(*head) || record.within != 0) {
    return fail(Errc::unsupported, "only records that are gzip members of their own can be erased",
                file.path());
  }
  const MemberMaker maker;
  const auto length = static_cast<std::size_t>(record.length);
  auto member = maker.make_of_length(tombstone_text(record, reason, now), length);
  // A reason that does not fit is left out: the erasure matters more.
  if (!member) member = maker.make_of_length(tombstone_text(record, "", now), length);
  if (!member) return fail(std::move(member).error());
  return file.write(record.offset, *member);
}

Result<void> erase_at(File& file, std::uint64_t offset, std::string_view reason, UtcTime now) {
  auto reader = WarcReader::open_at(file.path(), offset);
  if (!reader) return fail(std::move(reader).error());
  const auto record = reader->next();
  if (!record) return fail(record.error());
  if (!*record)
    return fail(Errc::not_found, "there is no record at this offset",
                file.path() + ":" + std::to_string(offset));
  // The request names the page too, and what was searched for. An unreadable one is not ours.
  const auto behind = reader->next();
  const bool is_its_request =
      behind && *behind && (*behind)->type() == "request" && !is_tombstone(**record) &&
      (*behind)->field("WARC-Concurrent-To") == (*record)->field("WARC-Record-ID");
  if (is_its_request) {
    if (auto done = overwrite(file, **behind, reason, now); !done) return done;
  }
  return is_tombstone(**record) ? Result<void>() : overwrite(file, **record, reason, now);
}

}  // namespace

bool is_tombstone(const WarcRecord& record) { return !record.field(erased_field).empty(); }

Result<void> erase_records(const std::string& path, std::span<const std::uint64_t> offsets,
                           std::string_view reason, UtcTime now) {
  auto file = File::open(path, File::Mode::change);
  if (!file) return fail(std::move(file).error());
  if (auto locked = file->lock(); !locked) return fail(std::move(locked).error());
  for (const std::uint64_t offset : offsets)
    if (auto done = erase_at(*file, offset, reason, now); !done) return done;
  if (auto synced = file->sync_data(); !synced) return synced;
  return drop_from_cdxj(path, offsets);
}

Result<void> erase_record(const std::string& folder, const EvidenceRef& evidence,
                          std::string_view reason, UtcTime now) {
  return erase_records((std::filesystem::path(folder) / evidence.file).string(),
                       std::span(&evidence.offset, 1), reason, now);
}

}  // namespace testigo::archive
