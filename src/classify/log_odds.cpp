#include "classify/log_odds.h"

#include <array>
#include <cmath>

namespace testigo::classify {
namespace {

// How many terms the prior weighs: about those of a hundred short texts.
constexpr double prior_terms = 1000;

// A set with fewer texts of a term is not asked whether it agrees.
constexpr double least_texts_of_set = 3;

// How often each term stands on each side of one set.
struct SetCounts {
  std::vector<std::array<std::uint32_t, side_count>> terms;
  std::array<double, side_count> all{};  // terms of all texts of the side
};

std::vector<SetCounts> count(const TermIndex& index, std::span<const LabelledText> texts,
                             std::span<const std::uint32_t> chosen, std::uint32_t sets) {
  std::vector<SetCounts> counts(sets);
  for (SetCounts& set : counts) set.terms.resize(index.terms.size());
  for (const std::uint32_t text : chosen) {
    SetCounts& set = counts[texts[text].set];
    const auto side = static_cast<std::size_t>(texts[text].side);
    for (const std::uint32_t term : index.of_text[text]) ++set.terms[term][side];
    set.all[side] += static_cast<double>(index.of_text[text].size());
  }
  return counts;
}

struct Ratio {
  double difference = 0;
  double variance = 0;
};

Ratio ratio_of(const SetCounts& set, std::size_t term, std::size_t side) {
  const double all = set.all[0] + set.all[1] + set.all[2];
  const double with = set.terms[term][side];
  double whole = 0;
  for (const std::uint32_t part : set.terms[term]) whole += part;
  const double without = whole - with;
  const double prior = prior_terms * whole / all;
  const auto log_odds = [&](double count, double of) {
    return std::log((count + prior) / (of + prior_terms - count - prior));
  };
  return {log_odds(with, set.all[side]) - log_odds(without, all - set.all[side]),
          1 / (with + prior) + 1 / (without + prior)};
}

TermOdds odds_of_side(const std::vector<SetCounts>& counts, std::size_t term, std::size_t side) {
  TermOdds odds{static_cast<Side>(side), 0, 0, 0, 0};
  double weighted = 0;
  double precision = 0;
  for (const SetCounts& set : counts) {
    double here = 0;
    double all = 0;
    for (std::size_t i = 0; i < side_count; ++i) {
      here += set.terms[term][i];
      all += set.all[i];
    }
    odds.texts += static_cast<std::uint32_t>(here);
    const bool has_both = set.all[side] > 0 && set.all[side] < all;
    if (!has_both || here == 0) continue;
    const Ratio ratio = ratio_of(set, term, side);
    weighted += ratio.difference / ratio.variance;
    precision += 1 / ratio.variance;
    if (here < least_texts_of_set) continue;
    ++odds.sets;
    odds.agreeing += ratio.difference > 0 ? 1 : 0;
  }
  if (precision > 0) odds.z = weighted / std::sqrt(precision);
  return odds;
}

}  // namespace

std::vector<TermOdds> term_odds(const TermIndex& index, std::span<const LabelledText> texts,
                                std::span<const std::uint32_t> chosen, std::uint32_t sets) {
  const std::vector<SetCounts> counts = count(index, texts, chosen, sets);
  std::vector<TermOdds> out;
  out.reserve(index.terms.size());
  for (std::size_t term = 0; term < index.terms.size(); ++term) {
    TermOdds best = odds_of_side(counts, term, 0);
    for (std::size_t side = 1; side < side_count; ++side) {
      const TermOdds odds = odds_of_side(counts, term, side);
      if (odds.z > best.z) best = odds;
    }
    out.push_back(best);
  }
  return out;
}

}  // namespace testigo::classify
