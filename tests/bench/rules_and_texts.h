#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "classify/classifier.h"
#include "give_up.h"

namespace testigo::bench {

// A classifier on the built-in rules. Ends the program with the error if they do not load.
[[nodiscard]] classify::Classifier built_in_classifier();

// The member "text" of each line of a JSONL file, or of a built-in one (data/demo/posts.jsonl).
[[nodiscard]] std::vector<std::string> texts_of_file(const std::string& path);
[[nodiscard]] std::vector<std::string> texts_of_demo();

}  // namespace testigo::bench
