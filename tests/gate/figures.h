#pragma once

#include <cstddef>
#include <string>
#include <vector>

// What was measured: one line of the report.
struct Figure {
  std::string set;      // "en", or the name of a dev corpus
  std::string axis;     // "tag", "themes", "hard:irony"
  std::string measure;  // macro_f1, accuracy, recall, pearson
  std::size_t rows = 0;
  double value = 0.0;
};
