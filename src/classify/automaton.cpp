#include "classify/automaton.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(text::TokenKind::money) + 1;

// "don't" is written "dont" as well; no other apostrophe can be left out without making another
// word
// ("we'll", "well").
constexpr std::string_view contracted_not = "n't";

constexpr std::uint64_t edge_key(std::uint32_t node, std::uint32_t symbol) {
  return std::uint64_t{node} << 32 | symbol;
}

text::TokenKind kind_of_word(text::Tokenizer& tokenizer, std::string_view word) {
  const auto tokens = tokenizer.tokenize(word);
  return tokens.empty() ? text::TokenKind::emoji : tokens.front().kind;
}

// A word in so many sets or more gets a bitmap; for one in fewer, walking them is as fast.
constexpr std::size_t symbols_for_bitmap = 8;

// What may follow a word is kept as a bitmap too where it is much: two bitmaps are compared 64
// symbols at a time.
constexpr std::size_t edges_for_bitmap = 48;

void merge(std::vector<std::uint32_t>& into, const std::vector<std::uint32_t>& more) {
  into.insert(into.end(), more.begin(), more.end());
}

template <class T, class U>
Slice append(std::vector<T>& all, const U& more) {
  const Slice slice{static_cast<std::uint32_t>(all.size()),
                    static_cast<std::uint32_t>(more.size())};
  all.insert(all.end(), more.begin(), more.end());
  return slice;
}

}  // namespace

const Automaton::WordClass* Automaton::known_class(std::string_view folded) const {
  if (const std::uint32_t word = words_.find(folded); word != Vocabulary::none)
    return &word_classes_[word];
  if (const std::uint32_t stem = stems_.longest(folded); stem != StemTrie::none)
    return &stem_classes_[stem];
  return nullptr;
}

const Automaton::WordClass& Automaton::class_of(text::TokenKind kind,
                                                std::string_view folded) const {
  const bool spelled = kind == text::TokenKind::word || kind == text::TokenKind::number ||
                       kind == text::TokenKind::emoji;
  if (spelled) {
    if (const WordClass* known = known_class(folded)) return *known;
  }
  return kind_classes_[static_cast<std::size_t>(kind)];
}

AutomatonBuilder::AutomatonBuilder(const AtomSets& sets)
    : nodes_(2), sets_(sets), kind_symbols_(kind_count) {}

std::uint32_t AutomatonBuilder::new_node() {
  nodes_.emplace_back();
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

AutomatonBuilder::SymbolList& AutomatonBuilder::list_of(const Atom& atom) {
  switch (atom.kind) {
    case Atom::Kind::word: {
      const std::uint32_t id = out_.words_.add(atom.text);
      if (id >= word_symbols_.size()) word_symbols_.resize(id + 1);
      return word_symbols_[id];
    }
    case Atom::Kind::stem: {
      const std::uint32_t id = out_.stems_.add(atom.text);
      if (id >= stem_symbols_.size()) stem_symbols_.resize(id + 1);
      return stem_symbols_[id];
    }
    case Atom::Kind::token_kind:
      break;
  }
  return kind_symbols_[static_cast<std::size_t>(atom.token_kind)];
}

// The first time that a set is asked for it becomes a symbol, and its atoms are told that they have
// it.
std::uint32_t AutomatonBuilder::symbol_of(std::uint32_t set) {
  if (set >= symbol_numbers_.size()) symbol_numbers_.resize(sets_.size(), 0);
  if (symbol_numbers_[set] == 0) {
    symbol_numbers_[set] = ++symbol_count_;
    for (const Atom& atom : sets_.atoms(set)) list_of(atom).push_back(symbol_count_ - 1);
  }
  return symbol_numbers_[set] - 1;
}

std::uint32_t AutomatonBuilder::step_over(std::uint32_t from, const Element& gap) {
  for (const Automaton::Gap& known : nodes_[from].gaps) {
    if (known.min == gap.min && known.max == gap.max) return known.node;
  }
  const std::uint32_t to = new_node();
  nodes_[from].gaps.push_back({gap.min, gap.max, to});
  return to;
}

std::uint32_t AutomatonBuilder::step(std::uint32_t from, const Element& element) {
  switch (element.kind) {
    case Element::Kind::one_of: {
      std::uint32_t& to = edges_[edge_key(from, symbol_of(element.set))];
      if (to == 0) to = new_node();
      return to;
    }
    case Element::Kind::gap:
      return step_over(from, element);
    case Element::Kind::brand: {
      if (nodes_[from].brand == 0) {
        const std::uint32_t to = new_node();
        nodes_[from].brand = to;
      }
      return nodes_[from].brand;
    }
    case Element::Kind::sentence_start:
    case Element::Kind::sentence_end:
      break;
  }
  return from;
}

void AutomatonBuilder::add(const Sequence& sequence, std::uint32_t rule) {
  const bool at_start = sequence.front().kind == Element::Kind::sentence_start;
  const bool at_end = sequence.back().kind == Element::Kind::sentence_end;
  std::uint32_t node = at_start ? Automaton::sentence_root : Automaton::root;
  for (const Element& element : sequence) node = step(node, element);
  std::vector<std::uint32_t>& accepts = at_end ? nodes_[node].end_accepts : nodes_[node].accepts;
  if (std::find(accepts.begin(), accepts.end(), rule) == accepts.end()) accepts.push_back(rule);
}

void AutomatonBuilder::add_spellings() {
  word_symbols_.resize(out_.words_.size());
  const auto count = static_cast<std::uint32_t>(out_.words_.size());
  for (std::uint32_t id = 0; id < count; ++id) {
    const std::string word(out_.words_.word(id));
    if (!word.ends_with(contracted_not)) continue;
    std::string spelling = word;
    spelling.erase(spelling.size() - 2, 1);
    const std::uint32_t written = out_.words_.find(spelling);
    if (written == Vocabulary::none) {
      out_.words_.alias(spelling, id);
      continue;
    }
    merge(word_symbols_[written], word_symbols_[id]);
    word_symbols_[id] = word_symbols_[written];
  }
}

std::uint32_t AutomatonBuilder::make_bitmap(const SymbolList& symbols, std::size_t least) {
  if (symbols.size() < least) return Automaton::no_bitmap;
  const auto begin = static_cast<std::uint32_t>(out_.bits_.size());
  out_.bits_.resize(begin + out_.bitmap_words_, 0);
  for (const std::uint32_t symbol : symbols)
    out_.bits_[begin + symbol / 64] |= std::uint64_t{1} << (symbol % 64);
  return begin;
}

Automaton::Opening AutomatonBuilder::make_opening(std::uint32_t root, const SymbolList& symbols) {
  std::vector<std::uint32_t> accepts, end_accepts, others;
  std::vector<Automaton::Edge> edges;
  for (const std::uint32_t symbol : symbols) {
    const auto found = edges_.find(edge_key(root, symbol));
    if (found == edges_.end()) continue;
    const BuildNode& target = nodes_[found->second];
    merge(accepts, target.accepts);
    merge(end_accepts, target.end_accepts);
    if (!target.gaps.empty() || target.brand != 0) others.push_back(found->second);
    const auto following = out_.edges(out_.nodes_[found->second].edges);
    edges.insert(edges.end(), following.begin(), following.end());
  }
  std::sort(edges.begin(), edges.end(), [](const Automaton::Edge& a, const Automaton::Edge& b) {
    return a.symbol != b.symbol ? a.symbol < b.symbol : a.node < b.node;
  });
  SymbolList asked;
  for (const Automaton::Edge& edge : edges) asked.push_back(edge.symbol);
  return {append(out_.accepts_, accepts), append(out_.accepts_, end_accepts),
          append(out_.edges_, edges), append(out_.targets_, others),
          make_bitmap(asked, edges_for_bitmap)};
}

Automaton::WordClass AutomatonBuilder::make_class(SymbolList symbols) {
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  Automaton::WordClass made;
  made.opening = make_opening(Automaton::root, symbols);
  made.sentence_opening = make_opening(Automaton::sentence_root, symbols);
  made.bitmap = make_bitmap(symbols, symbols_for_bitmap);
  made.symbols = append(out_.symbols_, symbols);
  return made;
}

void AutomatonBuilder::write_nodes() {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> edges(edges_.begin(), edges_.end());
  std::sort(edges.begin(), edges.end());
  auto edge = edges.begin();
  for (std::uint32_t index = 0; index < nodes_.size(); ++index) {
    const BuildNode& node = nodes_[index];
    Automaton::Node written;
    written.edges.begin = static_cast<std::uint32_t>(out_.edges_.size());
    for (; edge != edges.end() && edge->first < edge_key(index + 1, 0); ++edge) {
      out_.edges_.push_back({static_cast<std::uint32_t>(edge->first), edge->second});
    }
    written.edges.count = static_cast<std::uint32_t>(out_.edges_.size()) - written.edges.begin;
    written.gaps = append(out_.gaps_, node.gaps);
    written.accepts = append(out_.accepts_, node.accepts);
    written.end_accepts = append(out_.accepts_, node.end_accepts);
    written.brand = node.brand;
    out_.nodes_.push_back(written);
  }
}

void AutomatonBuilder::write_classes() {
  for (const SymbolList& symbols : kind_symbols_) out_.kind_classes_.push_back(make_class(symbols));
  stem_symbols_.resize(out_.stems_.size());
  for (std::uint32_t id = 0; id < out_.stems_.size(); ++id) {
    SymbolList symbols;
    for (const std::uint32_t shorter : out_.stems_.all(out_.stems_.stem(id))) {
      merge(symbols, stem_symbols_[shorter]);
    }
    out_.stem_classes_.push_back(make_class(std::move(symbols)));
  }
  text::Tokenizer tokenizer;
  word_symbols_.resize(out_.words_.size());
  for (std::uint32_t id = 0; id < out_.words_.size(); ++id) {
    const std::string_view word = out_.words_.word(id);
    SymbolList symbols = word_symbols_[id];
    for (const std::uint32_t stem : out_.stems_.all(word)) merge(symbols, stem_symbols_[stem]);
    const auto kind = static_cast<std::size_t>(kind_of_word(tokenizer, word));
    merge(symbols, kind_symbols_[kind]);
    out_.word_classes_.push_back(make_class(std::move(symbols)));
  }
}

Automaton AutomatonBuilder::build() && {
  add_spellings();
  out_.bitmap_words_ = symbol_count_ / 64 + 1;
  write_nodes();
  write_classes();
  return std::move(out_);
}

}  // namespace testigo::classify
