#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/chunk.h"

namespace testigo::classify {

// Folded words by number: one hash and, nearly always, one comparison a lookup. A word has no NUL.
class Vocabulary {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  // Makes room for so many words.
  void reserve(std::size_t words);
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
  // Lives as long as nothing is added.
  [[nodiscard]] std::string_view word(std::uint32_t id) const { return spelling(words_[id]); }

 private:
  // A word of up to eight bytes is its head; of a longer one the rest is compared as well.
  struct Slot {
    std::uint64_t head = 0;
    std::uint32_t id = none;
    std::uint32_t spelling : 31 = 0;  // its number
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
    return !is_longer || spelling(slot.spelling) == word;
  }
  [[nodiscard]] std::string_view spelling(std::uint32_t number) const {
    const std::uint32_t begin = begins_[number];
    return {letters_.data() + begin, begins_[number + 1] - begin};
  }
  [[nodiscard]] std::size_t slot_of(std::string_view word, std::uint64_t head) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(word, head) & mask;
    while (slots_[at].id != none && !holds(slots_[at], word, head)) at = (at + 1) & mask;
    return at;
  }
  // The slot that holds the spelling, or where it is to be written.
  Slot& slot_for(std::string_view spelling, std::uint64_t head);
  void write(Slot& slot, std::string_view spelling, std::uint64_t head);
  void resize_table(std::size_t slots);

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::string letters_;                      // of all spellings, one behind the other
  std::vector<std::uint32_t> begins_ = {0};  // by spelling: in letters_; and the last one's end
  std::vector<std::uint32_t> words_;         // by word: its spelling; the others are aliases
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

  static constexpr std::size_t bytes = 256;

  [[nodiscard]] std::uint32_t child(std::uint32_t node, char byte) const;
  // Where the first two bytes of a word lead to.
  [[nodiscard]] std::uint32_t behind_two_bytes(std::string_view word) const {
    return by_two_bytes_[rows_[static_cast<unsigned char>(word[0])] +
                         static_cast<unsigned char>(word[1])];
  }

  std::vector<Node> nodes_ = {Node{}};
  // The first two bytes lead straight to their node: most words leave the trie here. A row for each
  // byte with which stems begin; the first one is of all others, and leads nowhere.
  std::vector<std::uint32_t> by_two_bytes_ = std::vector<std::uint32_t>(bytes, none);
  std::array<std::uint32_t, bytes> rows_{};  // by first byte: where its row begins
  std::vector<std::string> stems_;
};

}  // namespace testigo::classify
