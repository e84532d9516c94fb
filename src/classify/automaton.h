#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "classify/groups.h"
#include "classify/pair_table.h"
#include "classify/parts.h"
#include "classify/pattern.h"
#include "classify/step_table.h"
#include "classify/vocabulary.h"

namespace testigo::classify {

// A range of a shared vector.
struct Slice {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

// All patterns of one language as one trie over *symbols*. A symbol is a set of atoms that some
// pattern asks for in one place; a token carries the symbols of every set that it is in, worked out
// beforehand for each known word and each stem. So a step costs a comparison, whatever a set's
// size.
//
// Matching from one token is bounded by the trie (patterns reach over 32 words at most), so a text
// costs time linear in its tokens.
class Automaton {
 public:
  static constexpr std::uint32_t no_bitmap = UINT32_MAX;
  static constexpr std::uint32_t nothing = UINT32_MAX;

  // All that may follow a token with which patterns begin, gathered beforehand from every trie node
  // that it leads to: one look instead of one for each pattern.
  struct Opening {
    Slice accepts;           // in accepts(): patterns of this one token
    Slice end_accepts;       // in accepts(): those that also end their sentence
    Slice edges;             // in edges(), sorted by symbol; a symbol may stand there twice
    Slice others;            // in targets(): nodes with gaps or brands after them
    PairTable::Place place;  // of the edges, in pairs(); none: they are looked through
  };

  // What a token can take part in. As large as a line of the cache.
  struct alignas(64) WordClass {
    Slice symbols;                             // in symbols(), sorted
    std::uint32_t bitmap = no_bitmap;          // of a word in many sets: which, in bits()
    Opening opening;                           // anywhere in a sentence
    std::uint32_t sentence_opening = nothing;  // in sentence_opening(): at its beginning only
    bool acts_alone = false;  // whether anything begins here whatever token comes next
  };

  struct Node {
    // Whether nothing but edges leads on, all of which stand in pairs().
    [[nodiscard]] bool is_only_place() const {
      return place.count > 0 && accepts.count + end_accepts.count + gaps.count == 0 && brand == 0;
    }

    Slice edges;              // in edges(), sorted by symbol
    Slice gaps;               // in gaps()
    Slice accepts;            // in accepts()
    Slice end_accepts;        // in accepts(): only where the sentence ends
    std::uint32_t brand = 0;  // the node after a named brand; 0 is none
    PairTable::Place place;   // of the edges, as of an opening
  };
  struct Edge {
    std::uint32_t symbol = 0;
    std::uint32_t node = 0;
  };
  struct Gap {
    std::uint8_t min = 0, max = 0;
    std::uint32_t node = 0;
  };

  [[nodiscard]] const Node& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] std::span<const Edge> edges(Slice slice) const { return part(edges_, slice); }
  [[nodiscard]] std::span<const Gap> gaps(Slice slice) const { return part(gaps_, slice); }
  [[nodiscard]] std::span<const std::uint32_t> accepts(Slice slice) const {
    return part(accepts_, slice);
  }
  [[nodiscard]] std::span<const std::uint32_t> symbols(Slice slice) const {
    return part(symbols_, slice);
  }
  [[nodiscard]] std::span<const std::uint32_t> targets(Slice slice) const {
    return part(targets_, slice);
  }

  [[nodiscard]] bool has_symbol(const WordClass& word, std::uint32_t symbol) const {
    return (bits_[word.bitmap + symbol / 64] >> (symbol % 64) & 1) != 0;
  }

  // The roots: where patterns begin, and those that begin at a sentence's beginning.
  static constexpr std::uint32_t root = 0;
  static constexpr std::uint32_t sentence_root = 1;

  // The class of a token by its folded form, whose first bytes are `head` (text/chunk.h). Never
  // fails: a token that is no known word has the class of its kind.
  [[nodiscard]] const WordClass& class_of(text::TokenKind kind, std::string_view folded,
                                          std::uint64_t head) const {
    const bool spelled = kind == text::TokenKind::word || kind == text::TokenKind::number ||
                         kind == text::TokenKind::emoji;
    if (spelled) {
      if (const WordClass* known = known_class(folded, head)) return *known;
    }
    return classes_[static_cast<std::size_t>(kind)];
  }
  // As above, but only if the word itself or one of its stems is known; otherwise null.
  [[nodiscard]] const WordClass* known_class(std::string_view folded, std::uint64_t head) const {
    if (const std::uint32_t word = words_.find(folded, head); word != Vocabulary::none)
      return &classes_[first_word_ + word];
    if (const std::uint32_t stem = stems_.longest(folded); stem != StemTrie::none)
      return &classes_[first_stem_ + stem];
    return nullptr;
  }
  [[nodiscard]] const Opening& sentence_opening(const WordClass& word) const {
    return sentence_openings_[word.sentence_opening];
  }
  // Where the edges of a place lead to with a token of some class.
  [[nodiscard]] const PairTable& pairs() const { return pairs_; }
  [[nodiscard]] std::uint32_t number_of(const WordClass& word) const {
    return static_cast<std::uint32_t>(&word - classes_.data());
  }
  // What a step from a token of that class onto the next one looks at, into the cache: rules are
  // larger than the caches near to a core, and every text reads other parts of them.
  void prefetch(std::string_view folded, std::uint64_t head) const {
    words_.prefetch(folded, head);
  }
  [[nodiscard]] bool knows(std::string_view folded, std::uint64_t head) const {
    return words_.find(folded, head) != Vocabulary::none;
  }

 private:
  friend class AutomatonBuilder;

  template <class T>
  static std::span<const T> part(const std::vector<T>& all, Slice slice) {
    return std::span<const T>(all).subspan(slice.begin, slice.count);
  }

  Vocabulary words_;
  StemTrie stems_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<Gap> gaps_;
  std::vector<std::uint32_t> accepts_;
  std::vector<std::uint32_t> symbols_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint64_t> bits_;
  std::size_t bitmap_words_ = 0;
  // By token kind, for tokens that are no known word; then by word; then by stem.
  std::vector<WordClass> classes_;
  std::size_t first_word_ = 0;
  std::size_t first_stem_ = 0;
  std::vector<Opening> sentence_openings_;
  PairTable pairs_;
};

// Collects patterns, then makes the automaton.
class AutomatonBuilder {
 public:
  // The sets that all sequences were read with; must outlive the builder.
  explicit AutomatonBuilder(const AtomSets& sets);

  // Makes room for so many words.
  void reserve(std::size_t words) { out_.words_.reserve(words); }

  // The rule fires where the parts match, one behind the other.
  void add(const Parts& parts, std::uint32_t rule);
  [[nodiscard]] Automaton build() &&;

 private:
  using SymbolList = std::vector<std::uint32_t>;

  void add_written_out(const Sequence& sequence, std::uint32_t rule);
  void add_part(const PartTrie& part, std::vector<std::uint32_t>& reached);
  std::uint32_t met_with(const Element& element);
  std::uint32_t step(std::uint32_t from, const Element& element);
  std::uint32_t symbol_of(std::uint32_t set);
  std::uint32_t number_of(AtomId atom);
  void note_symbol(AtomId atom, std::uint32_t symbol);
  void add_spellings();
  void add_class(SymbolList& symbols);
  void find_opening_nodes(std::uint32_t root, const SymbolList& symbols);
  Slice gather_accepts(Slice Automaton::Node::*which);
  Slice gather_edges();
  Automaton::Opening make_opening(std::uint32_t root, const SymbolList& symbols);
  std::uint32_t make_bitmap(const SymbolList& symbols);
  void write_nodes();
  void index_roots();
  void write_accepts(std::vector<std::pair<std::uint32_t, std::uint32_t>>& accepts,
                     Slice Automaton::Node::*where);
  void write_classes();
  [[nodiscard]] Groups classes_by_symbol() const;
  void write_pairs();

  const AtomSets& sets_;
  std::uint32_t node_count_ = 2;  // the two roots
  StepTable steps_;
  std::vector<StepTable::Step> branches_;  // beside the trie: of rules that stand in parts
  std::vector<std::pair<std::uint32_t, std::uint32_t>> accepts_;      // node, rule
  std::vector<std::pair<std::uint32_t, std::uint32_t>> end_accepts_;  // node, rule
  // The latest sequence and the nodes along it: the next one mostly begins as it does.
  Sequence latest_;
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> symbol_numbers_;  // by set, from 1; 0: not asked for anywhere yet
  std::uint32_t symbol_count_ = 0;
  std::vector<std::uint32_t> atom_numbers_;  // by atom: in words_ or stems_; none: not met yet
  // By AtomSets::Kind, then by word, stem or kind: the symbols whose sets name it.
  std::array<std::vector<Groups::Entry>, 3> symbols_;
  std::array<std::vector<std::uint32_t>, 2> root_edges_;  // by root and symbol: its first edge
  // Of the opening that is being made: the nodes it leads to, and what may follow there.
  std::vector<std::uint32_t> opening_nodes_;
  std::vector<Automaton::Edge> opening_edges_;
  Automaton out_;
};

}  // namespace testigo::classify
