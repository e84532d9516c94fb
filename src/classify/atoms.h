#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classify/vocabulary.h"
#include "text/words.h"

namespace testigo::classify {

// What one token may be – a word, anything that begins with a stem, or a kind of token – by number.
using AtomId = std::uint32_t;

// Sets of atoms by number, so that patterns which ask for the same words share one set. A set is
// sorted and has no two alike.
class AtomSets {
 public:
  enum class Kind : std::uint8_t { word, stem, token_kind };

  // Texts are folded.
  [[nodiscard]] AtomId word(std::string_view text) { return encode(Kind::word, words_.add(text)); }
  [[nodiscard]] AtomId stem(std::string_view text) { return encode(Kind::stem, stems_.add(text)); }
  [[nodiscard]] static AtomId of_kind(text::TokenKind kind) {
    return encode(Kind::token_kind, static_cast<std::uint32_t>(kind));
  }

  [[nodiscard]] static Kind kind_of(AtomId atom) { return static_cast<Kind>(atom % kinds); }
  // Of a word or stem; lives as long as no atom is added.
  [[nodiscard]] std::string_view text_of(AtomId atom) const {
    return (kind_of(atom) == Kind::word ? words_ : stems_).word(atom / kinds);
  }
  // Of a token_kind atom.
  [[nodiscard]] static text::TokenKind token_kind_of(AtomId atom) {
    return static_cast<text::TokenKind>(atom / kinds);
  }

  // The set's number, a new one if it is not known yet; `atoms` in any order, alike ones once.
  std::uint32_t intern(AtomId alone);
  std::uint32_t intern(std::vector<AtomId> atoms);
  [[nodiscard]] std::span<const AtomId> atoms(std::uint32_t set) const { return sets_[set]; }
  [[nodiscard]] std::size_t size() const { return sets_.size(); }

 private:
  static constexpr std::uint32_t kinds = 3;
  static constexpr std::uint32_t no_set = UINT32_MAX;
  struct Hash {
    std::size_t operator()(const std::vector<AtomId>& atoms) const noexcept;
  };

  static AtomId encode(Kind kind, std::uint32_t number) {
    return number * kinds + static_cast<std::uint32_t>(kind);
  }

  Vocabulary words_;
  Vocabulary stems_;
  std::vector<std::uint32_t> alone_;  // by atom: the set that is this atom only
  std::unordered_map<std::vector<AtomId>, std::uint32_t, Hash> several_;
  std::vector<std::vector<AtomId>> sets_;
};

}  // namespace testigo::classify
