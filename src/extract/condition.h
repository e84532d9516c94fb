#pragma once

#include <optional>
#include <string_view>

namespace testigo::extract {

// One of `only_if`, `skip_if` or `gone_if`: a place, and after the first "=" the word that is to
// stand there, after "*=" one that is to stand within. What an XPath compares in brackets is its
// own: "//div[@class='x']" has no word, "//div[@class='x']=Ad" has one.
struct Condition {
  std::string_view place;
  std::optional<std::string_view> word = {};
  bool within = false;
};

// The views are of the text. Only what begins with "/" or "piece:" has a word.
[[nodiscard]] Condition parse_condition(std::string_view text);

}  // namespace testigo::extract
