#include "bare_lookup.h"

#include <algorithm>
#include <bit>
#include <unordered_set>

namespace testigo::bench {
namespace {

// FNV-1a, 64 bits.
constexpr std::uint64_t hash_basis = 14695981039346656037ULL;
constexpr std::uint64_t hash_prime = 1099511628211ULL;

std::uint64_t with_byte(std::uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * hash_prime;
}

std::uint64_t hash_of(std::string_view piece) {
  std::uint64_t hash = hash_basis;
  for (const char byte : piece) hash = with_byte(hash, byte);
  return hash;
}

}  // namespace

TermTable::TermTable(std::span<const std::string> terms)
    : terms_(terms.begin(), terms.end()),
      slots_(std::bit_ceil(terms.size() * 2)),
      mask_(slots_.size() - 1) {
  double weight = 1.0;
  for (const std::string& term : terms_) {
    const std::uint64_t hash = hash_of(term);
    std::size_t at = hash & mask_;
    while (!slots_[at].term.empty()) at = (at + 1) & mask_;
    slots_[at] = {hash, term, weight};
    weight = -weight;
  }
}

const TermTable::Slot& TermTable::find(std::uint64_t hash, std::string_view term) const {
  std::size_t at = hash & mask_;
  while (!slots_[at].term.empty() && (slots_[at].hash != hash || slots_[at].term != term))
    at = (at + 1) & mask_;
  return slots_[at];
}

double TermTable::weigh(std::string_view text) const {
  double sum = 0.0;
  std::size_t begin = 0;
  std::uint64_t hash = hash_basis;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ') {
      hash = with_byte(hash, text[i]);
      continue;
    }
    if (i > begin) sum += find(hash, text.substr(begin, i - begin)).weight;
    begin = i + 1;
    hash = hash_basis;
  }
  return sum;
}

std::vector<std::string> terms_for(std::span<const std::string> texts, std::size_t count) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> terms;
  const auto add = [&](std::string term) {
    if (!term.empty() && seen.insert(term).second) terms.push_back(std::move(term));
  };
  for (const std::string& text : texts) {
    for (std::size_t begin = 0; begin < text.size() && terms.size() < count / 5;) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      add(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  for (std::size_t i = 0; terms.size() < count; ++i) add("term" + std::to_string(i));
  return terms;
}

}  // namespace testigo::bench
