#include "formats/byte_source.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <zlib.h>

#include "formats/inflate.h"

namespace testigo::formats {
namespace {

constexpr std::size_t packed_chunk_bytes = 64u << 10;
constexpr std::size_t free_expansion = 64u << 20;  // small files may expand as they like
constexpr int gzip_window = 15 + 16;               // zlib.h: 15 bits, +16 for the gzip wrapping

// One inflating stream over a source.
class Gunzip {
 public:
  explicit Gunzip(ByteSource packed) : packed_(std::move(packed)) {
    if (inflateInit2(&stream_, gzip_window) != Z_OK) throw std::bad_alloc();
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() { inflateEnd(&stream_); }

  Result<std::size_t> read(std::span<char> room) {
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    while (stream_.avail_out == room.size()) {
      auto more = refill();
      if (!more) return fail(std::move(more.error()));
      if (!*more) return finish(room);
      if (auto stepped = step(); !stepped) return fail(std::move(stepped.error()));
    }
    made_ += room.size() - stream_.avail_out;
    if (made_ > free_expansion && made_ / max_expansion_ratio > taken_)
      return fail(Errc::limit_exceeded, "the gzip data expands more than " +
                                            std::to_string(max_expansion_ratio) +
                                            " times, as a bomb does");
    return room.size() - stream_.avail_out;
  }

 private:
  // Whether there is input.
  Result<bool> refill() {
    if (stream_.avail_in > 0) return true;
    chunk_.resize(packed_chunk_bytes);
    auto got = packed_(std::span(chunk_.data(), chunk_.size()));
    if (!got) return fail(std::move(got.error()));
    stream_.next_in = reinterpret_cast<Bytef*>(chunk_.data());
    stream_.avail_in = static_cast<uInt>(*got);
    taken_ += *got;
    return *got > 0;
  }

  Result<void> step() {
    if (ended_) {  // RFC 1952 §2.2: members follow one another
      if (*stream_.next_in != 0x1F) {
        stream_.avail_in = 0;  // padding behind the last member
        return {};
      }
      inflateReset(&stream_);
      ended_ = false;
    }
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) ended_ = true;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      return fail(Errc::malformed, "the gzip data is broken; copy the file again");
    return {};
  }

  Result<std::size_t> finish(std::span<char> room) const {
    if (!ended_ && taken_ > 0)
      return fail(Errc::malformed, "the gzip data is cut short; copy the file again");
    return room.size() - stream_.avail_out;
  }

  ByteSource packed_;
  z_stream stream_{};
  std::string chunk_;
  std::uint64_t taken_ = 0;
  std::uint64_t made_ = 0;
  bool ended_ = false;
};

}  // namespace

ByteSource bytes_source(std::string_view bytes) {
  return [bytes](std::span<char> buffer) mutable -> Result<std::size_t> {
    const std::size_t size = std::min(buffer.size(), bytes.size());
    std::memcpy(buffer.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    return size;
  };
}

ByteSource prepended(std::string head, ByteSource rest) {
  return [head = std::move(head), at = std::size_t{0},
          rest = std::move(rest)](std::span<char> buffer) mutable -> Result<std::size_t> {
    if (at == head.size()) return rest(buffer);
    const std::size_t size = std::min(buffer.size(), head.size() - at);
    std::memcpy(buffer.data(), head.data() + at, size);
    at += size;
    return size;
  };
}

Result<std::string> read_up_to(const ByteSource& source, std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t filled = 0;
  while (filled < count) {
    auto got = source(std::span(bytes.data() + filled, count - filled));
    if (!got) return fail(std::move(got.error()));
    if (*got == 0) break;
    filled += *got;
  }
  bytes.resize(filled);
  return bytes;
}

ByteSource gunzip_source(ByteSource packed) {
  return [gunzip = std::make_shared<Gunzip>(std::move(packed))](std::span<char> room) {
    return gunzip->read(room);
  };
}

bool is_gzip(std::string_view head) { return head.substr(0, 2) == "\x1F\x8B"; }

}  // namespace testigo::formats
