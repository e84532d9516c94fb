#include "classify/facets.h"

#include <algorithm>

namespace testigo::classify {
namespace {

// Less than this is no feeling: a mild word, halved, still is one.
constexpr double felt = 0.3;

// Both felt, and the lesser at least so much of the greater, is mixed.
constexpr double balanced = 0.6;

bool is_facet(std::uint8_t axis) {
  return axis == index_of(Axis::theme) || axis == index_of(Axis::service) ||
         axis == index_of(Axis::cycle);
}

}  // namespace

void Facets::reset(std::size_t slots) {
  for (const ValueSlot slot : noted_) feelings_[slot] = {};
  noted_.clear();
  feelings_.resize(slots);
}

void Facets::note(const Reading& reading, const Scopes& scopes, std::span<const Outcome> outcomes) {
  if (std::none_of(outcomes.begin(), outcomes.end(),
                   [](const Outcome& outcome) { return is_facet(outcome.axis); }))
    return;
  clauses_.assign(scopes.clause_count(), 0.0);
  sentences_.assign(scopes.sentence_count(), 0.0);
  for (const Outcome& outcome : outcomes) {
    clauses_[scopes.clause_of(outcome.begin)] += outcome.polarity;
    sentences_[reading.tokens[outcome.begin].sentence] += outcome.polarity;
  }
  for (const Outcome& outcome : outcomes) {
    if (!is_facet(outcome.axis)) continue;
    const double clause = clauses_[scopes.clause_of(outcome.begin)];
    const double near = clause != 0.0 ? clause : sentences_[reading.tokens[outcome.begin].sentence];
    const ValueSlot slot = reading.rules->slot(outcome.axis, outcome.value);
    Feeling& feeling = feelings_[slot];
    noted_.push_back(slot);
    (near > 0 ? feeling.good : feeling.bad) += near > 0 ? near : -near;
  }
}

std::vector<Facet> Facets::list(const CompiledRules& rules, const Tally& tally, Axis axis,
                                Polarity fallback) const {
  std::vector<Facet> out;
  const std::uint8_t index = index_of(axis);
  const ValueSlot first = rules.slot(index, 0);
  const double none = std::max(0.0, tally.logit(rules.none_slot(axis)));
  const auto sums = tally.logits(first, rules.value_count(index));
  for (std::uint16_t value = 0; value < sums.size(); ++value) {
    if (!(sums[value] > none)) continue;
    const auto slot = static_cast<ValueSlot>(first + value);
    const Feeling& feeling = feelings_[slot];
    Polarity polarity = fallback;
    if (feeling.good >= felt || feeling.bad >= felt) {
      const double lesser = feeling.good < feeling.bad ? feeling.good : feeling.bad;
      const double greater = feeling.good < feeling.bad ? feeling.bad : feeling.good;
      polarity = feeling.good > feeling.bad ? Polarity::positive : Polarity::negative;
      if (lesser >= felt && lesser >= balanced * greater) polarity = Polarity::mixed;
    }
    out.push_back({std::string(rules.slot_names[slot].value), polarity});
  }
  return out;
}

}  // namespace testigo::classify
