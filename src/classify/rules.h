#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace testigo::classify {

// One file of a rules folder. The last two parts of the path say what it is: "rules/es/lexicon.tsv"
// is Spanish, ".../shared/links.tsv" is for all languages. Files that are no rule tables
// (sources/*.toml, moments.toml, tracking/…, README.md) are passed over.
struct RulesFile {
  std::string_view path;  // as it shall appear in messages
  std::string_view bytes;
  bool overlay =
      false;  // a user's file over the built-in ones: same id replaces, weight `off` disables
};

struct CompiledRules;  // src/classify/compiled.h: nobody else's business

// Rules ready to be used: immutable, cheap to copy (copies share one compiled form, which is why
// there is a shared_ptr here), safe to read from any number of threads.
class Rules {
 public:
  explicit Rules(std::shared_ptr<const CompiledRules> compiled);

  // "sha256:…" over all files that count, by path: stored with each verdict as its rules version.
  [[nodiscard]] const std::string& hash() const;
  // How many rules of each kind there are, for `rules list` and `doctor`.
  [[nodiscard]] std::size_t size() const;
  // The languages that have rules, sorted: "en", "es", "ro".
  [[nodiscard]] std::vector<std::string> languages() const;
  [[nodiscard]] const CompiledRules& compiled() const { return *compiled_; }
  // For what must keep the rules alive without using them, as a verdict does for its names.
  [[nodiscard]] std::shared_ptr<const CompiledRules> shared() const { return compiled_; }

 private:
  std::shared_ptr<const CompiledRules> compiled_;
};

// A rule as written, for lists and for walking from a reason back to its line.
struct RuleRow {
  std::string id;
  std::string axis;
  std::string value;
  std::string weight;
  std::string pattern;
  std::string support;
  std::string provenance;
  std::string path;
  int line = 0;
};

// Reads and compiles the tables (rules/README.md has the format). The first thing that is wrong is
// the error: Errc::malformed, `where` "rules/es/lexicon.tsv:214:3", `what` says how to mend it and
// shows the line with a caret. `lint` (classify/lint.h) lists all of them instead.
[[nodiscard]] Result<Rules> load_rules(std::span<const RulesFile> files);

// Every active rule, sorted by id.
[[nodiscard]] std::vector<RuleRow> list_rules(const Rules& rules);

}  // namespace testigo::classify
