#include "gate/labelled_rows.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

using namespace testigo;

std::optional<std::string> text_of(const formats::JsonValue& object, const std::string& key) {
  const formats::JsonValue* value = object.find(key);
  return value == nullptr ? std::nullopt : value->to_text();
}

std::vector<LabelledRow> read_rows(const classify::Classifier& classifier,
                                   const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << path << " cannot be opened\n";
    std::exit(1);
  }
  std::vector<LabelledRow> rows;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    auto row = formats::parse_json(line);
    const auto text = row ? text_of(*row, "text") : std::nullopt;
    if (!text) {
      std::cerr << path << ":" << number << ": no JSON object with a text\n";
      std::exit(1);
    }
    std::vector<std::string> brands;
    if (const auto a = text_of(*row, "object_a"))
      brands = {*a, text_of(*row, "object_b").value_or("")};
    classify::ClassifyInput input;
    input.text = *text;
    input.brands = brands;
    rows.push_back({std::move(*row), classifier.classify(input, false)});
  }
  return rows;
}
