#include "classify/terms.h"

#include <algorithm>
#include <functional>

#include "classify/vocabulary.h"
#include "classify/voices.h"

namespace testigo::classify {
namespace {

// Counters of the first pass. Terms that share one are counted together, so that some rare ones
// pass on to the second, which counts exactly; none that is frequent enough is lost.
constexpr std::size_t counters = std::size_t{1} << 24;

// How far a pattern of a negated form reaches: `<not> _{0,2} word`.
constexpr std::uint32_t most_between = 2;

constexpr std::size_t longest_word = 24;  // more is no word: a run of letters, an address

bool is_term_word(const text::Token& token, std::string_view folded) {
  if (token.kind != text::TokenKind::word || token.has(text::elongated)) return false;
  if (folded.size() < 2 || folded.size() > longest_word || folded.front() == '\'') return false;
  return std::all_of(folded.begin(), folded.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; });
}

bool looks_like_name(const text::Token& token) {
  const bool capital = token.has(text::capitalized) && !token.has(text::all_caps) &&
                       !token.has(text::starts_sentence);
  return capital || token.has(text::in_hashtag);
}

// Where a name could be told: a word at a sentence's beginning is capitalised anyway.
bool could_show_name(const text::Token& token) {
  return !token.has(text::starts_sentence) && !token.has(text::all_caps);
}

// The terms of one text, each time that it stands there.
class TermReader {
 public:
  TermReader(const Rules& rules, std::string_view language, LearntAxis axis, bool negated)
      : reader_(rules.compiled(), *rules.compiled().find(language), axis),
        axis_(index_of(axis == LearntAxis::polarity ? Axis::polarity : Axis::tag)),
        negated_(negated) {}

  // `take(kind, pattern, token)`; the token shows whether the term may be a name.
  template <class Take>
  void read(std::string_view text, const Take& take) {
    reader_.read(text);
    const auto tokens = reader_.tokens();
    mark_negators(tokens.size());
    cover(tokens.size());
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      const std::string_view word = reader_.folded(tokens[i]);
      if (!is_term_word(tokens[i], word)) continue;
      if (covered_until_[i] < i + 1) take(Term::Kind::word, word, tokens[i]);
      if (negated_) negated_form(i, word, take);
      if (i + 1 < tokens.size()) pair(i, word, take);
    }
  }

 private:
  template <class Take>
  void pair(std::uint32_t i, std::string_view word, const Take& take) {
    const text::Token& next = reader_.tokens()[i + 1];
    const std::string_view second = reader_.folded(next);
    if (next.sentence != reader_.tokens()[i].sentence || next.has(text::after_comma) ||
        covered_until_[i] >= i + 2 || !is_term_word(next, second))
      return;
    pattern_.assign(word).append(" ").append(second);
    take(Term::Kind::pair, pattern_, looks_like_name(next) ? next : reader_.tokens()[i]);
  }

  template <class Take>
  void negated_form(std::uint32_t i, std::string_view word, const Take& take) {
    const std::uint32_t negator = negator_end_[i];
    if (negator == 0 || covered_until_[negator - 1] >= i + 1) return;
    pattern_.assign("<not> _{0,2} ").append(word);
    take(Term::Kind::negated, pattern_, reader_.tokens()[i]);
  }

  // By token: the end of the negator that stands up to three words before it in its clause.
  void mark_negators(std::size_t size) {
    negator_end_.assign(size, 0);
    for (const Hit& hit : reader_.modifiers()) {
      if (static_cast<Modifier>(hit.value) != Modifier::negator) continue;
      const std::uint32_t clause = reader_.scopes().clause_of(hit.end - 1);
      for (std::uint32_t i = hit.end; i <= hit.end + most_between && i < size; ++i)
        if (reader_.scopes().clause_of(i) == clause) negator_end_[i] = hit.end;
    }
  }

  // By token: how far hits on the axis reach that begin there or before.
  void cover(std::size_t size) {
    covered_until_.assign(size + 1, 0);
    for (const Voice& voice : reader_.voices()) {
      if (voice.axis != axis_) continue;
      for (std::uint32_t i = voice.begin; i < voice.end; ++i)
        covered_until_[i] = std::max(covered_until_[i], voice.end);
    }
  }

  VoiceReader reader_;
  std::uint8_t axis_;
  bool negated_;
  std::vector<std::uint32_t> negator_end_;
  std::vector<std::uint32_t> covered_until_;
  std::string pattern_;
};

std::size_t counter_of(std::string_view pattern) {
  return std::hash<std::string_view>{}(pattern) & (counters - 1);
}

struct Shape {
  std::uint32_t texts = 0;
  std::uint32_t shown = 0;  // times that a name could be told
  std::uint32_t names = 0;  // and that it looked like one
};

// Drops what stands in too few texts, and numbers the rest anew.
TermIndex keep_frequent(TermIndex index, const std::vector<Shape>& shapes,
                        std::size_t least_texts) {
  constexpr std::uint32_t dropped = UINT32_MAX;
  std::vector<std::uint32_t> number(index.terms.size(), dropped);
  TermIndex kept;
  for (std::size_t i = 0; i < index.terms.size(); ++i) {
    if (shapes[i].texts < least_texts) continue;
    number[i] = static_cast<std::uint32_t>(kept.terms.size());
    kept.terms.push_back(std::move(index.terms[i]));
    kept.terms.back().name = shapes[i].names * 2 > shapes[i].shown;
  }
  for (std::vector<std::uint32_t>& terms : index.of_text) {
    std::vector<std::uint32_t> numbered;
    for (const std::uint32_t term : terms)
      if (number[term] != dropped) numbered.push_back(number[term]);
    kept.of_text.push_back(std::move(numbered));
  }
  return kept;
}

}  // namespace

TermIndex index_terms(const Rules& rules, std::string_view language, LearntAxis axis,
                      std::span<const LabelledText> texts, std::size_t least_texts, bool negated) {
  TermReader reader(rules, language, axis, negated);
  std::vector<std::uint8_t> counts(counters, 0);
  const auto enough = static_cast<std::uint8_t>(std::min<std::size_t>(least_texts, UINT8_MAX));
  for (const LabelledText& text : texts) {
    reader.read(text.text, [&](Term::Kind, std::string_view pattern, const text::Token&) {
      std::uint8_t& count = counts[counter_of(pattern)];
      if (count < UINT8_MAX) ++count;
    });
  }
  TermIndex index;
  Vocabulary numbers;
  std::vector<Shape> shapes;
  for (const LabelledText& text : texts) {
    std::vector<std::uint32_t> found;
    reader.read(text.text,
                [&](Term::Kind kind, std::string_view pattern, const text::Token& token) {
                  if (counts[counter_of(pattern)] < enough) return;
                  const std::uint32_t number = numbers.add(pattern);
                  if (number == index.terms.size()) {
                    index.terms.push_back({kind, std::string(pattern), false});
                    shapes.emplace_back();
                  }
                  shapes[number].shown += could_show_name(token) ? 1 : 0;
                  shapes[number].names += looks_like_name(token) ? 1 : 0;
                  found.push_back(number);
                });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (const std::uint32_t term : found) ++shapes[term].texts;
    index.of_text.push_back(std::move(found));
  }
  return keep_frequent(std::move(index), shapes, least_texts);
}

}  // namespace testigo::classify
