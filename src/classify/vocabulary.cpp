#include "classify/vocabulary.h"

#include <bit>
#include <cassert>
#include <utility>

namespace testigo::classify {

std::uint32_t Vocabulary::add(std::string_view word) {
  const std::uint64_t head = text::head_of(word);
  Slot& slot = slot_for(word, head);
  const bool is_spelled = slot.id != none;
  if (is_spelled && words_[slot.id] == slot.spelling) return slot.id;
  if (!is_spelled) write(slot, word, head);
  slot.id = static_cast<std::uint32_t>(words_.size());  // an alias gives way to the word itself
  words_.push_back(slot.spelling);
  return slot.id;
}

void Vocabulary::alias(std::string_view spelling, std::uint32_t id) {
  const std::uint64_t head = text::head_of(spelling);
  Slot& slot = slot_for(spelling, head);
  if (slot.id != none) return;
  write(slot, spelling, head);
  slot.id = id;
}

Vocabulary::Slot& Vocabulary::slot_for(std::string_view spelling, std::uint64_t head) {
  if (begins_.size() * 2 > slots_.size()) resize_table(slots_.size() * 2);
  return slots_[slot_of(spelling, head)];
}

void Vocabulary::write(Slot& slot, std::string_view spelling, std::uint64_t head) {
  slot.head = head;
  slot.spelling = static_cast<std::uint32_t>(begins_.size() - 1) & INT32_MAX;
  slot.is_longer = spelling.size() > text::chunk_bytes ? 1 : 0;
  letters_ += spelling;
  begins_.push_back(static_cast<std::uint32_t>(letters_.size()));
}

void Vocabulary::reserve(std::size_t words) {
  const std::size_t slots = std::bit_ceil(words * 2);
  if (slots > slots_.size()) resize_table(slots);
}

void Vocabulary::resize_table(std::size_t slots) {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const Slot& slot : old) {
    if (slot.id != none) slots_[slot_of(spelling(slot.spelling), slot.head)] = slot;
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
      std::uint32_t& row = rows_[static_cast<unsigned char>(stem[0])];
      if (row == 0) {
        row = static_cast<std::uint32_t>(by_two_bytes_.size());
        by_two_bytes_.resize(row + bytes, none);
      }
      by_two_bytes_[row + static_cast<unsigned char>(stem[1])] = node;
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
  std::uint32_t node = behind_two_bytes(word);
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
  if (word.size() < 2) return found;
  std::uint32_t node = behind_two_bytes(word);
  for (std::size_t i = 2; node != none; ++i) {
    if (nodes_[node].stem != none) found.push_back(nodes_[node].stem);
    if (i >= word.size()) break;
    node = child(node, word[i]);
  }
  return found;
}

}  // namespace testigo::classify
