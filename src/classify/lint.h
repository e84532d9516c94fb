#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/rules.h"

namespace testigo::classify {

// Something wrong in a rules file, for the person who wrote it.
struct Finding {
  std::string path;
  int line = 0;
  int column = 0;        // in bytes, from 1
  std::string what;      // what is wrong and how to mend it, one sentence each
  std::string text;      // the line as written, for the caret
  bool warning = false;  // order and style: does not stop the rules from loading

  friend bool operator==(const Finding&, const Finding&) = default;
};

// What is wrong, then the line and a caret under the spot.
[[nodiscard]] std::string with_caret(const Finding& finding);
// The same after "path:line:column: ".
[[nodiscard]] std::string show(const Finding& finding);

// Everything that is wrong: duplicate ids, unknown axes and values, bad weights and patterns,
// missing columns, unsorted sections, files that are not read, rules that never count or contradict
// another. By path and line.
[[nodiscard]] std::vector<Finding> lint(std::span<const RulesFile> files);

// Runs examples.tsv, of the rules whose ids begin with the prefix: each row that does not come out
// as it says is a finding; empty is good. Where an overlay is among the files, a built-in example
// that it turns is a warning: the overlay may well mean that.
struct ExampleReport {
  std::size_t examples = 0;
  std::vector<Finding> failures;
};
[[nodiscard]] ExampleReport run_examples(const Rules& rules, std::span<const RulesFile> files,
                                         std::string_view prefix = "");

}  // namespace testigo::classify
