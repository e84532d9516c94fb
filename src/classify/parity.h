#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "classify/rules.h"

namespace testigo::classify {

// How many rules speak for one value of an axis, by language.
struct ParityRow {
  std::string axis;
  std::string value;
  std::map<std::string, std::size_t> rules;  // each language of the rules is there
  std::vector<std::string> behind;           // languages with less than a third of the most
};

// Each value that a language's own rules speak for, by axis and value, rules that only hide others
// left out. Rules of all languages (shared) count for none.
[[nodiscard]] std::vector<ParityRow> parity(const Rules& rules);

}  // namespace testigo::classify
