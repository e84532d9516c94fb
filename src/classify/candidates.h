#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classify/log_odds.h"
#include "classify/terms.h"

namespace testigo::classify {

// A pattern that may become a rule, and what the texts say of it.
struct Candidate {
  Term::Kind kind = Term::Kind::word;
  std::string pattern;  // "flimsy", "disappoint*", "falls apart", "<not> _{0,2} worth"
  TermOdds odds;
};

// Words first, since phrases are judged by what they say beyond their words.
enum class CandidateRound : std::uint8_t { words, phrases };

// The terms of a round that speak for a side surely enough, the surest first, at most
// `most_candidates`. Words that differ in their endings and agree are one stem. Left out: names,
// terms in fewer than `least_texts` of the chosen texts, and those that most sets, or all but one
// of several, do not bear out.
[[nodiscard]] std::vector<Candidate> find_candidates(const TermIndex& index,
                                                     std::span<const TermOdds> odds,
                                                     CandidateRound round, std::size_t least_texts,
                                                     std::uint32_t sets);

inline constexpr std::size_t most_candidates = 3000;  // of a round: more no person looks through

}  // namespace testigo::classify
