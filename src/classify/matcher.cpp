#include "classify/matcher.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "classify/shortened.h"

namespace testigo::classify {
namespace {

// Looking a symbol up among the edges costs about this many comparisons.
constexpr std::size_t lookup_cost = 8;

// So far ahead is memory asked for: about as long as it takes to come.
constexpr std::size_t prefetched_tokens = 6;
constexpr std::uint32_t prefetched_pairs = 4;

}  // namespace

bool Matcher::in_sentence(std::uint32_t at) const { return at < sentence_end_; }

bool Matcher::is_mark(std::uint32_t at) const {
  return tokens_[at].kind == text::TokenKind::question ||
         tokens_[at].kind == text::TokenKind::exclaim;
}

bool Matcher::ends_sentence(std::uint32_t at) const { return !in_sentence(at) || is_mark(at); }

// An emoji whose joined form ("facepalm, woman") is not known is read as its first part.
const Automaton::WordClass& Matcher::class_of_emoji(std::string_view folded) const {
  constexpr std::string_view joiner = "\u200D";
  const std::size_t joined = folded.find(joiner);
  if (joined != std::string_view::npos &&
      rules_->automaton.known_class(folded, text::head_of(folded)) == nullptr)
    folded = folded.substr(0, joined);
  return rules_->automaton.class_of(text::TokenKind::emoji, folded, text::head_of(folded));
}

const Automaton::WordClass& Matcher::class_of_elongated(const text::Token& token,
                                                        std::string_view folded) const {
  const Automaton& automaton = rules_->automaton;
  if (const auto* known = automaton.known_class(folded, token.head)) return *known;
  for (const RunCut cut : run_cuts) {
    const Shortened word(folded, cut);
    const std::uint64_t head = text::head_of(word.view());
    if (const auto* known = automaton.known_class(word.view(), head)) return *known;
  }
  return automaton.class_of(token.kind, folded, token.head);
}

void Matcher::classify_tokens(const text::Tokenizer& tokenizer) {
  classes_.resize(tokens_.size());
  const Automaton& automaton = rules_->automaton;
  const auto prefetch = [&](std::size_t i) {
    if (i < tokens_.size()) automaton.prefetch(tokenizer.folded(tokens_[i]), tokens_[i].head);
  };
  for (std::size_t i = 0; i < prefetched_tokens; ++i) prefetch(i);
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    prefetch(i + prefetched_tokens);
    const text::Token& token = tokens_[i];
    const std::string_view folded = tokenizer.folded(token);
    if (token.has(text::elongated)) {
      classes_[i] = &class_of_elongated(token, folded);
    } else if (token.kind == text::TokenKind::emoji) {
      classes_[i] = &class_of_emoji(folded);
    } else {
      classes_[i] = &automaton.class_of(token.kind, folded, token.head);
    }
    __builtin_prefetch(classes_[i]);
  }
}

void Matcher::accept(std::span<const std::uint32_t> rules, std::uint32_t end) {
  for (const std::uint32_t index : rules) {
    const Rule& rule = rules_->rules[index];
    found_.push_back({index, start_, end, rule.value, rule.axis, rule.weight});
  }
}

// Whether the token at `at` may lead anywhere from a place.
inline bool Matcher::may_step(PairTable::Place place, std::uint32_t at) const {
  const Automaton& automaton = rules_->automaton;
  return automaton.pairs().may_have(place, automaton.number_of(*classes_[at]));
}

// Where it leads, if it may.
std::span<const PairTable::Step> Matcher::steps(PairTable::Place place, std::uint32_t at) const {
  const Automaton& automaton = rules_->automaton;
  return automaton.pairs().find(place, automaton.number_of(*classes_[at]));
}

// Nearly all gaps: behind them a look at a bit tells of most tokens that they lead nowhere.
void Matcher::step_over_gap(const Automaton::Gap& gap, PairTable::Place place, std::uint32_t at) {
  for (std::uint32_t next = at; next <= at + gap.max && in_sentence(next); ++next) {
    if (next >= at + gap.min && may_step(place, next))
      for (const PairTable::Step& step : steps(place, next)) walk(step.node, next + 1);
    if (is_mark(next)) return;
  }
}

void Matcher::skip_gap(const Automaton::Gap& gap, std::uint32_t at) {
  const Automaton::Node& node = rules_->automaton.node(gap.node);
  if (node.is_only_place()) return step_over_gap(gap, node.place, at);
  for (std::uint32_t skipped = 0; skipped <= gap.max; ++skipped) {
    if (skipped >= gap.min) walk(gap.node, at + skipped);
    if (!in_sentence(at + skipped) || is_mark(at + skipped)) return;
  }
}

void Matcher::follow(std::span<const Automaton::Edge> edges, std::uint32_t symbol,
                     std::uint32_t at) {
  auto edge =
      std::lower_bound(edges.begin(), edges.end(), symbol,
                       [](const Automaton::Edge& e, std::uint32_t s) { return e.symbol < s; });
  for (; edge != edges.end() && edge->symbol == symbol; ++edge) walk(edge->node, at + 1);
}

// Follows the edges whose symbol the token has. Both lists are sorted; the cheapest way is taken.
void Matcher::look_through(std::span<const Automaton::Edge> edges, std::uint32_t at) {
  const Automaton& automaton = rules_->automaton;
  const Automaton::WordClass& word = *classes_[at];
  if (word.symbols.count == 0) return;
  const auto symbols = automaton.symbols(word.symbols);
  if (symbols.size() * lookup_cost < edges.size()) {
    for (const std::uint32_t symbol : symbols) follow(edges, symbol, at);
    return;
  }
  if (word.bitmap != Automaton::no_bitmap) {
    for (const Automaton::Edge& edge : edges) {
      if (automaton.has_symbol(word, edge.symbol)) walk(edge.node, at + 1);
    }
    return;
  }
  auto symbol = symbols.begin();
  for (const Automaton::Edge& edge : edges) {
    while (*symbol < edge.symbol) {
      if (++symbol == symbols.end()) return;
    }
    if (*symbol == edge.symbol) walk(edge.node, at + 1);
  }
}

// Depth is bounded by a pattern's length.
void Matcher::walk(std::uint32_t index, std::uint32_t at) {
  const Automaton& automaton = rules_->automaton;
  const Automaton::Node& node = automaton.node(index);
  if (node.accepts.count > 0) accept(automaton.accepts(node.accepts), at);
  if (node.end_accepts.count > 0 && ends_sentence(at))
    accept(automaton.accepts(node.end_accepts), at);
  if (!in_sentence(at)) return pass_empty_gaps(node, at);
  if (node.place.count > 0) {
    if (may_step(node.place, at))
      for (const PairTable::Step& step : steps(node.place, at)) walk(step.node, at + 1);
  } else if (node.edges.count > 0) {
    look_through(automaton.edges(node.edges), at);
  }
  walk_on(node, at);
}

// At a sentence's end, where no word is left that a gap could pass over.
void Matcher::pass_empty_gaps(const Automaton::Node& node, std::uint32_t at) {
  for (const Automaton::Gap& gap : rules_->automaton.gaps(node.gaps))
    if (gap.min == 0) walk(gap.node, at);
}

// Where something else than one certain token may follow.
void Matcher::walk_on(const Automaton::Node& node, std::uint32_t at) {
  if (has_brands_ && node.brand != 0 && brand_ends_[at] != 0) walk(node.brand, brand_ends_[at]);
  for (const Automaton::Gap& gap : rules_->automaton.gaps(node.gaps)) skip_gap(gap, at);
}

// Looks up what every two tokens lead to before any of it is followed: in stages, so that what one
// stage reads is asked for by the stage before, a few tokens ahead.
void Matcher::look_ahead() {
  const Automaton& automaton = rules_->automaton;
  const PairTable& pairs = automaton.pairs();
  leads_.clear();
  const auto last = static_cast<std::uint32_t>(tokens_.size() - 1);
  std::array<std::size_t, prefetched_pairs> bits{};
  const auto ask = [&](std::uint32_t i) {
    if (i >= last) return;
    const std::size_t bit =
        pairs.bit_of(classes_[i]->opening.place, automaton.number_of(*classes_[i + 1]));
    bits[i % prefetched_pairs] = bit;
    pairs.prefetch_bit(bit);
  };
  for (std::uint32_t i = 0; i < prefetched_pairs; ++i) ask(i);
  for (std::uint32_t i = 0; i < last; ++i) {
    const std::size_t bit = bits[i % prefetched_pairs];
    ask(i + prefetched_pairs);
    if (!pairs.is_set(bit)) continue;
    const PairTable::Place place = classes_[i]->opening.place;
    if (place.count == 0 || tokens_[i].sentence != tokens_[i + 1].sentence) continue;
    pairs.prefetch_steps(place);
    leads_.push_back({i, {}});
  }
  for (Lead& lead : leads_) {
    lead.steps =
        pairs.find(classes_[lead.at]->opening.place, automaton.number_of(*classes_[lead.at + 1]));
    for (const PairTable::Step& step : lead.steps) __builtin_prefetch(&automaton.node(step.node));
  }
}

// `steps`: where the opening and the next token lead.
void Matcher::open(const Automaton::Opening& opening, std::span<const PairTable::Step> steps) {
  const Automaton& automaton = rules_->automaton;
  const std::uint32_t at = start_ + 1;
  if (opening.accepts.count > 0) accept(automaton.accepts(opening.accepts), at);
  if (opening.end_accepts.count > 0 && ends_sentence(at))
    accept(automaton.accepts(opening.end_accepts), at);
  const auto others = automaton.targets(opening.others);
  if (!in_sentence(at)) {
    for (const std::uint32_t node : others) pass_empty_gaps(automaton.node(node), at);
    return;
  }
  for (const PairTable::Step& step : steps) walk(step.node, at + 1);
  if (opening.place.count == 0 && opening.edges.count > 0)
    look_through(automaton.edges(opening.edges), at);
  for (const std::uint32_t node : others) walk_on(automaton.node(node), at);
}

void Matcher::match_brand(std::uint32_t start) {
  const Automaton& automaton = rules_->automaton;
  if (const std::uint32_t node = automaton.node(Automaton::root).brand)
    walk(node, brand_ends_[start]);
  const std::uint32_t at_start = automaton.node(Automaton::sentence_root).brand;
  if (tokens_[start].has(text::starts_sentence) && at_start != 0)
    walk(at_start, brand_ends_[start]);
}

// Of the sentence that begins where the one before it ended.
void Matcher::find_sentence_end() {
  const std::uint32_t sentence = tokens_[sentence_end_].sentence;
  while (sentence_end_ < tokens_.size() && tokens_[sentence_end_].sentence == sentence)
    ++sentence_end_;
}

// `ahead`: where the token leads together with the next one.
void Matcher::match_from(std::uint32_t start, std::span<const PairTable::Step> ahead) {
  start_ = start;
  found_.clear();
  const Automaton::WordClass& word = *classes_[start];
  if (word.acts_alone || !ahead.empty()) open(word.opening, ahead);
  if (word.sentence_opening != Automaton::nothing && tokens_[start].has(text::starts_sentence)) {
    const Automaton::Opening& opening = rules_->automaton.sentence_opening(word);
    const bool may_lead =
        opening.place.count > 0 && in_sentence(start + 1) && may_step(opening.place, start + 1);
    open(opening, may_lead ? steps(opening.place, start + 1) : std::span<const PairTable::Step>());
  }
  if (tokens_[start].has(text::starts_sentence)) {
    const Automaton& automaton = rules_->automaton;
    for (const auto& gap : automaton.gaps(automaton.node(Automaton::sentence_root).gaps))
      skip_gap(gap, start);
  }
  if (has_brands_ && brand_ends_[start] != 0) {
    named_until_ = brand_ends_[start];
    match_brand(start);
  }
  if (start < named_until_) drop_names();
  if (!found_.empty()) keep_longest();
}

// The words of a brand's name say nothing: nobody praises "Best Buy" by naming it.
void Matcher::drop_names() {
  std::erase_if(found_, [this](const Hit& hit) { return hit.end <= named_until_; });
}

void Matcher::keep(const Hit& hit) {
  (hit.axis == modifier_axis ? modifiers_ : hit.axis == unit_axis ? units_ : hits_).push_back(hit);
}

// Of the hits that begin here: per axis the longest, unless an earlier one reaches as far; per
// value the one with the greatest weight.
void Matcher::keep_longest() {
  if (found_.size() == 1) {
    const Hit& hit = found_.front();
    if (hit.end <= reach_[hit.axis]) return;
    reach_[hit.axis] = hit.end;
    return keep(hit);
  }
  std::array<std::uint32_t, rule_axis_count> longest{};
  for (const Hit& hit : found_) longest[hit.axis] = std::max(longest[hit.axis], hit.end);
  std::erase_if(found_, [&](const Hit& hit) {
    return hit.end != longest[hit.axis] || hit.end <= reach_[hit.axis];
  });
  std::sort(found_.begin(), found_.end(), [](const Hit& a, const Hit& b) {
    if (a.axis != b.axis) return a.axis < b.axis;
    if (a.value != b.value) return a.value < b.value;
    if (std::abs(a.weight) != std::abs(b.weight)) return std::abs(a.weight) > std::abs(b.weight);
    return a.rule < b.rule;
  });
  const Hit* before = nullptr;
  for (const Hit& hit : found_) {
    const bool again = before != nullptr && before->axis == hit.axis && before->value == hit.value;
    before = &hit;
    if (!again) keep(hit);
  }
  for (std::size_t axis = 0; axis < rule_axis_count; ++axis)
    reach_[axis] = std::max(reach_[axis], longest[axis]);
}

void Matcher::run(const LanguageRules& rules, const text::Tokenizer& tokenizer,
                  std::span<const text::Token> tokens, std::span<const BrandAt> brands) {
  rules_ = &rules;
  tokens_ = tokens;
  hits_.clear();
  modifiers_.clear();
  units_.clear();
  reach_.fill(0);
  if (tokens.empty()) return;
  classify_tokens(tokenizer);
  look_ahead();
  has_brands_ = !brands.empty();
  named_until_ = 0;
  if (has_brands_) brand_ends_.assign(tokens.size(), 0);
  for (const BrandAt& brand : brands) brand_ends_[brand.begin] = brand.end;
  sentence_end_ = 0;
  auto lead = leads_.begin();
  for (std::uint32_t start = 0; start < tokens.size(); ++start) {
    if (start == sentence_end_) find_sentence_end();
    const bool leads = lead != leads_.end() && lead->at == start;
    match_from(start, leads ? (lead++)->steps : std::span<const PairTable::Step>());
  }
}

}  // namespace testigo::classify
