#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::classify {

// Folded words by number: one hash and, nearly always, one comparison a lookup.
class Vocabulary {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  // The word's number, a new one if it is not known yet.
  std::uint32_t add(std::string_view word);
  // Makes `spelling` mean an existing word, unless it is a word of its own already.
  void alias(std::string_view spelling, std::uint32_t id);

  [[nodiscard]] std::uint32_t find(std::string_view word) const;
  // Brings the word's slot into the cache: `find` a little later need not wait for memory.
  void prefetch(std::string_view word) const;
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::string_view word(std::uint32_t id) const { return words_[id]; }

 private:
  struct Slot {
    std::uint64_t head = 0;  // the first eight bytes, which are all of most words
    std::uint32_t size = 0;
    std::uint32_t offset = 0;  // of the spelling in bytes_
    std::uint32_t id = none;
  };

  [[nodiscard]] std::size_t slot_of(std::string_view word) const;
  void insert(std::string_view spelling, std::uint32_t id);
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::size_t used_ = 0;
  std::string bytes_;
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
