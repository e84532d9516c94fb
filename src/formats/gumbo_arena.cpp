#include "formats/gumbo_arena.h"

#include <algorithm>
#include <bit>
#include <new>

namespace testigo::formats {

void* GumboArena::allocate(std::size_t size) noexcept {
  const std::size_t wanted = std::bit_ceil(std::max(size, sizeof(FreeBlock)));
  const auto size_class = static_cast<std::size_t>(std::countr_zero(wanted));
  if (FreeBlock* block = free_[size_class]) {
    free_[size_class] = block->next;
    return block;
  }
  const std::size_t needed = sizeof(Header) + std::max(wanted, sizeof(Header));
  if (needed > left_) {
    const std::size_t slab = std::max(needed, slab_bytes);
    if (used_ + slab > max_bytes_) std::longjmp(exhausted, 1);
    used_ += slab;
    slabs_.push_back(std::make_unique_for_overwrite<std::byte[]>(slab));
    next_ = slabs_.back().get();
    left_ = slab;
  }
  auto* header = new (next_) Header{size_class};
  next_ += needed;
  left_ -= needed;
  return header + 1;
}

void GumboArena::release(void* block) noexcept {
  if (!block) return;
  const std::size_t size_class = (static_cast<Header*>(block) - 1)->size_class;
  free_[size_class] = new (block) FreeBlock{free_[size_class]};
}

}  // namespace testigo::formats
