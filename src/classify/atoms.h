#pragma once

#include <cstdint>
#include <span>
#include <string_view>
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

  // Makes room for so many words.
  void reserve(std::size_t words) { words_.reserve(words); }

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

  // The set's number, a new one if it is not known yet.
  std::uint32_t intern(AtomId alone);
  // `atoms` in any order, alike ones as one; they are sorted on the way.
  std::uint32_t intern(std::span<AtomId> atoms);
  // Lives as long as no set is added.
  [[nodiscard]] std::span<const AtomId> atoms(std::uint32_t set) const {
    return std::span(atoms_).subspan(begins_[set], begins_[set + 1] - begins_[set]);
  }
  [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }

 private:
  static constexpr std::uint32_t kinds = 3;
  static constexpr std::uint32_t no_set = UINT32_MAX;

  static AtomId encode(Kind kind, std::uint32_t number) {
    return number * kinds + static_cast<std::uint32_t>(kind);
  }
  std::uint32_t append(std::span<const AtomId> atoms);
  // The slot of several_ that holds the set, or where it is to be written.
  [[nodiscard]] std::uint32_t& slot_of(std::span<const AtomId> atoms);
  void grow();

  Vocabulary words_;
  Vocabulary stems_;
  std::vector<std::uint32_t> alone_;         // by atom: the set that is this atom only
  std::vector<AtomId> atoms_;                // of all sets, one behind the other
  std::vector<std::uint32_t> begins_ = {0};  // by set: in atoms_; and the last one's end
  // Sets of several atoms by hash; open addressing, a power of two many.
  std::vector<std::uint32_t> several_ = std::vector<std::uint32_t>(1024, no_set);
  std::size_t several_count_ = 0;
};

}  // namespace testigo::classify
