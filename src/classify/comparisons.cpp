#include "classify/comparisons.h"

#include <algorithm>

namespace testigo::classify {
namespace {

// A brand stands so near before the word that compares it: "the new Acme really is much better".
constexpr std::uint32_t subject_reach = 6;

// With whom somebody is level is named at once: "as good as the new Acme".
constexpr std::uint32_t equal_reach = 3;

}  // namespace

void Comparisons::read(const Reading& reading, const NamedBrands& named,
                       std::span<const Hit> modifiers) {
  reading_ = &reading;
  named_ = &named;
  all_.clear();
  comparatives_.clear();
  ended_ = named.begin();
  ended_sentence_ = UINT32_MAX;
  for (const Hit& modifier : modifiers) {
    const auto kind = static_cast<Modifier>(modifier.value);
    if (kind == Modifier::comparative) comparatives_.push_back(&modifier);
    if (kind == Modifier::comparator || kind == Modifier::equative) add(modifier);
  }
}

void Comparisons::add(const Hit& comparator) {
  const text::Token& word = reading_->tokens[comparator.begin];
  const auto object = named_->first_from(comparator.end);
  const auto last = end_of_sentence(word.sentence, object);
  if (last == object) return;
  const bool equates = static_cast<Modifier>(comparator.value) == Modifier::equative;
  if (equates && object->begin > comparator.end + equal_reach) return;
  Comparison comparison;
  comparison.begin = comparator.begin;
  comparison.end = comparator.end;
  comparison.equates = equates;
  comparison.sentence = word.sentence;
  comparison.clause = named_->clause_of(comparator.begin);
  const bool follows = !all_.empty() && all_.back().sentence == word.sentence;
  comparison.has_comparative =
      !comparatives_.empty() &&
      reading_->tokens[comparatives_.back()->begin].sentence == word.sentence &&
      (!follows || all_.back().end <= comparatives_.back()->begin);
  comparison.objects = {object, last};
  if (follows)
    part_from_last(comparison);
  else
    comparison.subjects = named_before(object);
  if (word.has(text::starts_sentence)) lead(comparison);
  all_.push_back(comparison);
}

// Of the clause that names a brand last before the object, with what is listed beside them.
NamedBrands::Range Comparisons::named_before(NamedBrands::Range::iterator object) const {
  if (object == named_->begin()) return {};
  auto first = std::prev(object);
  const std::uint32_t clause = named_->clause_of(first->begin);
  while (first != named_->begin() && named_->clause_of(std::prev(first)->begin) == clause) --first;
  return {named_->listed_with(first, object).begin(), object};
}

// "Unlike Acme, Globex …": the clauses behind its own name the subjects.
void Comparisons::lead(Comparison& comparison) const {
  const auto first = comparison.objects.begin();
  const auto last = comparison.objects.end();
  const auto rest = std::find_if(first, last, [&](const BrandAt& brand) {
    return named_->clause_of(brand.begin) != comparison.clause;
  });
  comparison.leads = rest != first && rest != last;
  if (!comparison.leads) return;
  comparison.objects = {first, rest};
  comparison.subjects = {rest, last};
}

// Two of one sentence: "faster than Acme and cheaper than Globex" is said of the same subject, but
// "…, and Acme is cheaper than Globex" is not.
void Comparisons::part_from_last(Comparison& comparison) {
  Comparison& last = all_.back();
  const auto first = last.objects.begin();
  const auto object = comparison.objects.begin();
  const bool has_own = object != first && last.clause != comparison.clause &&
                       named_->clause_of(std::prev(object)->begin) == comparison.clause;
  comparison.subjects = has_own ? named_before(object) : last.subjects;
  if (object == first) return;
  last.objects = {first, has_own ? std::max(first, comparison.subjects.begin()) : object};
}

// Behind the last brand of the sentence, from one on that stands in it or behind it.
NamedBrands::Range::iterator Comparisons::end_of_sentence(std::uint32_t sentence,
                                                          NamedBrands::Range::iterator brand) {
  if (ended_sentence_ != sentence || ended_ < brand) {
    ended_ = brand;
    while (ended_ != named_->end() && named_->sentence_of(*ended_) == sentence) ++ended_;
    ended_sentence_ = sentence;
  }
  return ended_;
}

bool Comparisons::has_comparative(std::uint32_t begin, std::uint32_t end) const {
  const auto next =
      std::lower_bound(comparatives_.begin(), comparatives_.end(), begin,
                       [](const Hit* word, std::uint32_t at) { return word->end <= at; });
  return next != comparatives_.end() && (*next)->begin < end;
}

Comparisons::Part Comparisons::part_of(const Outcome& outcome) const {
  if (all_.empty() && comparatives_.empty()) return {};
  const bool compares = has_comparative(outcome.begin, outcome.end);
  const std::uint32_t sentence = reading_->tokens[outcome.begin].sentence;
  const auto next = std::lower_bound(
      all_.begin(), all_.end(), outcome.begin,
      [](const Comparison& comparison, std::uint32_t at) { return comparison.end <= at; });
  const bool stands_before = next != all_.end() && next->sentence == sentence;
  if (stands_before && next->equates) {
    const bool is_less = outcome.negated || outcome.begin < next->begin;
    return is_less ? next->decides() : Part{};
  }
  if (stands_before && (compares || !next->has_comparative || outcome.end > next->begin))
    return next->decides();
  if (next != all_.begin() && std::prev(next)->sentence == sentence)
    return part_behind(*std::prev(next), named_->clause_of(outcome.begin), compares);
  return compares && named_->names_several() ? part_without_comparator(outcome) : Part{};
}

Comparisons::Part Comparisons::part_behind(const Comparison& last, std::uint32_t clause,
                                           bool compares) const {
  if (last.leads) return clause != last.clause ? last.decides() : Part{};
  if (named_->clause_of(last.end) == clause) return {Role::nobodys, {}, {}};
  if (!compares) return {};
  // "… than Globex, and easier to use": whose clause names nobody.
  if (named_->in_clause(clause).empty()) return last.decides();
  return {Role::nobodys, {}, {}};
}

Comparisons::Part Comparisons::part_without_comparator(const Outcome& outcome) const {
  const Part nobodys{Role::nobodys, {}, {}};
  const std::uint32_t clause = named_->clause_of(outcome.begin);
  const auto next = named_->first_from(outcome.begin);
  const auto own = named_->in_clause(clause);
  if (own.size() != 1 || next == named_->begin() || std::prev(next) == named_->begin())
    return nobodys;
  const BrandAt& subject = *std::prev(next);
  if (named_->clause_of(subject.begin) != clause || outcome.begin > subject.end + subject_reach)
    return nobodys;
  const BrandAt& before = *std::prev(next, 2);
  if (named_->sentence_of(before) != named_->sentence_of(subject)) return nobodys;
  return {Role::decides, own, named_->in_clause(named_->clause_of(before.begin))};
}

}  // namespace testigo::classify
