#include "insight/topics.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace testigo::insight {
namespace {

TermVector of_length_one(TermVector vector) {
  double squares = 0.0;
  for (const TermWeight& one : vector) squares += one.weight * one.weight;
  if (squares > 0.0)
    for (TermWeight& one : vector) one.weight /= std::sqrt(squares);
  return vector;
}

}  // namespace

double likeness(const TermVector& a, const TermVector& b) {
  double shared = 0.0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->term < y->term) {
      ++x;
    } else if (y->term < x->term) {
      ++y;
    } else {
      shared += x++->weight * y++->weight;
    }
  }
  return shared;
}

void TermTable::add(std::span<const std::string> terms) {
  ++texts_;
  for (const std::string& term : terms) {
    const auto [known, fresh] =
        numbers_.try_emplace(term, static_cast<std::uint32_t>(names_.size()));
    if (fresh) {
      names_.push_back(&known->first);
      texts_with_.push_back(0);
    }
    ++texts_with_[known->second];
  }
}

TermVector TermTable::vector_of(std::span<const std::string> terms) const {
  TermVector vector;
  for (const std::string& term : terms) {
    const auto known = numbers_.find(term);
    if (known == numbers_.end() || texts_with_[known->second] < 2) continue;
    vector.push_back({known->second, weight_of(term)});
  }
  std::sort(vector.begin(), vector.end(),
            [](const TermWeight& a, const TermWeight& b) { return a.term < b.term; });
  return of_length_one(std::move(vector));
}

double TermTable::weight_of(std::string_view term) const {
  const auto known = numbers_.find(term);
  if (known == numbers_.end()) return 0.0;
  const double rarity =
      std::log(1.0 + static_cast<double>(texts_) / static_cast<double>(texts_with_[known->second]));
  return term.starts_with(theme_prefix) ? theme_factor * rarity : rarity;
}

TermVector middle_of(std::span<const TermVector> texts, std::span<const std::size_t> members) {
  std::map<std::uint32_t, double> sums;
  for (const std::size_t member : members)
    for (const TermWeight& one : texts[member]) sums[one.term] += one.weight;
  TermVector middle;
  for (const auto& [term, sum] : sums) middle.push_back({term, sum});
  return of_length_one(std::move(middle));
}

std::vector<std::vector<std::size_t>> grouped_by_likeness(std::span<const TermVector> texts,
                                                          double enough) {
  std::vector<std::vector<std::size_t>> groups;
  std::vector<TermVector> middles;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::size_t best = groups.size();
    double most = enough;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const double like = likeness(middles[g], texts[i]);
      if (like < most || (best < groups.size() && like == most)) continue;
      most = like;
      best = g;
    }
    if (best == groups.size()) {
      groups.push_back({i});
      middles.push_back(texts[i]);
    } else {
      groups[best].push_back(i);
      middles[best] = middle_of(texts, groups[best]);
    }
  }
  return groups;
}

}  // namespace testigo::insight
