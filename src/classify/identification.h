#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/compiled.h"
#include "classify/language.h"
#include "text/words.h"

namespace testigo::classify {

// Makes the language model from rows of language.tsv.
class IdentificationBuilder {
 public:
  // A sentence about what is wrong with the pattern, if something is.
  [[nodiscard]] std::optional<std::string> add(std::string_view language, std::string_view pattern,
                                               double weight);
  [[nodiscard]] LanguageModel build() &&;

 private:
  std::uint16_t language_number(std::string_view language);

  LanguageModel model_;
  std::vector<std::vector<LanguageModel::Vote>> votes_;  // by word
};

// The vote over tokens that are there already. `tokenizer` is the one they came from. `stated` is
// the language that the source says its texts are in ("" none): it holds where the vote for another
// has no clear lead over that for it, or CLD2 had few letters to go by.
[[nodiscard]] LanguageGuess identify_tokens(const CompiledRules& rules,
                                            const text::Tokenizer& tokenizer,
                                            std::span<const text::Token> tokens,
                                            std::string_view text, std::string_view stated = {});

// CLD2's answer as BCP 47, or "und". The one file that names CLD2 is cld.cpp.
[[nodiscard]] std::string ask_cld(std::string_view text);

}  // namespace testigo::classify
