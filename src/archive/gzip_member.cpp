#include "archive/gzip_member.h"

#include <array>
#include <libdeflate.h>
#include <limits>
#include <new>
#include <utility>

namespace testigo::archive {
namespace {

constexpr unsigned char flag_extra = 4;     // RFC 1952 §2.3.1: FEXTRA
constexpr unsigned char flag_comment = 16;  // FCOMMENT
constexpr std::size_t fixed_head_bytes = 10;
constexpr std::size_t extra_bytes = 2 + 4 + 8;  // XLEN, "sl" and its length, two lengths
constexpr std::size_t trailer_bytes = 8;        // CRC32, ISIZE
static_assert(fixed_head_bytes + extra_bytes == member_head_bytes);

struct FreeCompressor {
  void operator()(libdeflate_compressor* c) const noexcept { libdeflate_free_compressor(c); }
};

void append_little_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::uint32_t little_endian32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string head_of(unsigned char flags, std::size_t member_bytes, std::size_t inner_bytes) {
  std::string head = {'\x1f', '\x8b', '\x08', static_cast<char>(flags)};
  head.append(4, '\0');  // no time: the record has its own
  head += '\0';          // no hint on compression
  head += '\x03';        // Unix
  append_little_endian(head, extra_bytes - 2, 2);
  head += "sl";
  append_little_endian(head, 8, 2);
  append_little_endian(head, member_bytes, 4);
  append_little_endian(head, inner_bytes, 4);
  return head;
}

}  // namespace

struct MemberMaker::State {
  std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor;

  [[nodiscard]] Result<std::string> deflate(std::string_view bytes) const {
    if (bytes.size() > std::numeric_limits<std::uint32_t>::max() / 2) {
      return fail(Errc::limit_exceeded, "a record of more than 2 GiB cannot be archived");
    }
    std::string out(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()), '\0');
    const std::size_t length = libdeflate_deflate_compress(compressor.get(), bytes.data(),
                                                           bytes.size(), out.data(), out.size());
    out.resize(length);
    return out;
  }
};

MemberMaker::MemberMaker(int compression_level) : state_(std::make_unique<State>()) {
  state_->compressor.reset(libdeflate_alloc_compressor(compression_level));
  if (!state_->compressor) throw std::bad_alloc();
}
MemberMaker::MemberMaker(MemberMaker&&) noexcept = default;
MemberMaker& MemberMaker::operator=(MemberMaker&&) noexcept = default;
MemberMaker::~MemberMaker() = default;

Result<std::string> MemberMaker::make(std::string_view bytes) const {
  const auto deflated = state_->deflate(bytes);
  if (!deflated) return fail(deflated.error());
  const std::size_t length = member_head_bytes + deflated->size() + trailer_bytes;
  std::string member = head_of(flag_extra, length, bytes.size());
  member.reserve(length);
  member += *deflated;
  append_little_endian(member, libdeflate_crc32(0, bytes.data(), bytes.size()), 4);
  append_little_endian(member, bytes.size(), 4);
  return member;
}

Result<std::string> MemberMaker::make_of_length(std::string_view bytes, std::size_t length) const {
  const auto deflated = state_->deflate(bytes);
  if (!deflated) return fail(deflated.error());
  const std::size_t least = member_head_bytes + 1 + deflated->size() + trailer_bytes;
  if (length < least) {
    return fail(Errc::limit_exceeded, "the tombstone is longer than the record that it stands for");
  }
  std::string member = head_of(flag_extra | flag_comment, length, bytes.size());
  member.append(length - least, ' ');
  member += '\0';
  member += *deflated;
  append_little_endian(member, libdeflate_crc32(0, bytes.data(), bytes.size()), 4);
  append_little_endian(member, bytes.size(), 4);
  return member;
}

std::optional<std::uint64_t> member_length(std::string_view head) {
  if (!begins_gzip(head) || head.size() < member_head_bytes) return {};
  if ((static_cast<unsigned char>(head[3]) & flag_extra) == 0) return {};
  if (head.substr(12, 4) != std::string_view("sl\x08\0", 4)) return {};
  const std::uint32_t length = little_endian32(head.substr(16, 4));
  if (length <= member_head_bytes + trailer_bytes) return {};
  return length;
}

bool begins_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b\x08"); }

}  // namespace testigo::archive
