#include "classify/targets.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace testigo::classify {
namespace {

constexpr std::uint32_t absent = UINT32_MAX;

// From here on a brand is praised or blamed.
constexpr double decided_score = 0.2;

// Both said of a brand, and the lesser at least so much of the greater, is mixed.
constexpr double balanced = 0.7;

constexpr double score_scale = 4.0;  // DESIGN §3: score = tanh(sum / 4)

struct BrandWords {
  std::vector<std::string> words;
  std::string joined;  // as in a hashtag or an @name
};

BrandWords words_of(const std::string& brand) {
  BrandWords out;
  text::Tokenizer tokenizer;
  for (const text::Token& token : tokenizer.tokenize(brand)) {
    out.words.emplace_back(tokenizer.folded(token));
    out.joined += out.words.back();
  }
  return out;
}

// The tokens that the brand takes from `at` on; 0 where it is not named there.
std::uint32_t named_at(const BrandWords& brand, const text::Tokenizer& tokenizer,
                       std::span<const text::Token> tokens, std::uint32_t at) {
  if (brand.words.empty()) return 0;
  const std::string_view first = tokenizer.folded(tokens[at]);
  if (first == brand.joined) return 1;
  if (first != brand.words.front() || at + brand.words.size() > tokens.size()) return 0;
  for (std::uint32_t i = 1; i < brand.words.size(); ++i) {
    if (tokenizer.folded(tokens[at + i]) != brand.words[i]) return 0;
  }
  return static_cast<std::uint32_t>(brand.words.size());
}

std::uint32_t distance(const BrandAt& brand, const Outcome& outcome) {
  return brand.begin >= outcome.end ? brand.begin - outcome.end + 1
                                    : (outcome.begin >= brand.end ? outcome.begin - brand.end : 0);
}

}  // namespace

std::vector<BrandAt> find_brands(std::span<const std::string> brands, const text::Tokenizer& tokenizer,
                                 std::span<const text::Token> tokens) {
  std::vector<BrandAt> out;
  if (brands.empty()) return out;
  std::vector<BrandWords> wanted;
  for (const std::string& brand : brands) wanted.push_back(words_of(brand));
  for (std::uint32_t at = 0; at < tokens.size(); ++at) {
    BrandAt longest{at, at, 0};
    for (std::size_t brand = 0; brand < wanted.size(); ++brand) {
      const std::uint32_t size = named_at(wanted[brand], tokenizer, tokens, at);
      if (at + size > longest.end) longest = {at, at + size, static_cast<std::uint16_t>(brand)};
    }
    if (longest.end == at) continue;
    out.push_back(longest);
    at = longest.end - 1;
  }
  return out;
}

void Targets::reset(std::size_t brands) {
  sums_.assign(brands, Sum{});
  compared_ = false;
}

void Targets::give(std::uint16_t brand, double polarity) {
  (polarity > 0 ? sums_[brand].good : sums_[brand].bad) += std::abs(polarity);
}

void Targets::note(const Reading& reading, const Scopes& scopes, std::span<const BrandAt> named,
                   std::span<const Hit> modifiers, std::span<const Outcome> outcomes) {
  if (named.empty()) return;
  for (const BrandAt& brand : named) sums_[brand.brand].named = true;
  comparators_.assign(scopes.sentence_count(), absent);
  for (const Hit& modifier : modifiers) {
    std::uint32_t& place = comparators_[reading.tokens[modifier.begin].sentence];
    if (static_cast<Modifier>(modifier.value) == Modifier::comparator && place == absent) place = modifier.begin;
  }
  std::size_t next = 0;  // the first brand named after the outcome's beginning
  for (const Outcome& outcome : outcomes) {
    if (outcome.polarity == 0.0) continue;
    while (next < named.size() && named[next].begin < outcome.begin) ++next;
    const std::uint32_t sentence = reading.tokens[outcome.begin].sentence;
    const auto in_sentence = [&](std::size_t i) { return reading.tokens[named[i].begin].sentence == sentence; };
    const std::uint32_t comparator = comparators_[sentence];
    const bool has_before = next > 0;
    const bool has_after = next < named.size() && in_sentence(next);
    std::size_t nearest = has_before ? next - 1 : next;
    if (has_after && (!has_before || !in_sentence(next - 1))) nearest = next;
    if (has_after && has_before && in_sentence(next - 1)) {
      const bool clause_before = scopes.clause_of(named[next - 1].begin) == scopes.clause_of(outcome.begin);
      const bool clause_after = scopes.clause_of(named[next].begin) == scopes.clause_of(outcome.begin);
      const bool closer_after = distance(named[next], outcome) < distance(named[next - 1], outcome);
      if (clause_after && (!clause_before || closer_after)) nearest = next;
    }
    if (nearest >= named.size()) continue;
    const bool compares = comparator != absent && outcome.begin < comparator;
    if (!compares) {
      give(named[nearest].brand, outcome.polarity);
      continue;
    }
    // "A is better than B": A gets it, B the opposite, wherever the hit stands before "than".
    for (std::size_t i = next; i < named.size() && in_sentence(i); ++i) {
      if (named[i].begin < comparator) continue;
      give(named[i].brand, -outcome.polarity);
      compared_ = true;
      break;
    }
    const bool subject = named[nearest].begin < comparator && in_sentence(nearest);
    if (subject) give(named[nearest].brand, outcome.polarity);
  }
}

std::vector<Target> Targets::list(std::span<const std::string> brands, const Verdict& whole) const {
  std::vector<Target> out;
  const auto count = std::count_if(sums_.begin(), sums_.end(), [](const Sum& sum) { return sum.named; });
  for (std::size_t i = 0; i < brands.size(); ++i) {
    const Sum& sum = sums_[i];
    if (!sum.named) continue;
    if (count == 1 && !compared_) {
      out.push_back({brands[i], whole.tag.value_or(Tag::other), whole.score});
      continue;
    }
    const double score = std::tanh((sum.good - sum.bad) / score_scale);
    const double lesser = std::min(sum.good, sum.bad);
    Tag tag = whole.tag == Tag::question ? Tag::question : Tag::other;
    if (score >= decided_score) tag = Tag::advocacy;
    if (score <= -decided_score) tag = Tag::complaint;
    if (lesser >= 1.0 && lesser >= balanced * std::max(sum.good, sum.bad)) tag = Tag::mixed;
    out.push_back({brands[i], tag, score});
  }
  return out;
}

}  // namespace testigo::classify
