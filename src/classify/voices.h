#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "classify/hashtags.h"
#include "classify/matcher.h"
#include "classify/scopes.h"
#include "classify/sides.h"
#include "classify/tally.h"
#include "text/words.h"

namespace testigo::classify {

// What one hit comes to on an axis once every modifier around it has had its say. In explanations a
// modifier's part stands under the modifier; here it stands with the hit, since whoever fits a
// rule's weight must know what one unit of it does.
struct Voice {
  std::uint32_t row = 0;  // in CompiledRules::rows
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // tokens
  std::uint8_t axis = 0;  // of the rule
  SideSums says{};
};

// Reads texts of one language hit by hit. Keeps its buffers; results live until the next text.
class VoiceReader {
 public:
  // Both must outlive the reader; the language has rules.
  VoiceReader(const CompiledRules& rules, const LanguageRules& language, LearntAxis axis);

  void read(std::string_view text);

  [[nodiscard]] std::span<const text::Token> tokens() const { return tokens_; }
  [[nodiscard]] std::string_view folded(const text::Token& token) const {
    return tokenizer_.folded(token);
  }
  [[nodiscard]] std::span<const Voice> voices() const { return voices_; }
  [[nodiscard]] std::span<const Hit> modifiers() const { return matcher_.modifiers(); }
  [[nodiscard]] const Scopes& scopes() const { return scopes_; }
  // What is said of the latest text before any word is read: that it is written to somebody, too.
  [[nodiscard]] const SideSums& biases() const { return biases_; }

 private:
  void add_biases();

  const CompiledRules& rules_;
  const LanguageRules& language_;
  std::array<ValueSlot, side_count + 1> slots_;
  SideSums biases_{};
  text::Tokenizer tokenizer_;
  Hashtags hashtags_;
  std::span<const text::Token> tokens_;
  Matcher matcher_;
  Scopes scopes_;
  Tally tally_;
  std::vector<Voice> voices_;
};

}  // namespace testigo::classify
