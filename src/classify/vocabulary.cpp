#include "classify/vocabulary.h"

#include <cassert>
#include <cstring>

namespace testigo::classify {
namespace {

template <class Number>
std::uint64_t load(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// The first eight bytes; of a shorter word all of it, packed by loads that overlap, so that words
// of one length have one head only if they are equal.
std::uint64_t head_of(std::string_view word) {
  const std::size_t size = word.size();
  const char* bytes = word.data();
  if (size >= 8) return load<std::uint64_t>(bytes);
  if (size >= 4) return load<std::uint32_t>(bytes) | load<std::uint32_t>(bytes + size - 4) << 32;
  if (size == 0) return 0;
  return load<std::uint8_t>(bytes) | load<std::uint8_t>(bytes + size / 2) << 8 |
         load<std::uint8_t>(bytes + size - 1) << 16;
}

// Head, last eight bytes and size, multiplied and mixed. Texts cannot choose what the table holds,
// so no keyed hash is needed.
std::uint64_t hash_of(std::string_view word, std::uint64_t head) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio (Knuth, TAOCP 6.4)
  std::uint64_t hash = (head ^ word.size()) * odd;
  if (word.size() > 8) {
    hash ^= hash >> 29;
    hash = (hash ^ load<std::uint64_t>(word.data() + word.size() - 8)) * odd;
  }
  return hash ^ hash >> 32;
}

}  // namespace

std::size_t Vocabulary::slot_of(std::string_view word) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t head = head_of(word);
  std::size_t at = hash_of(word, head) & mask;
  for (; slots_[at].id != none; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.head != head || slot.size != word.size()) continue;
    if (word.size() <= 8 ||
        std::memcmp(bytes_.data() + slot.offset + 8, word.data() + 8, word.size() - 8) == 0)
      break;
  }
  return at;
}

void Vocabulary::prefetch(std::string_view word) const {
  __builtin_prefetch(&slots_[hash_of(word, head_of(word)) & (slots_.size() - 1)]);
}

std::uint32_t Vocabulary::find(std::string_view word) const { return slots_[slot_of(word)].id; }

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
  Slot& slot = slots_[slot_of(spelling)];
  if (slot.id != none) {  // an alias gives way to the word itself
    slot.id = id;
    return;
  }
  slot = {head_of(spelling), static_cast<std::uint32_t>(spelling.size()),
          static_cast<std::uint32_t>(bytes_.size()), id};
  bytes_ += spelling;
  ++used_;
}

void Vocabulary::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.size() * 2, Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == none) continue;
    std::size_t at =
        hash_of(std::string_view(bytes_).substr(slot.offset, slot.size), slot.head) & mask;
    while (slots_[at].id != none) at = (at + 1) & mask;
    slots_[at] = slot;
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
