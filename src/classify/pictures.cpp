#include "classify/pictures.h"

#include "text/words.h"

namespace testigo::classify {
namespace {

// What the tokenizer does not see as one emoji by itself is a symbol.
Picture picture_of(std::string_view written, text::Tokenizer& plain) {
  const auto tokens = plain.tokenize(written);
  const bool one_emoji = tokens.size() == 1 && tokens[0].kind == text::TokenKind::emoji &&
                         tokens[0].end - tokens[0].begin == written.size();
  if (one_emoji) return {std::string(plain.folded(tokens[0])), false};
  return {std::string(written), true};
}

}  // namespace

std::vector<Picture> read_pictures(std::string_view pattern) {
  std::vector<Picture> out;
  text::Tokenizer plain;
  while (!pattern.empty()) {
    const std::size_t space = pattern.find(' ');
    if (space != 0) out.push_back(picture_of(pattern.substr(0, space), plain));
    pattern.remove_prefix(space == std::string_view::npos ? pattern.size() : space + 1);
  }
  return out;
}

}  // namespace testigo::classify
