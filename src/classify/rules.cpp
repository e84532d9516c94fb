#include "classify/rules.h"

#include "classify/compile.h"

namespace testigo::classify {

Rules::Rules(std::shared_ptr<const CompiledRules> compiled) : compiled_(std::move(compiled)) {}

const std::string& Rules::hash() const { return compiled_->hash; }

std::size_t Rules::size() const { return compiled_->rows.size(); }

std::vector<std::string> Rules::languages() const {
  std::vector<std::string> names;
  for (const LanguageRules& language : compiled_->languages) names.push_back(language.language);
  return names;
}

Result<Rules> load_rules(std::span<const RulesFile> files) {
  Compilation compilation = compile(files);
  for (const Finding& finding : compilation.findings) {
    if (finding.warning) continue;
    const std::string where =
        finding.path + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column);
    return fail(Errc::malformed, with_caret(finding), where);
  }
  if (compilation.rules->languages.empty()) {
    return fail(Errc::not_found,
                "there are no rules here; a rules folder has tables such as en/lexicon.tsv");
  }
  return Rules(std::move(compilation.rules));
}

std::vector<RuleRow> list_rules(const Rules& rules) {
  const CompiledRules& compiled = rules.compiled();
  std::vector<RuleRow> rows;
  rows.reserve(compiled.rows.size());
  for (std::size_t i = 0; i < compiled.rows.size(); ++i) rows.push_back(compiled.row(i));
  return rows;
}

}  // namespace testigo::classify
