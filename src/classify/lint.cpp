#include "classify/lint.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "classify/collect.h"
#include "classify/compile.h"
#include "classify/rule_clashes.h"
#include "text/utf8.h"

namespace testigo::classify {

std::string with_caret(const Finding& finding) {
  std::string out = finding.what;
  if (finding.text.empty()) return out;
  const std::size_t column = finding.column > 0 ? static_cast<std::size_t>(finding.column) - 1 : 0;
  const std::string_view before = std::string_view(finding.text).substr(0, column);
  std::string margin;
  for (std::size_t at = 0; at < before.size(); at += text::decode(before, at).size) {
    margin += before[at] == '\t' ? '\t' : ' ';  // tabs as they are, so that the caret stands right
  }
  return out + "\n  " + finding.text + "\n  " + margin + "^";
}

std::string show(const Finding& finding) {
  return finding.path + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column) +
         ": " + with_caret(finding);
}

namespace {

// A user's file among the tables of a language that is none and that nobody would take for a note.
bool is_passed_over(const RulesFile& file) {
  const std::string_view name = file.path.substr(file.path.rfind('/') + 1);
  const bool is_beside_tables = table_name(std::string(file.path) + ".tsv").kind != TableKind::none;
  return file.overlay && is_beside_tables && !name.ends_with(".tsv") && !name.ends_with(".md") &&
         !name.ends_with('~') && !name.starts_with('.') && !name.starts_with("README");
}

}  // namespace

std::vector<Finding> lint(std::span<const RulesFile> files) {
  Compilation compilation = compile(files, Samples::yes);
  std::vector<Finding> findings = std::move(compilation.findings);
  for (Finding& clash : find_clashes(compilation)) findings.push_back(std::move(clash));
  for (const RulesFile& file : files)
    if (is_passed_over(file))
      findings.push_back({std::string(file.path), 1, 1,
                          "is not read: the name of a table of rules ends in .tsv", "", true});
  const auto place = [](const Finding& f) { return std::tie(f.path, f.line, f.column); };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  return findings;
}

}  // namespace testigo::classify
