#include "classify/compiled.h"

namespace testigo::classify {

const LanguageRules* CompiledRules::find(std::string_view language) const {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const LanguageRules& rules : languages) {
    if (rules.language == primary) return &rules;
  }
  return nullptr;
}

std::string_view CompiledRules::value_name(std::uint8_t axis, std::uint16_t value) const {
  if (value >= value_count(axis)) return "none";
  if (axis == index_of(Axis::theme)) return themes[value];
  return value_names(static_cast<Axis>(axis))[value];
}

}  // namespace testigo::classify
