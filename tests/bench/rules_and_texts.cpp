#include "rules_and_texts.h"

#include <fstream>
#include <sstream>

#include "app/rule_book.h"
#include "core/embedded.h"
#include "formats/json.h"

namespace testigo::bench {
namespace {

std::vector<std::string> texts_of(std::istream& lines) {
  std::vector<std::string> texts;
  for (std::string line; std::getline(lines, line);) {
    const auto object = value_or_give_up(formats::parse_json(line));
    const auto* text = object.find("text");
    if (text != nullptr && text->is_string()) texts.push_back(*text->as_string());
  }
  if (texts.empty()) give_up("there is no text to work on");
  return texts;
}

}  // namespace

classify::Classifier built_in_classifier() {
  auto files = value_or_give_up(app::rule_files(embedded_files(), std::nullopt));
  return classify::Classifier(value_or_give_up(app::load_rule_book(std::move(files))).rules);
}

std::vector<std::string> texts_of_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) give_up(path + " cannot be read");
  return texts_of(file);
}

std::vector<std::string> texts_of_demo() {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != "data/demo/posts.jsonl") continue;
    std::istringstream lines{std::string(file.bytes)};
    return texts_of(lines);
  }
  give_up("the demo's posts are not built in");
}

}  // namespace testigo::bench
