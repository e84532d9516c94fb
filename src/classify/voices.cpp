#include "classify/voices.h"

#include <algorithm>

#include "classify/effects.h"

namespace testigo::classify {
namespace {

text::Tokenizer tokenizer_for(const CompiledRules& rules) {
  const std::vector<std::string_view> symbols(rules.symbols.begin(), rules.symbols.end());
  return text::Tokenizer(symbols);
}

}  // namespace

VoiceReader::VoiceReader(const CompiledRules& rules, const LanguageRules& language, LearntAxis axis)
    : rules_(rules),
      language_(language),
      slots_(slots_of(rules, axis)),
      tokenizer_(tokenizer_for(rules)) {}

// As the classifier enters them (classifier.cpp, add_fields), for a text without rating.
void VoiceReader::add_biases() {
  const auto is_mention = [](const text::Token& token) {
    return token.kind == text::TokenKind::mention;
  };
  const bool mentions = std::any_of(tokens_.begin(), tokens_.end(), is_mention);
  const bool names_theme = std::any_of(voices_.begin(), voices_.end(), [](const Voice& voice) {
    return voice.axis == index_of(Axis::theme);
  });
  const bool addressed = !tokens_.empty() && is_mention(tokens_.front()) && names_theme;
  biases_ = {};
  for (const FieldRule& field : language_.fields) {
    const bool counts = field.kind == FieldRule::Kind::bias ||
                        (field.kind == FieldRule::Kind::mentions && mentions) ||
                        (field.kind == FieldRule::Kind::addressed && addressed);
    const ValueSlot slot = rules_.slot(field.rule.axis, field.rule.value);
    for (std::size_t side = 0; counts && side < slots_.size(); ++side)
      if (slots_[side] == slot) biases_[side] += field.rule.weight;
  }
}

void VoiceReader::read(std::string_view text) {
  voices_.clear();
  tokens_ = hashtags_.cut(language_.automaton, tokenizer_, tokenizer_.tokenize(text));
  matcher_.run(language_, tokenizer_, tokens_, {});
  scopes_.read(tokens_, matcher_.modifiers(), matcher_.hits());
  const Reading reading{&rules_, &language_, tokens_, Field::text};
  Effects effects(reading, matcher_, scopes_, tally_);
  for (std::size_t index = 0; index < matcher_.hits().size(); ++index) {
    const Hit& hit = matcher_.hits()[index];
    tally_.reset(rules_.slot_count(), false);
    (void)effects.enter(index);
    Voice voice{language_.rules[hit.rule].row, hit.begin, hit.end, hit.axis, {}};
    for (std::size_t side = 0; side < slots_.size(); ++side)
      voice.says[side] = tally_.logit(slots_[side]);
    voices_.push_back(voice);
  }
  add_biases();
}

}  // namespace testigo::classify
