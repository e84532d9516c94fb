#include "classify/candidates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace testigo::classify {
namespace {

constexpr double least_z =
    2.0;  // 1.96: one in twenty by chance; L1 and cross-validation judge next

// From so many sets on, one alone is no witness.
constexpr std::uint32_t several_sets = 3;

constexpr std::size_t shortest_stem = 5;
constexpr std::size_t longest_ending = 3;

bool is_borne_out(const TermOdds& odds, std::size_t least_texts, std::uint32_t sets) {
  if (odds.z < least_z || odds.texts < least_texts) return false;
  if (odds.agreeing * 2 < odds.sets) return false;
  return sets < several_sets || odds.agreeing >= 2;
}

// Words by spelling, so that those with one beginning stand together.
using WordMap = std::map<std::string_view, std::uint32_t>;

struct Stem {
  std::vector<std::uint32_t> forms;  // terms; none where the word stands alone
  std::size_t size = 0;              // of what they have in common
};

class StemFinder {
 public:
  StemFinder(const TermIndex& index, std::span<const TermOdds> odds) : index_(index), odds_(odds) {
    for (std::uint32_t term = 0; term < index.terms.size(); ++term)
      if (index.terms[term].kind == Term::Kind::word)
        words_.emplace(index.terms[term].pattern, term);
  }

  // The forms of a word that all say the same, as many as there are.
  [[nodiscard]] Stem stem_of(std::uint32_t term) const {
    const std::string_view word = index_.terms[term].pattern;
    const std::size_t least =
        std::max(shortest_stem, word.size() > longest_ending ? word.size() - longest_ending : 0);
    for (std::size_t size = least; size <= word.size(); ++size) {
      std::vector<std::uint32_t> forms = agreeing_forms(word.substr(0, size), odds_[term].side);
      if (forms.size() < 2) continue;
      const std::size_t common = common_beginning(forms);
      return {std::move(forms), common};
    }
    return {};
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> agreeing_forms(std::string_view stem, Side side) const {
    std::vector<std::uint32_t> forms;
    for (auto at = words_.lower_bound(stem); at != words_.end() && at->first.starts_with(stem);
         ++at) {
      const bool close = at->first.size() - stem.size() <= longest_ending;
      if (!close || odds_[at->second].side != side || index_.terms[at->second].name) return {};
      forms.push_back(at->second);
    }
    return forms;
  }

  [[nodiscard]] std::size_t common_beginning(const std::vector<std::uint32_t>& forms) const {
    const std::string_view first = index_.terms[forms.front()].pattern;
    std::size_t size = first.size();
    for (const std::uint32_t form : forms) {
      const std::string_view word = index_.terms[form].pattern;
      const auto [end, unused] =
          std::mismatch(first.begin(), first.end(), word.begin(), word.end());
      size = std::min(size, static_cast<std::size_t>(end - first.begin()));
    }
    return size;
  }

  const TermIndex& index_;
  std::span<const TermOdds> odds_;
  WordMap words_;
};

// What several forms say together: their evidence adds, as of independent witnesses.
TermOdds together(std::span<const TermOdds> odds, const std::vector<std::uint32_t>& forms) {
  TermOdds sum = odds[forms.front()];
  for (std::size_t i = 1; i < forms.size(); ++i) {
    const TermOdds& form = odds[forms[i]];
    sum.z = std::max(sum.z, form.z);
    sum.texts += form.texts;
    sum.sets = std::max(sum.sets, form.sets);
    sum.agreeing = std::max(sum.agreeing, form.agreeing);
  }
  return sum;
}

}  // namespace

std::vector<Candidate> find_candidates(const TermIndex& index, std::span<const TermOdds> odds,
                                       CandidateRound round, std::size_t least_texts,
                                       std::uint32_t sets) {
  std::vector<Candidate> out;
  std::set<std::uint32_t> in_stems;
  const StemFinder stems(index, odds);
  for (std::uint32_t term = 0; term < index.terms.size(); ++term) {
    const Term& candidate = index.terms[term];
    const bool is_word = candidate.kind == Term::Kind::word;
    if (candidate.name || is_word != (round == CandidateRound::words) || odds[term].z < least_z ||
        in_stems.contains(term))
      continue;
    const Stem stem = is_word ? stems.stem_of(term) : Stem{};
    const bool alone = stem.forms.empty();
    const TermOdds whole = alone ? odds[term] : together(odds, stem.forms);
    if (!is_borne_out(whole, least_texts, sets)) continue;
    in_stems.insert(stem.forms.begin(), stem.forms.end());
    out.push_back({candidate.kind,
                   alone ? candidate.pattern : candidate.pattern.substr(0, stem.size) + "*",
                   whole});
  }
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
    if (a.odds.z != b.odds.z) return a.odds.z > b.odds.z;
    return a.pattern < b.pattern;
  });
  if (out.size() > most_candidates) out.resize(most_candidates);
  return out;
}

}  // namespace testigo::classify
