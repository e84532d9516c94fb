#include "archive/recover.h"

#include <algorithm>
#include <limits>

#include "archive/gzip_member.h"
#include "formats/inflate.h"

namespace testigo::archive {
namespace {

// More than is ever appended between two calls of sync().
constexpr std::uint64_t checked_tail_bytes = 16u * 1024 * 1024;

// The whole member at `offset`, or 0 where there is none; inflated only where its length or its
// soundness must be found out.
Result<std::uint64_t> whole_member(const File& file, std::uint64_t offset, std::uint64_t size) {
  const auto head = file.read(offset, member_head_bytes);
  if (!head) return fail(head.error());
  const auto stated = member_length(*head);
  const std::uint64_t left = size - offset;
  if (stated && *stated > left) return std::uint64_t{0};
  if (stated && left > checked_tail_bytes) return *stated;
  const auto bytes = file.read(offset, static_cast<std::size_t>(stated.value_or(left)));
  if (!bytes) return fail(bytes.error());
  const auto member = formats::inflate_member(*bytes, std::numeric_limits<std::uint32_t>::max());
  return member ? std::uint64_t{member->consumed} : std::uint64_t{0};
}

}  // namespace

Result<Recovery> cut_torn_tail(File& file) {
  const auto size = file.size();
  if (!size) return fail(size.error());
  Recovery recovery;
  while (recovery.kept_bytes < *size) {
    const auto length = whole_member(file, recovery.kept_bytes, *size);
    if (!length) return fail(length.error());
    if (*length == 0) break;
    recovery.kept_bytes += *length;
  }
  recovery.cut_bytes = *size - recovery.kept_bytes;
  if (recovery.cut_bytes > 0) {
    if (auto cut = file.truncate(recovery.kept_bytes); !cut) return fail(std::move(cut).error());
    if (auto synced = file.sync_data(); !synced) return fail(std::move(synced).error());
  }
  return recovery;
}

}  // namespace testigo::archive
