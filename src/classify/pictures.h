#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testigo::classify {

// One picture of emoji.tsv or emoticons.tsv, as a token of it will look.
struct Picture {
  std::string key;         // the token's folded form
  bool is_symbol = false;  // the tokenizer must be told to keep it whole: ":-)"
};

// The pictures of a pattern, which are parted by spaces.
[[nodiscard]] std::vector<Picture> read_pictures(std::string_view pattern);

}  // namespace testigo::classify
