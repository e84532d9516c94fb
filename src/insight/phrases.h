#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "insight/quote.h"
#include "insight/statistics.h"

namespace testigo::insight {

// A text as runs of words; a phrase stands within one run.
struct PhraseText {
  struct Word {
    std::string folded;
    bool stop = false;    // says nothing by itself
    bool breaks = false;  // something stands between it and the word before: no phrase crosses
  };
  std::string speaker;  // pseudonym; of a text without one something of its own
  std::vector<Word> words;
};

// One to longest_phrase words that more people say than before.
struct NewPhrase {
  std::string words;     // folded, parted by blanks
  std::int64_t now = 0;  // speakers who say it
  std::int64_t before = 0;
  Estimate share_now;  // of all speakers
  Estimate share_before;
  double g2 = 0.0;       // log-likelihood ratio of the two shares (Dunning 1993)
  bool sure = false;     // false_discovery() of its p is at most `level`
  std::size_t text = 0;  // index of the first text of `now` that has it
};
inline constexpr std::size_t longest_phrase = 4;
inline constexpr std::int64_t least_speakers = 3;  // fewer may know each other
inline constexpr double least_g2 = 6.63;           // p of 0.01 for a phrase asked for alone

// Phrases of `now` that a greater share of its speakers say than of those of `before`, the greatest
// G² first, then by words. They begin and end with a word that is no stop word. Of phrases within
// each other, one is named: the first. Empty where a side has no text. Memory and time grow with
// the words.
[[nodiscard]] std::vector<NewPhrase> new_phrases(std::span<const PhraseText> now,
                                                 std::span<const PhraseText> before);

// A phrase with where it stands.
struct QuotedPhrase {
  NewPhrase phrase;
  std::string written;  // as the quoted text has it
  Quote quote;
};

}  // namespace testigo::insight
