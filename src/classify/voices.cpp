#include "classify/voices.h"

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
      tokenizer_(tokenizer_for(rules)) {
  for (const FieldRule& field : language.fields) {
    if (field.kind != FieldRule::Kind::bias) continue;
    const ValueSlot slot = rules.slot(field.rule.axis, field.rule.value);
    for (std::size_t side = 0; side < slots_.size(); ++side)
      if (slots_[side] == slot) biases_[side] += field.rule.weight;
  }
}

void VoiceReader::read(std::string_view text) {
  voices_.clear();
  tokens_ = tokenizer_.tokenize(text);
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
}

}  // namespace testigo::classify
