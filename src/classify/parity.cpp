#include "classify/parity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "classify/rule_row.h"

namespace testigo::classify {
namespace {

constexpr double mask_weight = 0.1;  // of phrases that only hide a word inside them
constexpr std::size_t behind_by = 3;

bool is_mask(const RuleRow& row) {
  const auto weight = read_number(row.weight);
  return weight && std::abs(*weight) <= mask_weight;
}

std::vector<std::string> behind(const std::map<std::string, std::size_t>& rules) {
  std::size_t most = 0;
  for (const auto& [language, count] : rules) most = std::max(most, count);
  std::vector<std::string> out;
  for (const auto& [language, count] : rules)
    if (count * behind_by < most) out.push_back(language);
  return out;
}

}  // namespace

std::vector<ParityRow> parity(const Rules& rules) {
  std::map<std::string, std::size_t> none;
  for (const std::string& language : rules.languages()) none[language] = 0;
  std::map<std::pair<std::string, std::string>, std::map<std::string, std::size_t>> counts;
  for (const RuleRow& row : list_rules(rules)) {
    const std::string language = row.id.substr(0, row.id.find('.'));
    if (!none.contains(language) || row.axis == "language" || is_mask(row)) continue;
    const auto [counted, is_new] = counts.try_emplace({row.axis, row.value}, none);
    ++counted->second[language];
  }
  std::vector<ParityRow> out;
  for (auto& [what, by_language] : counts)
    out.push_back({what.first, what.second, by_language, behind(by_language)});
  return out;
}

}  // namespace testigo::classify
