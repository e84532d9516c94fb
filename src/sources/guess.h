#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json.h"

namespace testigo::sources {

// Where the posts of an answer seem to stand, for a description to begin with.
struct Guess {
  std::string format;  // "json", "jsonl", "html", "page", "feed"
  std::string list;    // selector; "" with page and feed
  std::vector<std::pair<std::string, std::string>> fields;  // field → selector, as in the file
  std::vector<std::string> required;
  std::vector<std::string> html;  // fields that are HTML
  double best = 5.0;              // of the ratings, where the answer does not say itself
  double worst = 1.0;

  [[nodiscard]] const std::string* selector(std::string_view field) const;
};

// The list of objects that tells most of posts, and its members by their names and values. Nothing
// where no list has texts or titles. `format` as in the guess.
[[nodiscard]] std::optional<Guess> guess_json(const formats::JsonValue& answer,
                                              std::string_view format);

// The elements that repeat on a page with words, and a name, a date or a rating each; best first,
// and only a few. None where nothing repeats so.
[[nodiscard]] std::vector<Guess> guess_html(std::string_view page);

}  // namespace testigo::sources
