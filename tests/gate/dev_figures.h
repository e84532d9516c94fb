#pragma once

#include <string>
#include <vector>

#include "classify/classifier.h"
#include "gate/figures.h"
#include "gate/floors.h"

// The figures of the dev corpora in a folder, measured as its judge does, and the bars that its
// bars.tsv sets.
struct DevFigures {
  std::vector<Figure> figures;
  Floors bars;
};
[[nodiscard]] DevFigures dev_figures(const testigo::classify::Classifier& classifier,
                                     const std::string& corpus_folder);
