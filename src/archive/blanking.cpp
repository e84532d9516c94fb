#include "archive/blanking.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "archive/cdxj_index.h"
#include "archive/file.h"
#include "archive/gzip_member.h"
#include "archive/record_text.h"
#include "archive/tombstone.h"
#include "archive/warc_reader.h"
#include "core/digest.h"

namespace testigo::archive {
namespace {

namespace fs = std::filesystem;

constexpr int strongest_compression = 12;  // where the rest would not fit otherwise

std::string blanked(std::string block, std::span<const ByteRange> parts) {
  for (const ByteRange& part : parts) {
    const std::uint64_t begin = std::min<std::uint64_t>(part.begin, block.size());
    const std::uint64_t end = begin + std::min<std::uint64_t>(part.length, block.size() - begin);
    for (std::uint64_t i = begin; i < end; ++i)
      if (block[i] != '\n') block[i] = ' ';
  }
  return block;
}

std::string text_of(const WarcRecord& record, std::string_view block, UtcTime now) {
  std::vector<Header> fields;
  for (const Header& field : record.fields)
    if (field.name != "WARC-Block-Digest" && field.name != "Content-Length" &&
        field.name != "WARC-Target-URI" && field.name != blanked_field)
      fields.push_back(field);
  fields.push_back({std::string(blanked_field), to_iso8601(now)});
  return record_text(std::move(fields), block);
}

std::optional<std::string> member_of(std::string_view text, std::uint64_t length) {
  auto member = MemberMaker().make_of_length(text, static_cast<std::size_t>(length));
  if (!member)
    member =
        MemberMaker(strongest_compression).make_of_length(text, static_cast<std::size_t>(length));
  return member ? std::optional(std::move(*member)) : std::nullopt;
}

// Overwrites a member at once, as far as anybody sees who comes later: it is written beside the
// file first, and a kill between leaves it there for the next call. Else half a member would hide
// what others said.
class Overwriter {
 public:
  explicit Overwriter(File& file) : file_(file), draft_(file.path() + ".blanking") {}

  Result<void> finish_interrupted() {
    std::error_code error;
    if (!fs::exists(draft_, error)) return {};
    const auto draft = File::open(draft_, File::Mode::read);
    if (!draft) return fail(draft.error());
    const auto size = draft->size();
    if (!size) return fail(size.error());
    const auto bytes = draft->read(0, static_cast<std::size_t>(*size));
    if (!bytes) return fail(bytes.error());
    const std::size_t line = bytes->find('\n');
    std::uint64_t offset = 0;
    const auto [end, wrong] =
        std::from_chars(bytes->data(), bytes->data() + std::min(line, bytes->size()), offset);
    if (line == std::string::npos || wrong != std::errc() || end != bytes->data() + line)
      return fail(Errc::malformed, "this is no record that was being written; remove it", draft_);
    return put(offset, std::string_view(*bytes).substr(line + 1));
  }

  Result<void> write(std::uint64_t offset, std::string_view member) {
    const std::string unnamed = draft_ + ".new";
    std::error_code error;
    fs::remove(unnamed, error);
    {
      auto draft = File::open(unnamed, File::Mode::append);
      if (!draft) return fail(std::move(draft).error());
      auto written = draft->write(0, std::to_string(offset) + "\n" + std::string(member));
      if (written) written = draft->sync_data();
      if (!written) {
        fs::remove(unnamed, error);
        return written;
      }
    }
    fs::rename(unnamed, draft_, error);
    if (error) return fail(Errc::io, "cannot be put in its place: " + error.message(), unnamed);
    const fs::path folder = fs::path(draft_).parent_path();
    if (auto synced = sync_folder(folder.empty() ? "." : folder.string()); !synced) return synced;
    return put(offset, member);
  }

 private:
  Result<void> put(std::uint64_t offset, std::string_view member) {
    if (auto written = file_.write(offset, member); !written) return written;
    if (auto synced = file_.sync_data(); !synced) return synced;
    std::error_code error;
    fs::remove(draft_, error);
    return {};
  }

  File& file_;
  std::string draft_;
};

Result<std::optional<std::string>> blank(File& file, Overwriter& overwriter,
                                         const RecordParts& wanted, UtcTime now) {
  const auto head = file.read(wanted.offset, member_head_bytes);
  if (!head) return fail(head.error());
  auto reader = WarcReader::open_at(file.path(), wanted.offset);
  if (!reader) return fail(std::move(reader).error());
  const auto record = reader->next();
  if (!record) return fail(record.error());
  const bool is_ours = *record && begins_gzip(*head) && (*record)->within == 0 &&
                       (*record)->type() == "metadata" && !is_tombstone(**record);
  if (!is_ours) return std::optional<std::string>();
  std::string block = blanked((*record)->block, wanted.parts);
  std::string digest = labelled_digest(block);
  if (block == (*record)->block) return std::optional(std::move(digest));
  const auto member = member_of(text_of(**record, block, now), (*record)->length);
  if (!member) return std::optional<std::string>();
  if (auto written = overwriter.write(wanted.offset, *member); !written)
    return fail(std::move(written).error());
  return std::optional(std::move(digest));
}

}  // namespace

Result<std::vector<std::optional<std::string>>> blank_parts(const std::string& path,
                                                            std::span<const RecordParts> records,
                                                            UtcTime now) {
  auto file = File::open(path, File::Mode::change);
  if (!file) return fail(std::move(file).error());
  if (auto locked = file->lock(); !locked) return fail(std::move(locked).error());
  Overwriter overwriter(*file);
  if (auto finished = overwriter.finish_interrupted(); !finished)
    return fail(std::move(finished).error());
  std::vector<std::optional<std::string>> digests;
  std::vector<std::uint64_t> offsets;
  for (const RecordParts& record : records) {
    auto digest = blank(*file, overwriter, record, now);
    if (!digest) return fail(std::move(digest).error());
    digests.push_back(std::move(*digest));
    offsets.push_back(record.offset);
  }
  if (auto dropped = drop_from_cdxj(path, offsets); !dropped)
    return fail(std::move(dropped).error());
  return digests;
}

}  // namespace testigo::archive
