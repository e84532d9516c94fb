#include "classify/scopes.h"

#include <algorithm>

namespace testigo::classify {
namespace {

constexpr std::uint32_t absent = Circumstances::absent;

// An intensifier reaches the next hit over so many words: "very, very nice", "really a nice".
constexpr std::uint32_t degree_reach = 2;

// Capitals emphasise only where most words have none: at most so many in a hundred.
constexpr std::size_t max_caps_percent = 60;

}  // namespace

void Scopes::read(std::span<const text::Token> tokens, std::span<const Hit> modifiers,
                  std::span<const Hit> hits) {
  tokens_ = tokens;
  modifiers_ = modifiers;
  hits_ = hits;
  mark_sentences();
  reach_out();
  attach_degrees();
}

void Scopes::mark_sentences() {
  sentences_.assign(tokens_.empty() ? 0 : tokens_.back().sentence + 1, Sentence{});
  for (std::uint32_t m = 0; m < modifiers_.size(); ++m) {
    Sentence& sentence = sentences_[tokens_[modifiers_[m].begin].sentence];
    if (kind_of(m) == Modifier::question) sentence.question = m;
    if (kind_of(m) == Modifier::exclaim) sentence.exclaim = m;
    if (kind_of(m) == Modifier::contrast) sentence.contrast = m;  // the last one has the say
  }
}

// One pass along the tokens, the modifiers and the hits, all in order: where clauses begin, and
// what is open at a hit. It stays open to the end of its clause, a negator for its reach.
void Scopes::reach_out() {
  clauses_.resize(tokens_.size());
  reach_.resize(hits_.size());
  // Copies that no store can change, so that they stay in registers.
  const auto tokens = tokens_;
  const auto modifiers = modifiers_;
  const auto hits = hits_;
  std::uint32_t* const clauses = clauses_.data();
  const auto kind_at = [&](std::size_t m) { return static_cast<Modifier>(modifiers[m].value); };
  unsigned met = 0;
  std::size_t words = 0, capitals = 0;
  std::uint32_t count = 0;  // of clauses
  Reach open;
  std::uint32_t negated_until = 0;
  std::uint32_t beginning = 0;  // the modifier that begins next
  std::uint32_t ended = 0;      // the one that ends next: of those that are kept none holds another
  std::uint32_t hit = 0;
  std::size_t event = 0;  // the token at which the next of them stands
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const unsigned flags = tokens[i].flags;
    met |= flags;
    words += tokens[i].kind == text::TokenKind::word ? 1 : 0;
    capitals += (flags & text::all_caps) != 0 ? 1 : 0;
    if (i < event && (flags & (text::starts_sentence | text::after_comma)) == 0) {
      clauses[i] = count - 1;
      continue;
    }
    bool begins = (flags & text::starts_sentence) != 0;
    bool joined = false;
    const std::uint32_t first = beginning;
    for (; beginning < modifiers.size() && modifiers[beginning].begin == i; ++beginning) {
      begins |= begins_clause(kind_at(beginning));
      joined |= kind_at(beginning) == Modifier::joiner;
    }
    begins |= i == 0 || ((flags & text::after_comma) != 0 && !joined);
    if (begins) {
      ++count;
      open = {};
    }
    clauses[i] = count - 1;
    if (i >= negated_until) open.negator = absent;
    for (; ended < modifiers.size() && modifiers[ended].end <= i; ++ended) {
      if (kind_at(ended) != Modifier::negator || begins) continue;
      open.negator = ended;
      negated_until =
          static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(modifiers[ended].weight);
    }
    for (std::uint32_t m = first; m < beginning; ++m) {
      if (kind_at(m) == Modifier::conditional) open.conditional = m;
      if (kind_at(m) == Modifier::past) open.past = m;
      if (kind_at(m) == Modifier::concession) open.concession = m;
    }
    for (; hit < hits.size() && hits[hit].begin == i; ++hit) reach_[hit] = open;
    event = tokens.size();
    if (beginning < modifiers.size()) event = modifiers[beginning].begin;
    if (ended < modifiers.size()) event = std::min<std::size_t>(event, modifiers[ended].end);
    if (hit < hits.size()) event = std::min<std::size_t>(event, hits[hit].begin);
  }
  clause_count_ = count;
  met_flags_ = met;
  caps_mean_something_ = capitals * 100 <= words * max_caps_percent;
}

void Scopes::add_degree(std::size_t hit, std::uint32_t modifier) {
  for (std::uint32_t& slot : degrees_[hit]) {
    if (slot != absent) continue;
    slot = modifier;
    return;
  }
}

void Scopes::attach_degree(std::uint32_t modifier, std::size_t next_hit) {
  const Hit& word = modifiers_[modifier];
  const std::uint32_t clause = clauses_[word.begin];
  std::uint32_t taken = absent;
  for (std::size_t h = next_hit; h < hits_.size() && hits_[h].begin <= word.end + degree_reach;
       ++h) {
    if (!is_weighed(hits_[h].axis) || clauses_[hits_[h].begin] != clause) continue;
    if (taken != absent && hits_[h].begin != taken) break;
    taken = hits_[h].begin;
    add_degree(h, modifier);
  }
  if (taken != absent) return;
  // None follows: the one just before it, "me gusta mucho".
  constexpr std::size_t look_back = 12;  // hits that begin a little earlier, on all axes
  for (std::size_t back = 0; back < look_back && back < next_hit; ++back) {
    const std::size_t h = next_hit - 1 - back;
    if (hits_[h].end == word.begin && is_weighed(hits_[h].axis) &&
        clauses_[hits_[h].begin] == clause) {
      add_degree(h, modifier);
    }
  }
}

void Scopes::attach_degrees() {
  degrees_.assign(hits_.size(), {absent, absent, absent});
  std::size_t next = 0;
  for (std::uint32_t m = 0; m < modifiers_.size(); ++m) {
    if (kind_of(m) != Modifier::intensifier && kind_of(m) != Modifier::diminisher) continue;
    while (next < hits_.size() && hits_[next].begin < modifiers_[m].end) ++next;
    attach_degree(m, next);
  }
}

std::uint32_t Scopes::emphasised(const Hit& hit, text::TokenFlag flag) const {
  for (std::uint32_t i = hit.begin; i < hit.end; ++i) {
    if (tokens_[i].has(flag)) return i;
  }
  return absent;
}

bool Scopes::holds_modifier(const Hit& hit, std::uint32_t modifier) const {
  return hit.begin < modifiers_[modifier].end && hit.end > modifiers_[modifier].begin;
}

bool Scopes::is_plain(std::size_t index) const {
  const Hit& hit = hits_[index];
  constexpr unsigned emphasis = text::all_caps | text::elongated | text::quoted_line;
  if (reach_[index] != Reach{} || degrees_[index].front() != absent) return false;
  if (sentences_[tokens_[hit.begin].sentence] != Sentence{}) return false;
  if ((met_flags_ & emphasis) == 0) return true;
  unsigned flags = 0;
  for (std::uint32_t i = hit.begin; i < hit.end; ++i) flags |= tokens_[i].flags;
  return (flags & emphasis) == 0;
}

Circumstances Scopes::of(std::size_t index) const {
  const Hit& hit = hits_[index];
  const Reach& reach = reach_[index];
  const Sentence& sentence = sentences_[tokens_[hit.begin].sentence];
  Circumstances around;
  around.negator = reach.negator;
  around.conditional = reach.conditional;
  around.past = reach.past;
  around.concession = reach.concession;
  around.exclaim = sentence.exclaim;
  around.degree = degrees_[index];
  if (sentence.question != absent && !holds_modifier(hit, sentence.question)) {
    around.question = sentence.question;
  }
  if (sentence.contrast != absent) {
    if (!holds_modifier(hit, sentence.contrast)) around.contrast = sentence.contrast;
    around.after_contrast = hit.begin >= modifiers_[sentence.contrast].end;
  }
  if ((met_flags_ & text::all_caps) != 0 && caps_mean_something_)
    around.caps = emphasised(hit, text::all_caps);
  if ((met_flags_ & text::elongated) != 0) around.elongated = emphasised(hit, text::elongated);
  if ((met_flags_ & text::quoted_line) != 0) around.quoted = emphasised(hit, text::quoted_line);
  return around;
}

}  // namespace testigo::classify
