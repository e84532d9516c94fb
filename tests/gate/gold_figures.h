#pragma once

#include <string>
#include <vector>

#include "gate/figures.h"
#include "gate/labelled_rows.h"

// All figures of one language's gold set.
//   tag, polarity, act, stage: macro-F1 between all values of the axis
//   intent, degree, recovery: accuracy where they are labelled
//   themes, service, cycle: the share of the labelled names that were found
//   hard:NAME: accuracy of the tag in that subset, from ten rows on
[[nodiscard]] std::vector<Figure> gold_figures(const std::string& language,
                                               const std::vector<LabelledRow>& rows);
