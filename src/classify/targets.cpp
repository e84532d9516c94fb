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

// A clause that names more is a list; the rest of it changes nothing.
constexpr std::size_t max_sharers = 8;

constexpr double score_scale = 4.0;  // DESIGN §3: score = tanh(sum / 4)

struct BrandWords {
  std::vector<std::string> words;
  std::string joined;  // as in a hashtag or an @name
};

BrandWords words_of(const std::string& brand) {
  BrandWords out;
  static thread_local text::Tokenizer tokenizer;  // keeps its buffers from text to text
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

}  // namespace

std::vector<BrandAt> find_brands(std::span<const std::string> brands,
                                 const text::Tokenizer& tokenizer,
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

// Decides for each hit of one field whose it is.
class Targets::Attribution {
 public:
  Attribution(const Reading& reading, const NamedBrands& named, std::span<const Outcome> outcomes)
      : reading_(reading), named_(named) {
    for (const Outcome& outcome : outcomes)
      if (outcome.axis == index_of(Axis::intent))
        leaving_.push_back(named.clause_of(outcome.begin));
  }

  using Range = NamedBrands::Range;

  // The brands that share a hit: those that its own words name; else those of its clause; else of
  // the nearest clause before it that names some; else of the first after it in its sentence. Where
  // its sentence names others, too, on that side, nobody knows whom it means.
  [[nodiscard]] Range sharers(const Outcome& outcome) const {
    const auto next = named_.first_from(outcome.begin);
    const Range said(next, named_.first_from(outcome.end));
    if (!said.empty()) return said;
    const Range own = named_.in_clause(named_.clause_of(outcome.begin));
    if (!own.empty()) return own;
    const bool is_before = next != named_.begin();
    if (!is_before && (next == named_.end() || !is_beside(*next, outcome))) return {};
    const BrandAt& nearest = is_before ? *std::prev(next) : *next;
    const Range near = named_.in_clause(named_.clause_of(nearest.begin));
    return names_others(near, next, outcome) ? Range() : near;
  }

  // Whether a hit speaks of this brand and not of that one: its clause names this one alone, and
  // before the hit where it tells of leaving, too.
  [[nodiscard]] bool is_of(const Outcome& outcome, std::uint16_t brand, std::uint16_t other) const {
    const std::uint32_t clause = named_.clause_of(outcome.begin);
    const Range own = named_.in_clause(clause);
    const auto names = [&](std::uint16_t wanted, std::uint32_t before) {
      return std::any_of(own.begin(), own.end(), [&](const BrandAt& at) {
        return at.brand == wanted && at.begin < before;
      });
    };
    const bool leaves = std::binary_search(leaving_.begin(), leaving_.end(), clause);
    return !names(other, absent) && names(brand, leaves ? outcome.begin : absent);
  }

 private:
  [[nodiscard]] bool is_beside(const BrandAt& brand, const Outcome& outcome) const {
    return named_.sentence_of(brand) == reading_.tokens[outcome.begin].sentence;
  }

  // Whether the hit's sentence names a brand that is not among the nearest: before the hit, or
  // where nothing is named before it, behind. `next`: the first behind it. Looks at so many as may
  // share.
  [[nodiscard]] bool names_others(Range nearest, Range::iterator next,
                                  const Outcome& outcome) const {
    const Range sharers = nearest.first(std::min(nearest.size(), max_sharers));
    const auto is_other = [&](const BrandAt& at) {
      return is_beside(at, outcome) &&
             std::none_of(sharers.begin(), sharers.end(),
                          [&](const BrandAt& near) { return near.brand == at.brand; });
    };
    const auto reach = static_cast<std::ptrdiff_t>(max_sharers);
    if (next != named_.begin())
      return std::any_of(next - std::min(reach, next - named_.begin()), next, is_other);
    return std::any_of(next, next + std::min(reach, named_.end() - next), is_other);
  }

  const Reading& reading_;
  const NamedBrands& named_;
  std::vector<std::uint32_t> leaving_;  // clauses that say what the author does next, ascending
};

void Targets::reset(std::size_t brands, const std::optional<BrandSwitch>& goes) {
  sums_.assign(brands, Sum{});
  compared_ = false;
  goes_ = goes;
  if (goes_) sums_[goes_->from].named = sums_[goes_->to].named = true;
}

void Targets::give(std::uint16_t brand, double polarity) {
  (polarity > 0 ? sums_[brand].good : sums_[brand].bad) += std::abs(polarity);
}

void Targets::note(const Reading& reading, const Scopes& scopes, std::span<const BrandAt> named,
                   std::span<const Hit> modifiers, std::span<const Outcome> outcomes) {
  if (named.empty() && !goes_) return;
  for (const BrandAt& brand : named) sums_[brand.brand].named = true;
  const NamedBrands brands(named, reading, scopes, modifiers, outcomes);
  comparisons_.read(reading, brands, modifiers);
  const Attribution attribution(reading, brands, outcomes);
  for (const Outcome& outcome : outcomes) {
    if (outcome.polarity == 0.0) continue;
    const Comparisons::Part part = comparisons_.part_of(outcome);
    if (part.role == Comparisons::Role::nobodys) continue;
    if (part.role == Comparisons::Role::decides) {
      share(part.objects, -outcome.polarity);
      share(part.subjects, outcome.polarity);
      compared_ = true;
      continue;
    }
    if (goes_)
      share_by_switch(attribution, outcome);
    else
      share(attribution.sharers(outcome), outcome.polarity);
  }
}

void Targets::share_by_switch(const Attribution& attribution, const Outcome& outcome) {
  const bool blames = outcome.polarity < 0.0;
  const std::uint16_t spared = blames ? goes_->to : goes_->from;
  const std::uint16_t meant = blames ? goes_->from : goes_->to;
  const auto sharers = attribution.sharers(outcome);
  const auto has = [&](std::uint16_t brand) {
    return std::any_of(sharers.begin(), sharers.end(),
                       [&](const BrandAt& at) { return at.brand == brand; });
  };
  const bool is_open = sharers.empty() || has(spared);
  if (!is_open || attribution.is_of(outcome, spared, meant)) {
    share(sharers, outcome.polarity);
    return;
  }
  std::vector<BrandAt> rest;
  for (const BrandAt& at : sharers.first(std::min(sharers.size(), max_sharers)))
    if (at.brand != spared && at.brand != meant) rest.push_back(at);
  share(rest, outcome.polarity);
  give(meant, outcome.polarity);
}

// Each brand of a clause gets what is said there, once.
void Targets::share(std::span<const BrandAt> sharers, double polarity) {
  for (std::size_t i = 0; i < sharers.size() && i < max_sharers; ++i) {
    const auto same = [&](const BrandAt& brand) { return brand.brand == sharers[i].brand; };
    if (std::none_of(sharers.begin(), sharers.begin() + static_cast<std::ptrdiff_t>(i), same))
      give(sharers[i].brand, polarity);
  }
}

Tag Targets::tag_of(std::uint16_t brand, double score, const Verdict& whole) const {
  const Sum& sum = sums_[brand];
  const double lesser = std::min(sum.good, sum.bad);
  if (lesser >= 1.0 && lesser >= balanced * std::max(sum.good, sum.bad)) return Tag::mixed;
  if (score >= decided_score) return Tag::advocacy;
  if (score <= -decided_score) return Tag::complaint;
  if (goes_ && goes_->from == brand && whole.tag == Tag::complaint) return Tag::complaint;
  if (goes_ && goes_->to == brand && whole.tag == Tag::advocacy) return Tag::advocacy;
  return whole.tag == Tag::question ? Tag::question : Tag::other;
}

std::vector<Target> Targets::list(std::span<const std::string> brands, const Verdict& whole) const {
  std::vector<Target> out;
  const auto count =
      std::count_if(sums_.begin(), sums_.end(), [](const Sum& sum) { return sum.named; });
  for (std::size_t i = 0; i < brands.size(); ++i) {
    const Sum& sum = sums_[i];
    if (!sum.named) continue;
    if (count == 1 && !compared_) {
      out.push_back({brands[i], whole.tag.value_or(Tag::other), whole.score});
      continue;
    }
    const double score = std::tanh((sum.good - sum.bad) / score_scale);
    out.push_back({brands[i], tag_of(static_cast<std::uint16_t>(i), score, whole), score});
  }
  return out;
}

}  // namespace testigo::classify
