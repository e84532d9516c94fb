#include "classify/automaton.h"

#include <algorithm>
#include <bit>

namespace testigo::classify {
namespace {

constexpr std::size_t kind_count = static_cast<std::size_t>(text::TokenKind::money) + 1;

// "don't" is written "dont" as well; no other apostrophe can be left out without making another
// word
// ("we'll", "well").
constexpr std::string_view contracted_not = "n't";

// What is met at a node, by number: symbols from 0, then gaps by their bounds, then a brand.
constexpr std::uint32_t first_met_gap = 1u << 30;
constexpr std::uint32_t met_brand = 1u << 31;
constexpr std::uint32_t met_gap(std::uint8_t min, std::uint8_t max) {
  return first_met_gap | std::uint32_t{min} << 8 | max;
}
constexpr std::uint8_t gap_min(std::uint32_t met) { return static_cast<std::uint8_t>(met >> 8); }
constexpr std::uint8_t gap_max(std::uint32_t met) { return static_cast<std::uint8_t>(met); }

// Adds to a slice that lies at the end of its vector, or begins it there.
template <class T>
void extend(Slice& slice, std::vector<T>& all, const T& more) {
  if (slice.count == 0) slice.begin = static_cast<std::uint32_t>(all.size());
  all.push_back(more);
  ++slice.count;
}

text::TokenKind kind_of_word(text::Tokenizer& tokenizer, std::string_view word) {
  const auto tokens = tokenizer.tokenize(word);
  return tokens.empty() ? text::TokenKind::emoji : tokens.front().kind;
}

// A word in so many sets or more gets a bitmap; for one in fewer, walking them is as fast.
constexpr std::size_t symbols_for_bitmap = 8;

// Edges of a node that are as few as this are looked through as fast as the table of pairs. Those
// that open a pattern always stand there, since every word of a text asks for them, and so do those
// after a gap, which several words ask for.
constexpr std::size_t few_edges = 12;

// Sets of words that rules multiply with each other may come to any number of pairs; what is beyond
// this stays out of the table, and is looked through. The built-in rules come to a twentieth.
constexpr std::size_t max_pairs = std::size_t{1} << 20;

void merge(std::vector<std::uint32_t>& into, std::span<const std::uint32_t> more) {
  into.insert(into.end(), more.begin(), more.end());
}

// Sorted, and of those alike one.
void sort_out(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

bool opens(const Automaton::Opening& opening) {
  return opening.accepts.count + opening.end_accepts.count + opening.edges.count +
             opening.others.count >
         0;
}

bool acts_alone(const Automaton::Opening& opening) {
  return opening.accepts.count + opening.end_accepts.count + opening.others.count > 0 ||
         (opening.edges.count > 0 && opening.place.count == 0);
}

std::uint32_t root_of(const Sequence& sequence) {
  return sequence.front().kind == Element::Kind::sentence_start ? Automaton::sentence_root
                                                                : Automaton::root;
}

template <class T, class U>
Slice append(std::vector<T>& all, const U& more) {
  const Slice slice{static_cast<std::uint32_t>(all.size()),
                    static_cast<std::uint32_t>(more.size())};
  all.insert(all.end(), more.begin(), more.end());
  return slice;
}

}  // namespace

AutomatonBuilder::AutomatonBuilder(const AtomSets& sets) : sets_(sets) {}

// The number that the automaton knows a word or stem by; given the first time that it is asked for.
std::uint32_t AutomatonBuilder::number_of(AtomId atom) {
  if (atom >= atom_numbers_.size()) atom_numbers_.resize(atom + 1, Vocabulary::none);
  std::uint32_t& number = atom_numbers_[atom];
  if (number == Vocabulary::none) {
    const std::string_view text = sets_.text_of(atom);
    number = AtomSets::kind_of(atom) == AtomSets::Kind::word ? out_.words_.add(text)
                                                             : out_.stems_.add(text);
  }
  return number;
}

void AutomatonBuilder::note_symbol(AtomId atom, std::uint32_t symbol) {
  const AtomSets::Kind kind = AtomSets::kind_of(atom);
  const std::uint32_t number = kind == AtomSets::Kind::token_kind
                                   ? static_cast<std::uint32_t>(AtomSets::token_kind_of(atom))
                                   : number_of(atom);
  symbols_[static_cast<std::size_t>(kind)].push_back({number, symbol});
}

// The first time that a set is asked for it becomes a symbol, and its atoms are told that they have
// it.
std::uint32_t AutomatonBuilder::symbol_of(std::uint32_t set) {
  if (set >= symbol_numbers_.size()) symbol_numbers_.resize(sets_.size(), 0);
  if (symbol_numbers_[set] == 0) {
    symbol_numbers_[set] = ++symbol_count_;
    for (const AtomId atom : sets_.atoms(set)) note_symbol(atom, symbol_count_ - 1);
  }
  return symbol_numbers_[set] - 1;
}

// Not of a sentence's borders, which are met at no node.
std::uint32_t AutomatonBuilder::met_with(const Element& element) {
  if (element.kind == Element::Kind::gap) return met_gap(element.min, element.max);
  return element.kind == Element::Kind::brand ? met_brand : symbol_of(element.set);
}

std::uint32_t AutomatonBuilder::step(std::uint32_t from, const Element& element) {
  if (is_border(element)) return from;
  std::uint32_t& to = steps_.at(from, met_with(element));
  if (to == 0) to = node_count_++;
  return to;
}

void AutomatonBuilder::add(const Parts& parts, std::uint32_t rule) {
  if (parts.size() == 1) {
    for (const Sequence& way : parts.front()) add_written_out(way, rule);
    return;
  }
  std::size_t first = 0;
  std::vector<std::uint32_t> reached = {Automaton::root};
  if (begins_fixed(parts)) {
    reached = {root_of(parts.front().front())};
    for (const Element& element : parts[first++].front())
      reached.front() = step(reached.front(), element);
  }
  const Sequence& last = parts.back().front();
  const bool at_end = !last.empty() && last.back().kind == Element::Kind::sentence_end;
  for (std::size_t i = first; i < parts.size(); ++i) add_part(trie_of(parts[i]), reached);
  for (const std::uint32_t node : reached)
    (at_end ? end_accepts_ : accepts_).emplace_back(node, rule);
}

// From each of the nodes reached so far, which then are the part's end, and those before it where
// it may be absent.
void AutomatonBuilder::add_part(const PartTrie& part, std::vector<std::uint32_t>& reached) {
  const std::uint32_t behind = node_count_;
  node_count_ += part.nodes - 1;  // all but where it begins
  const auto node = [&](std::uint32_t place) { return behind + place - PartTrie::end; };
  for (const auto& [from, element, to] : part.steps) {
    const std::uint32_t met = met_with(element);
    if (from != PartTrie::begin) {
      branches_.push_back({node(from), met, node(to)});
      continue;
    }
    for (const std::uint32_t before : reached) branches_.push_back({before, met, node(to)});
  }
  if (!part.may_be_absent) reached.clear();
  reached.push_back(behind);
}

void AutomatonBuilder::add_written_out(const Sequence& sequence, std::uint32_t rule) {
  const bool at_end = sequence.back().kind == Element::Kind::sentence_end;
  const auto differs =
      std::mismatch(sequence.begin(), sequence.end(), latest_.begin(), latest_.end());
  const auto shared = static_cast<std::size_t>(differs.first - sequence.begin());
  path_.resize(shared);
  const std::uint32_t root = root_of(sequence);
  for (std::size_t i = shared; i < sequence.size(); ++i) {
    path_.push_back(step(path_.empty() ? root : path_.back(), sequence[i]));
  }
  latest_ = sequence;
  (at_end ? end_accepts_ : accepts_).emplace_back(path_.back(), rule);
}

void AutomatonBuilder::add_spellings() {
  auto& symbols = symbols_[static_cast<std::size_t>(AtomSets::Kind::word)];
  const auto count = static_cast<std::uint32_t>(out_.words_.size());
  const Groups of_words(symbols, count);
  for (std::uint32_t id = 0; id < count; ++id) {
    std::string spelling(out_.words_.word(id));
    if (!spelling.ends_with(contracted_not)) continue;
    spelling.erase(spelling.size() - 2, 1);
    const std::uint32_t written = out_.words_.find(spelling);
    if (written == Vocabulary::none) {
      out_.words_.alias(spelling, id);
      continue;
    }
    for (const std::uint32_t symbol : of_words[id]) symbols.push_back({written, symbol});
    for (const std::uint32_t symbol : of_words[written]) symbols.push_back({id, symbol});
  }
}

std::uint32_t AutomatonBuilder::make_bitmap(const SymbolList& symbols) {
  if (symbols.size() < symbols_for_bitmap) return Automaton::no_bitmap;
  const auto begin = static_cast<std::uint32_t>(out_.bits_.size());
  out_.bits_.resize(begin + out_.bitmap_words_, 0);
  for (const std::uint32_t symbol : symbols)
    out_.bits_[begin + symbol / 64] |= std::uint64_t{1} << (symbol % 64);
  return begin;
}

void AutomatonBuilder::find_opening_nodes(std::uint32_t root, const SymbolList& symbols) {
  const auto& of_root = root_edges_[root];
  opening_nodes_.clear();
  for (const std::uint32_t symbol : symbols) {
    for (std::uint32_t edge = of_root[symbol]; edge < of_root[symbol + 1]; ++edge)
      opening_nodes_.push_back(out_.edges_[edge].node);
  }
  sort_out(opening_nodes_);
}

Slice AutomatonBuilder::gather_accepts(Slice Automaton::Node::*which) {
  Slice gathered;
  for (const std::uint32_t node : opening_nodes_) {
    const Slice own = out_.nodes_[node].*which;
    for (std::uint32_t i = 0; i < own.count; ++i)
      extend(gathered, out_.accepts_, std::uint32_t{out_.accepts_[own.begin + i]});
  }
  return gathered;
}

Slice AutomatonBuilder::gather_edges() {
  opening_edges_.clear();
  for (const std::uint32_t node : opening_nodes_) {
    const auto following = out_.edges(out_.nodes_[node].edges);
    opening_edges_.insert(opening_edges_.end(), following.begin(), following.end());
  }
  if (opening_nodes_.size() > 1) {
    std::sort(opening_edges_.begin(), opening_edges_.end(),
              [](const Automaton::Edge& a, const Automaton::Edge& b) {
                return a.symbol != b.symbol ? a.symbol < b.symbol : a.node < b.node;
              });
  }
  return append(out_.edges_, opening_edges_);
}

Automaton::Opening AutomatonBuilder::make_opening(std::uint32_t root, const SymbolList& symbols) {
  find_opening_nodes(root, symbols);
  Automaton::Opening opening;
  opening.accepts = gather_accepts(&Automaton::Node::accepts);
  opening.end_accepts = gather_accepts(&Automaton::Node::end_accepts);
  opening.edges = gather_edges();
  for (const std::uint32_t next : opening_nodes_) {
    const Automaton::Node& node = out_.nodes_[next];
    if (node.gaps.count > 0 || node.brand != 0) extend(opening.others, out_.targets_, next);
  }
  return opening;
}

void AutomatonBuilder::add_class(SymbolList& symbols) {
  sort_out(symbols);
  Automaton::WordClass made;
  made.opening = make_opening(Automaton::root, symbols);
  if (const auto opening = make_opening(Automaton::sentence_root, symbols); opens(opening)) {
    made.sentence_opening = static_cast<std::uint32_t>(out_.sentence_openings_.size());
    out_.sentence_openings_.push_back(opening);
  }
  made.bitmap = make_bitmap(symbols);
  made.symbols = append(out_.symbols_, symbols);
  out_.classes_.push_back(made);
}

void AutomatonBuilder::write_nodes() {
  out_.nodes_.resize(node_count_);
  std::vector<StepTable::Step> steps = steps_.sorted(node_count_);
  const auto before = [](const StepTable::Step& a, const StepTable::Step& b) {
    return a.node != b.node ? a.node < b.node : a.met != b.met ? a.met < b.met : a.next < b.next;
  };
  std::sort(branches_.begin(), branches_.end(), before);
  const auto middle = steps.insert(steps.end(), branches_.begin(), branches_.end());
  std::inplace_merge(steps.begin(), middle, steps.end(), before);
  for (const auto& [from, met, next] : steps) {
    Automaton::Node& node = out_.nodes_[from];
    if (met == met_brand) {
      node.brand = next;
    } else if (met >= first_met_gap) {
      extend(node.gaps, out_.gaps_, {gap_min(met), gap_max(met), next});
    } else {
      extend(node.edges, out_.edges_, {met, next});
    }
  }
  write_accepts(accepts_, &Automaton::Node::accepts);
  write_accepts(end_accepts_, &Automaton::Node::end_accepts);
}

// The roots' edges are sorted by symbol.
void AutomatonBuilder::index_roots() {
  for (const std::uint32_t root : {Automaton::root, Automaton::sentence_root}) {
    const Slice slice = out_.nodes_[root].edges;
    auto& begins = root_edges_[root];
    begins.assign(symbol_count_ + 1, slice.begin + slice.count);
    std::uint32_t symbol = 0;
    for (std::uint32_t edge = slice.begin; edge < slice.begin + slice.count; ++edge)
      while (symbol <= out_.edges_[edge].symbol) begins[symbol++] = edge;
  }
}

void AutomatonBuilder::write_accepts(std::vector<std::pair<std::uint32_t, std::uint32_t>>& accepts,
                                     Slice Automaton::Node::*where) {
  std::sort(accepts.begin(), accepts.end());
  accepts.erase(std::unique(accepts.begin(), accepts.end()), accepts.end());
  for (const auto& [node, rule] : accepts) extend(out_.nodes_[node].*where, out_.accepts_, rule);
}

void AutomatonBuilder::write_classes() {
  const auto groups = [this](AtomSets::Kind kind, std::size_t count) {
    return Groups(symbols_[static_cast<std::size_t>(kind)], count);
  };
  const Groups of_words = groups(AtomSets::Kind::word, out_.words_.size());
  const Groups of_stems = groups(AtomSets::Kind::stem, out_.stems_.size());
  const Groups of_kinds = groups(AtomSets::Kind::token_kind, kind_count);
  out_.classes_.reserve(kind_count + out_.words_.size() + out_.stems_.size());
  SymbolList symbols;
  for (std::size_t kind = 0; kind < kind_count; ++kind) {
    symbols.assign(of_kinds[kind].begin(), of_kinds[kind].end());
    add_class(symbols);
  }
  out_.first_word_ = out_.classes_.size();
  text::Tokenizer tokenizer;
  for (std::uint32_t id = 0; id < out_.words_.size(); ++id) {
    const std::string_view word = out_.words_.word(id);
    symbols.assign(of_words[id].begin(), of_words[id].end());
    for (const std::uint32_t stem : out_.stems_.all(word)) merge(symbols, of_stems[stem]);
    merge(symbols, of_kinds[static_cast<std::size_t>(kind_of_word(tokenizer, word))]);
    add_class(symbols);
  }
  out_.first_stem_ = out_.classes_.size();
  for (std::uint32_t id = 0; id < out_.stems_.size(); ++id) {
    symbols.clear();
    for (const std::uint32_t shorter : out_.stems_.all(out_.stems_.stem(id)))
      merge(symbols, of_stems[shorter]);
    add_class(symbols);
  }
}

// By symbol: the classes of the words that have it.
Groups AutomatonBuilder::classes_by_symbol() const {
  std::vector<Groups::Entry> entries;
  entries.reserve(out_.symbols_.size());
  for (std::uint32_t word = 0; word < out_.classes_.size(); ++word) {
    for (const std::uint32_t symbol : out_.symbols(out_.classes_[word].symbols))
      entries.push_back({symbol, word});
  }
  return {entries, symbol_count_};
}

// Gives places to the edges that are worth it, and tells the table what each class does there.
void AutomatonBuilder::write_pairs() {
  const Groups bringing = classes_by_symbol();
  struct Edges {
    Slice edges;
    PairTable::Place* place;
  };
  std::vector<Edges> places;
  for (auto& word : out_.classes_) places.push_back({word.opening.edges, &word.opening.place});
  for (auto& opening : out_.sentence_openings_) places.push_back({opening.edges, &opening.place});
  std::vector<bool> is_after_gap(out_.nodes_.size(), false);
  for (const auto& gap : out_.gaps_) is_after_gap[gap.node] = true;
  for (std::size_t i = 0; i < out_.nodes_.size(); ++i) {
    auto& node = out_.nodes_[i];
    if (node.edges.count > (is_after_gap[i] ? 0 : few_edges))
      places.push_back({node.edges, &node.place});
  }
  std::size_t pairs = 0;
  const auto pairs_of = [&](const Edges& place) {
    std::size_t count = 0;
    for (const auto& edge : out_.edges(place.edges)) count += bringing[edge.symbol].size();
    return count;
  };
  std::erase_if(places, [&](const Edges& place) {
    const std::size_t more = pairs_of(place);
    if (more == 0 || pairs + more > max_pairs) return true;
    pairs += more;
    return false;
  });
  out_.pairs_.reserve(pairs);
  std::vector<PairTable::Step> steps;
  for (const auto& [edges, place] : places) {
    steps.clear();
    for (const auto& edge : out_.edges(edges))
      for (const std::uint32_t word : bringing[edge.symbol]) steps.push_back({word, edge.node});
    *place = out_.pairs_.add(steps);
  }
  for (auto& word : out_.classes_) word.acts_alone = acts_alone(word.opening);
}

Automaton AutomatonBuilder::build() && {
  add_spellings();
  out_.bitmap_words_ = symbol_count_ / 64 + 1;
  write_nodes();
  index_roots();
  write_classes();
  write_pairs();
  return std::move(out_);
}

}  // namespace testigo::classify
