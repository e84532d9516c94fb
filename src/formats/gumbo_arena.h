#pragma once

#include <array>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace testigo::formats {

// Memory for one run of Gumbo, freed at once. Freed blocks are used again by size, as Gumbo grows
// many buffers by doubling. Gumbo does not look whether it got its memory, so at the bound the
// arena jumps out of it, to `exhausted`: nothing but C frames and this class stand between.
class GumboArena {
 public:
  explicit GumboArena(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  [[nodiscard]] void* allocate(std::size_t size) noexcept;
  void release(void* block) noexcept;

  // To be set with setjmp before Gumbo runs.
  std::jmp_buf exhausted;

 private:
  struct alignas(std::max_align_t) Header {
    std::size_t size_class = 0;
  };
  struct FreeBlock {
    FreeBlock* next;
  };
  static constexpr std::size_t slab_bytes = 256u << 10;
  static constexpr std::size_t size_classes = 48;  // powers of two

  std::size_t max_bytes_;
  std::size_t used_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> slabs_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::array<FreeBlock*, size_classes> free_{};
};

}  // namespace testigo::formats
