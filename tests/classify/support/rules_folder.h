#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classify/classifier.h"
#include "classify/rules.h"

namespace testigo::classify::testing {

// The checkout's rules, read once.
[[nodiscard]] const std::vector<RulesFile>& project_files();
[[nodiscard]] const Classifier& project_classifier();

// Rules from small tables written in a test: (path, content). Fails the test where they do not
// load.
using Tables = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Rules small_rules(const Tables& tables);
// A rule's line from its columns parted by " | ", which reads better than tabs.
[[nodiscard]] std::string rows(std::string_view lines);

// An English table of a dozen rules with the usual links: enough to show each mechanism.
[[nodiscard]] const Classifier& toy_classifier();

// Draws: checks that the reasons of polarity, by the words they stand on, are those drawn. Each
// further line has carets under the words, then the rule's id.
void expect_reasons(const Classifier& classifier, std::string_view text,
                    const std::vector<std::string_view>& drawn);

[[nodiscard]] Verdict judge(const Classifier& classifier, std::string_view text,
                            std::string_view language = "en");

}  // namespace testigo::classify::testing
