#include "classify/automaton.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(text::TokenKind::money) + 1;

// "don't" is written "dont" as well; no other apostrophe can be left out without making another word
// ("we'll", "well").
constexpr std::string_view contracted_not = "n't";

text::TokenKind kind_of_word(std::string_view word) {
  text::Tokenizer tokenizer;
  const auto tokens = tokenizer.tokenize(word);
  return tokens.empty() ? text::TokenKind::emoji : tokens.front().kind;
}

void merge(std::vector<std::uint32_t>& into, const std::vector<std::uint32_t>& more) {
  into.insert(into.end(), more.begin(), more.end());
}

template <class T, class U>
Slice append(std::vector<T>& all, const U& more) {
  const Slice slice{static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(more.size())};
  all.insert(all.end(), more.begin(), more.end());
  return slice;
}

}  // namespace

const Automaton::WordClass* Automaton::known_class(std::string_view folded) const {
  if (const std::uint32_t word = words_.find(folded); word != Vocabulary::none) return &word_classes_[word];
  if (const std::uint32_t stem = stems_.longest(folded); stem != StemTrie::none) return &stem_classes_[stem];
  return nullptr;
}

const Automaton::WordClass& Automaton::class_of(text::TokenKind kind, std::string_view folded) const {
  const bool spelled = kind == text::TokenKind::word || kind == text::TokenKind::number ||
                       kind == text::TokenKind::emoji;
  if (spelled) {
    if (const WordClass* known = known_class(folded)) return *known;
  }
  return kind_classes_[static_cast<std::size_t>(kind)];
}

AutomatonBuilder::AutomatonBuilder() : nodes_(2), kind_symbols_(kind_count) {}

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
    case Atom::Kind::token_kind: break;
  }
  return kind_symbols_[static_cast<std::size_t>(atom.token_kind)];
}

std::uint32_t AutomatonBuilder::symbol_of(const std::vector<Atom>& atoms) {
  const auto [entry, is_new] = symbol_ids_.try_emplace(atoms, static_cast<std::uint32_t>(symbol_ids_.size()));
  if (is_new) {
    for (const Atom& atom : atoms) list_of(atom).push_back(entry->second);
  }
  return entry->second;
}

std::uint32_t AutomatonBuilder::step(std::uint32_t from, const Element& element) {
  const auto reach = [this](std::uint32_t found) { return found != 0 ? found : new_node(); };
  switch (element.kind) {
    case Element::Kind::one_of: {
      const std::uint32_t symbol = symbol_of(element.atoms);
      const std::uint32_t to = reach(nodes_[from].edges[symbol]);
      return nodes_[from].edges[symbol] = to;
    }
    case Element::Kind::gap: {
      const std::pair key(element.min, element.max);
      const std::uint32_t to = reach(nodes_[from].gaps[key]);
      return nodes_[from].gaps[key] = to;
    }
    case Element::Kind::brand: {
      const std::uint32_t to = reach(nodes_[from].brand);
      return nodes_[from].brand = to;
    }
    case Element::Kind::sentence_start:
    case Element::Kind::sentence_end: break;
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

Automaton::WordClass AutomatonBuilder::make_class(SymbolList symbols) {
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  const auto starts_from = [&](std::uint32_t root) {
    std::vector<std::uint32_t> targets;
    for (const std::uint32_t symbol : symbols) {
      const auto edge = nodes_[root].edges.find(symbol);
      if (edge != nodes_[root].edges.end()) targets.push_back(edge->second);
    }
    return append(out_.targets_, targets);
  };
  Automaton::WordClass made;
  made.roots = starts_from(Automaton::root);
  made.sentence_roots = starts_from(Automaton::sentence_root);
  made.symbols = append(out_.symbols_, symbols);
  return made;
}

void AutomatonBuilder::write_nodes() {
  for (const BuildNode& node : nodes_) {
    std::vector<Automaton::Edge> edges;
    for (const auto& [symbol, to] : node.edges) edges.push_back({symbol, to});
    std::vector<Automaton::Gap> gaps;
    for (const auto& [bounds, to] : node.gaps) gaps.push_back({bounds.first, bounds.second, to});
    Automaton::Node written;
    written.edges = append(out_.edges_, edges);
    written.gaps = append(out_.gaps_, gaps);
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
  word_symbols_.resize(out_.words_.size());
  for (std::uint32_t id = 0; id < out_.words_.size(); ++id) {
    const std::string_view word = out_.words_.word(id);
    SymbolList symbols = word_symbols_[id];
    for (const std::uint32_t stem : out_.stems_.all(word)) merge(symbols, stem_symbols_[stem]);
    const auto kind = static_cast<std::size_t>(kind_of_word(word));
    merge(symbols, kind_symbols_[kind]);
    out_.word_classes_.push_back(make_class(std::move(symbols)));
  }
}

Automaton AutomatonBuilder::build() && {
  add_spellings();
  write_classes();
  write_nodes();
  return std::move(out_);
}

}  // namespace testigo::classify
