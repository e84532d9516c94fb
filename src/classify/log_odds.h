#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "classify/labelled_text.h"
#include "classify/terms.h"

namespace testigo::classify {

// For which side a term speaks most, and how surely.
struct TermOdds {
  Side side = Side::neither;
  double z = 0.0;              // log-odds ratio of that side against the rest, in standard errors
  std::uint32_t texts = 0;     // that it stands in
  std::uint32_t sets = 0;      // in which it stands often enough to be asked
  std::uint32_t agreeing = 0;  // of these: where it speaks for that side by itself
};

// Log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16, 18,
// 22): the prior is the term's frequency on all sides together, so that rare terms are held to what
// they show. Counted within each set and then put together by precision, since a term that only
// tells the sets apart knows nothing. `chosen` are the texts that count; one answer for each term.
[[nodiscard]] std::vector<TermOdds> term_odds(const TermIndex& index,
                                              std::span<const LabelledText> texts,
                                              std::span<const std::uint32_t> chosen,
                                              std::uint32_t sets);

}  // namespace testigo::classify
