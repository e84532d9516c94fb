#include "classify/vocabulary.h"

#include <cassert>

namespace testigo::classify {
std::uint32_t Vocabulary::add(std::string_view word) {
  const std::uint32_t known = find(word);
  if (known != none && words_[known] == word) return known;
  const auto id = static_cast<std::uint32_t>(words_.size());
  words_.emplace_back(word);
  insert(word, id);
  return id;
}

void Vocabulary::alias(std::string_view spelling, std::uint32_t id) {
  if (find(spelling) == none) insert(spelling, id);
}

void Vocabulary::insert(std::string_view spelling, std::uint32_t id) {
  if ((used_ + 1) * 2 > slots_.size()) grow();
  const std::uint64_t head = text::head_of(spelling);
  Slot& slot = slots_[slot_of(spelling, head)];
  if (slot.id != none) {  // an alias gives way to the word itself
    slot.id = id;
    return;
  }
  slot.head = head;
  slot.id = id;
  slot.spelling = static_cast<std::uint32_t>(used_++) & INT32_MAX;
  slot.is_longer = spelling.size() > text::chunk_bytes ? 1 : 0;
  spellings_.emplace_back(spelling);
}

void Vocabulary::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.size() * 2, Slot{});
  for (const Slot& slot : old) {
    if (slot.id != none) slots_[slot_of(spellings_[slot.spelling], slot.head)] = slot;
  }
}

std::uint32_t StemTrie::child(std::uint32_t node, char byte) const {
  for (std::uint32_t at = nodes_[node].first_child; at != none; at = nodes_[at].next_sibling) {
    if (nodes_[at].byte == byte) return at;
  }
  return none;
}

std::uint32_t StemTrie::add(std::string_view stem) {
  assert(stem.size() >= 2 && "a stem has two letters at least");
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < stem.size(); ++i) {
    std::uint32_t next = child(node, stem[i]);
    if (next == none) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({none, nodes_[node].first_child, none, stem[i]});
      nodes_[node].first_child = next;
    }
    node = next;
    if (i == 1) {
      const auto key =
          static_cast<unsigned char>(stem[0]) << 8 | static_cast<unsigned char>(stem[1]);
      by_two_bytes_[static_cast<std::size_t>(key)] = node;
    }
  }
  if (nodes_[node].stem == none) {
    nodes_[node].stem = static_cast<std::uint32_t>(stems_.size());
    stems_.emplace_back(stem);
  }
  return nodes_[node].stem;
}

std::uint32_t StemTrie::longest(std::string_view word) const {
  if (word.size() < 2) return none;
  const auto key = static_cast<unsigned char>(word[0]) << 8 | static_cast<unsigned char>(word[1]);
  std::uint32_t node = by_two_bytes_[static_cast<std::size_t>(key)];
  std::uint32_t found = none;
  for (std::size_t i = 2; node != none; ++i) {
    if (nodes_[node].stem != none) found = nodes_[node].stem;
    if (i >= word.size()) break;
    node = child(node, word[i]);
  }
  return found;
}

std::vector<std::uint32_t> StemTrie::all(std::string_view word) const {
  std::vector<std::uint32_t> found;
  std::uint32_t node = 0;
  for (const char byte : word) {
    node = child(node, byte);
    if (node == none) break;
    if (nodes_[node].stem != none) found.push_back(nodes_[node].stem);
  }
  return found;
}

}  // namespace testigo::classify
