#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/rule_book.h"
#include "core/result.h"
#include "core/time.h"
#include "core/verdict.h"

namespace testigo::app {

// A correction as a rule: a line of <rules folder>/<language>/corrections.tsv.
struct CorrectionRule {
  std::string id;    // "en.fix.great-idea-to-break"
  std::string path;  // of the table
  std::string line;
};

// `language` is that of the text; the id is made of the pattern's words. Errc::malformed for a
// pattern that holds a tab or no word, unsupported for a language without rules.
[[nodiscard]] Result<CorrectionRule> correction_rule(std::string_view folder,
                                                     std::string_view language, Tag tag,
                                                     std::string_view pattern,
                                                     std::string_view person, UtcTime at);

struct RuleChange {
  std::string bytes;       // of the table with the rule in it
  bool was_there = false;  // word for word
  RuleBook book;           // all rules, this one among them
};
// What the rules would be with it. Errc::refused where another rule has its id; those of the rules,
// with the table's line, where the pattern is none.
[[nodiscard]] Result<RuleChange> with_rule(std::vector<RuleFile> files, const CorrectionRule& rule);

}  // namespace testigo::app
