#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classify/classifier.h"
#include "formats/json.h"

// One labelled text and what the classifier says of it, by its text alone.
struct LabelledRow {
  testigo::formats::JsonValue row;
  testigo::Verdict verdict;
};

// Reads a file of JSONL and answers each row. Ends the program, with a word, where it cannot.
[[nodiscard]] std::vector<LabelledRow> read_rows(const testigo::classify::Classifier& classifier,
                                                 const std::string& path);

// A member as text, or nothing.
[[nodiscard]] std::optional<std::string> text_of(const testigo::formats::JsonValue& object,
                                                 const std::string& key);
