#include "archive/recover.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>

#include "archive/gzip_member.h"
#include "formats/inflate.h"

namespace testigo::archive {
namespace {

// More than is ever appended between two calls of sync().
constexpr std::uint64_t checked_tail_bytes = 16u * 1024 * 1024;

constexpr std::string_view gzip_magic = "\x1F\x8B\x08";

// The whole member at `offset`, or 0 where there is none.
std::uint64_t sound_member(const File& file, std::uint64_t offset, std::uint64_t bytes) {
  const auto read = file.read(offset, static_cast<std::size_t>(bytes));
  if (!read) return 0;
  const auto member = formats::inflate_member(*read, std::numeric_limits<std::uint32_t>::max());
  return member ? std::uint64_t{member->consumed} : 0;
}

// The same, inflated only where its length or its soundness must be found out.
Result<std::uint64_t> whole_member(const File& file, std::uint64_t offset, std::uint64_t size) {
  const auto head = file.read(offset, member_head_bytes);
  if (!head) return fail(head.error());
  const auto stated = member_length(*head);
  const std::uint64_t left = size - offset;
  if (!begins_gzip(*head) || (stated && *stated > left)) return std::uint64_t{0};
  if (stated && left > checked_tail_bytes) return *stated;
  return sound_member(file, offset, stated.value_or(left));
}

// Where the next sound member of ours begins behind a place, or nothing: it is looked for by its
// head, and must be whole.
Result<std::optional<std::uint64_t>> next_member(const File& file, std::uint64_t offset,
                                                 std::uint64_t size) {
  constexpr std::size_t step = 1024 * 1024;
  for (std::uint64_t block = offset; block < size; block += step) {
    const auto bytes = file.read(block, step + member_head_bytes);
    if (!bytes) return fail(bytes.error());
    for (std::size_t at = bytes->find(gzip_magic); at < step; at = bytes->find(gzip_magic, at + 1)) {
      const std::uint64_t begin = block + at;
      const auto stated = member_length(std::string_view(*bytes).substr(at, member_head_bytes));
      if (!stated || *stated > size - begin) continue;
      if (sound_member(file, begin, *stated) > 0) return std::optional(begin);
    }
  }
  return std::optional<std::uint64_t>();
}

}  // namespace

Result<Recovery> cut_torn_tail(File& file) {
  const auto size = file.size();
  if (!size) return fail(size.error());
  Recovery recovery;
  for (std::uint64_t at = 0; at < *size;) {
    const auto length = whole_member(file, at, *size);
    if (!length) return fail(length.error());
    if (*length == 0) {
      const auto next = next_member(file, at + 1, *size);
      if (!next) return fail(next.error());
      if (!*next) break;
      recovery.damaged_bytes += **next - at;
      at = **next;
    } else {
      at += *length;
      recovery.kept_bytes = at;
    }
  }
  recovery.cut_bytes = *size - recovery.kept_bytes;
  if (recovery.cut_bytes > 0) {
    if (auto cut = file.truncate(recovery.kept_bytes); !cut) return fail(std::move(cut).error());
    if (auto synced = file.sync_data(); !synced) return fail(std::move(synced).error());
  }
  return recovery;
}

}  // namespace testigo::archive
