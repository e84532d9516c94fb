#pragma once

#include <string>
#include <string_view>

#include "classify/rules.h"

namespace testigo::classify {

// In which language a text is written: a vote of the function words and letter sequences that
// rules/*/language.tsv weighs; where the vote stays open, CLD2 is asked.
struct LanguageGuess {
  std::string language = "und";  // BCP 47
  double share = 0.0;  // of the vote that went to it, in [0, 1]; 0 where CLD2 or the source decided
  bool by_vote = false;

  friend bool operator==(const LanguageGuess&, const LanguageGuess&) = default;
};

// Reads at most the first `max_language_bytes`. "und" where nothing speaks for any language.
// `stated` is the language that the text's source says ("" none): it holds unless the text clearly
// is in another.
[[nodiscard]] LanguageGuess identify_language(const Rules& rules, std::string_view text,
                                              std::string_view stated = {});

inline constexpr std::size_t max_language_bytes = 2000;  // more changes no vote, only costs time

}  // namespace testigo::classify
