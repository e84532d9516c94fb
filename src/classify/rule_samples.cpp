#include "classify/rule_samples.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace testigo::classify {
namespace {

constexpr double golden_ratio = 1.618;
constexpr std::string_view stranger = "qq";  // a word that no rule knows
constexpr std::size_t max_samples = 120;     // of one pattern; of longer ones some stand for all

// As a stranger would write one.
std::string_view example_of(text::TokenKind kind) {
  switch (kind) {
    case text::TokenKind::word:
      return stranger;
    case text::TokenKind::number:
      return "7";
    case text::TokenKind::url:
      return "https://sample.example/";
    case text::TokenKind::mention:
      return "@qq";
    case text::TokenKind::emoji:
      return "\U0001F4CE";  // a paperclip, of which no rule thinks anything
    case text::TokenKind::question:
      return "?";
    case text::TokenKind::exclaim:
      return "!";
    case text::TokenKind::money:
      return "$";
  }
  return "";
}

std::string_view words_of(AtomId atom, const AtomSets& sets) {
  return AtomSets::kind_of(atom) == AtomSets::Kind::token_kind
             ? example_of(AtomSets::token_kind_of(atom))
             : sets.text_of(atom);
}

void add_word(std::string& text, std::string_view word) {
  // "'s" is written to the word before it, as are marks.
  const bool joins = word.starts_with('\'') || word == "?" || word == "!";
  if (!text.empty() && !joins) text += ' ';
  text += word;
}

// The way's `turn`th sample: of each choice another word, gaps short and long in turn.
std::string sample(const Sequence& way, const AtomSets& sets, std::size_t turn) {
  std::string text;
  for (const Element& element : way) {
    switch (element.kind) {
      case Element::Kind::one_of: {
        const auto atoms = sets.atoms(element.set);
        add_word(text, words_of(atoms[turn % atoms.size()], sets));
        break;
      }
      case Element::Kind::gap:
        for (int i = turn % 2 == 0 ? element.min : element.max; i > 0; --i)
          add_word(text, example_of(text::TokenKind::word));
        break;
      case Element::Kind::brand:
        add_word(text, sample_brand);
        break;
      case Element::Kind::sentence_start:
      case Element::Kind::sentence_end:
        break;
    }
  }
  return text;
}

// How many samples it takes to have each word of a choice, and gaps of both lengths.
std::size_t turns_of(const Sequence& way, const AtomSets& sets) {
  std::size_t turns = 1;
  for (const Element& element : way) {
    if (element.kind == Element::Kind::one_of)
      turns = std::max(turns, sets.atoms(element.set).size());
    if (element.kind == Element::Kind::gap) turns = std::max<std::size_t>(turns, 2);
  }
  return turns;
}

}  // namespace

std::vector<std::string> samples_of(const std::vector<Sequence>& ways, const AtomSets& sets) {
  std::vector<std::string> samples;
  // Strides that share no factor with the number of ways come to each of them, and do not fall in
  // step with the order in which choices were written out.
  auto stride = static_cast<std::size_t>(static_cast<double>(ways.size()) / golden_ratio) + 1;
  while (std::gcd(stride, ways.size()) > 1) ++stride;
  std::size_t at = 0;
  for (std::size_t i = 0; i < ways.size(); ++i, at = (at + stride) % ways.size()) {
    const std::size_t turns = turns_of(ways[at], sets);
    for (std::size_t turn = 0; turn < turns; ++turn) {
      if (samples.size() >= max_samples) return samples;
      samples.push_back(sample(ways[at], sets, turn));
      // Rules for the beginning of a sentence take what stands there, and nothing elsewhere.
      if (ways[at].front().kind != Element::Kind::sentence_start)
        samples.push_back(std::string(stranger) + " " + samples.back());
    }
  }
  return samples;
}

}  // namespace testigo::classify
