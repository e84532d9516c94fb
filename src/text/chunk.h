#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// Eight bytes as one number, the first one lowest, whatever the machine's own order: words of text
// are mostly shorter than that, and so are read, compared and hashed in a few instructions.
namespace testigo::text {

inline constexpr std::size_t chunk_bytes = sizeof(std::uint64_t);

constexpr std::uint64_t in_memory_order(std::uint64_t chunk) {
  return std::endian::native == std::endian::little ? chunk : __builtin_bswap64(chunk);
}
[[nodiscard]] inline std::uint64_t load_chunk(const char* bytes) {
  std::uint64_t chunk = 0;
  std::memcpy(&chunk, bytes, chunk_bytes);
  return in_memory_order(chunk);
}

// A mask of the first `count` bytes; of all eight where it is more.
[[nodiscard]] constexpr std::uint64_t first_bytes(std::size_t count) {
  return count >= chunk_bytes ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1;
}

// A whole text of less than eight bytes: two loads that overlap, or the bytes one by one.
[[nodiscard]] inline std::uint64_t short_chunk(std::string_view text) {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  if (size >= sizeof(std::uint32_t)) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, bytes, sizeof first);
    std::memcpy(&last, bytes + size - sizeof last, sizeof last);
    if constexpr (std::endian::native != std::endian::little) {
      first = __builtin_bswap32(first);
      last = __builtin_bswap32(last);
    }
    return first | std::uint64_t{last} << (8 * (size - sizeof last));
  }
  if (size == 0) return 0;
  const auto byte = [bytes](std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>(bytes[at])} << (8 * at);
  };
  return byte(0) | byte(size / 2) | byte(size - 1);
}

// The chunk that begins at byte `at` of a text, zeros past its end.
[[nodiscard]] inline std::uint64_t chunk_at(std::string_view text, std::size_t at) {
  if (at + chunk_bytes <= text.size()) return load_chunk(text.data() + at);
  if (at >= text.size()) return 0;
  if (text.size() >= chunk_bytes)
    return load_chunk(text.data() + text.size() - chunk_bytes) >>
           (8 * (at + chunk_bytes - text.size()));
  return short_chunk(text) >> (8 * at);
}

// The first eight bytes of a word, zeros where it is shorter: of two words of one length up to
// eight these are the same only if the words are.
[[nodiscard]] inline std::uint64_t head_of(std::string_view word) { return chunk_at(word, 0); }

// Bytes that grow at their end, with room behind them for a whole chunk, so that writing and
// reading one need not look how much of it is meant.
class ChunkedBytes {
 public:
  void clear() { size_ = 0; }
  void truncate(std::size_t size) { size_ = size; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

  void append(std::string_view more) {
    make_room(more.size());
    std::memcpy(bytes_.data() + size_, more.data(), more.size());
    size_ += more.size();
  }
  void append(char byte) { append(std::string_view(&byte, 1)); }
  // The first `count` bytes of a chunk.
  void append_chunk(std::uint64_t chunk, std::size_t count) {
    make_room(chunk_bytes);
    chunk = in_memory_order(chunk);
    std::memcpy(bytes_.data() + size_, &chunk, chunk_bytes);
    size_ += count;
  }
  // The first eight bytes of what was appended from byte `begin` on, zeros past the end.
  [[nodiscard]] std::uint64_t head_from(std::size_t begin) const {
    return load_chunk(bytes_.data() + begin) & first_bytes(size_ - begin);
  }

 private:
  void make_room(std::size_t count) {
    if (size_ + count + chunk_bytes > bytes_.size())
      bytes_.resize(std::max(2 * bytes_.size(), size_ + count + chunk_bytes));
  }

  std::string bytes_ = std::string(64, '\0');  // most texts' first words
  std::size_t size_ = 0;
};

}  // namespace testigo::text
