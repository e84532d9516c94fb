#include "classify/compiled.h"

#include "classify/collect.h"

namespace testigo::classify {

RuleRow CompiledRules::row(std::size_t index) const {
  const RowPlace& place = rows[index];
  const Row row = row_of(written(index));
  const auto cell = [&](RuleColumn column) { return std::string(row.cell(column).text); };
  return {cell(id_column),         cell(axis_column),    cell(value_column),
          cell(weight_column),     cell(pattern_column), cell(support_column),
          cell(provenance_column), paths[place.file],    place.line};
}

const LanguageRules* CompiledRules::find(std::string_view language) const {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const LanguageRules& rules : languages) {
    if (rules.language == primary) return &rules;
  }
  return nullptr;
}

}  // namespace testigo::classify
