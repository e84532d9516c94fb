#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/chunk.h"

namespace testigo::classify {

// Folded words by number: one hash and, nearly always, one comparison a lookup. A word has no NUL.
class Vocabulary {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  // The word's number, a new one if it is not known yet.
  std::uint32_t add(std::string_view word);
  // Makes `spelling` mean an existing word, unless it is a word of its own already.
  void alias(std::string_view spelling, std::uint32_t id);

  [[nodiscard]] std::uint32_t find(std::string_view word) const {
    return find(word, text::head_of(word));
  }
  // The same where the word's head is known (text/chunk.h).
  [[nodiscard]] std::uint32_t find(std::string_view word, std::uint64_t head) const {
    return slots_[slot_of(word, head)].id;
  }
  // Brings the word's slot into the cache: `find` a little later need not wait for memory.
  void prefetch(std::string_view word, std::uint64_t head) const {
    __builtin_prefetch(&slots_[hash_of(word, head) & (slots_.size() - 1)]);
  }
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::string_view word(std::uint32_t id) const { return words_[id]; }

 private:
  // A word of up to eight bytes is its head; of a longer one the rest is compared as well.
  struct Slot {
    std::uint64_t head = 0;
    std::uint32_t id = none;
    std::uint32_t spelling : 31 = 0;  // in spellings_
    std::uint32_t is_longer : 1 = 0;  // than its head
  };

  // Head, last eight bytes and size, multiplied and mixed. Texts cannot choose what the table
  // holds, so no keyed hash is needed.
  [[nodiscard]] static std::size_t hash_of(std::string_view word, std::uint64_t head) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio (Knuth, TAOCP 6.4)
    std::uint64_t hash = head * odd;
    if (word.size() > text::chunk_bytes) {
      hash ^= hash >> 29;
      hash =
          (hash ^ word.size() ^ text::load_chunk(word.data() + word.size() - text::chunk_bytes)) *
          odd;
    }
    return hash ^ hash >> 32;
  }
  [[nodiscard]] bool holds(const Slot& slot, std::string_view word, std::uint64_t head) const {
    const bool is_longer = word.size() > text::chunk_bytes;
    if (slot.head != head || (slot.is_longer != 0) != is_longer) return false;
    return !is_longer || spellings_[slot.spelling] == word;
  }
  [[nodiscard]] std::size_t slot_of(std::string_view word, std::uint64_t head) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(word, head) & mask;
    while (slots_[at].id != none && !holds(slots_[at], word, head)) at = (at + 1) & mask;
    return at;
  }
  void insert(std::string_view spelling, std::uint32_t id);
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::size_t used_ = 0;
  std::vector<std::string> spellings_;  // words and aliases
  std::vector<std::string> words_;
};

// Stems ("dezamag*") by number; finds the longest one that a word begins with, in a walk along the
// word's bytes.
class StemTrie {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  std::uint32_t add(std::string_view stem);
  [[nodiscard]] std::uint32_t longest(std::string_view word) const;
  // All stems that the word begins with, shortest first.
  [[nodiscard]] std::vector<std::uint32_t> all(std::string_view word) const;
  [[nodiscard]] std::size_t size() const { return stems_.size(); }
  [[nodiscard]] std::string_view stem(std::uint32_t id) const { return stems_[id]; }

 private:
  struct Node {
    std::uint32_t first_child = none;
    std::uint32_t next_sibling = none;
    std::uint32_t stem = none;
    char byte = 0;
  };

  [[nodiscard]] std::uint32_t child(std::uint32_t node, char byte) const;

  std::vector<Node> nodes_ = {Node{}};
  // The first two bytes lead straight to their node: most words leave the trie here.
  std::vector<std::uint32_t> by_two_bytes_ = std::vector<std::uint32_t>(1 << 16, none);
  std::vector<std::string> stems_;
};

}  // namespace testigo::classify
