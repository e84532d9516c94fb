#include "text/words.h"

#include "text/char_table.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The next character as a search word sees it.
struct Step {
  CharFacts facts;
  std::size_t size = 0;
};

Step step_at(std::string_view text, std::size_t at) {
  const CodePoint point = decode(text, at);
  return {char_facts(point.value), point.size};
}

bool joins_word(CharClass kind) {
  return kind == CharClass::letter || kind == CharClass::digit || kind == CharClass::ignored;
}

// A folded character that is made of word bytes; "½" folds to "1⁄2", whose slash would part words.
void append_word_bytes(std::string& out, const FoldedChar& folded) {
  for (const char c : folded.view()) {
    if (static_cast<unsigned char>(c) >= 0x80 || is_ascii_word(c)) out += c;
  }
}

}  // namespace

std::vector<Word> words(std::string_view text) {
  std::vector<Word> out;
  Word word;
  const auto finish = [&] {
    if (!word.folded.empty()) out.push_back(std::move(word));
    word = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    const CharClass kind = step.facts.kind;
    if (kind == CharClass::ideograph || !joins_word(kind)) finish();
    if (kind == CharClass::ideograph || (joins_word(kind) && kind != CharClass::ignored)) {
      if (word.folded.empty()) word.begin = at;
      append_word_bytes(word.folded, step.facts.folded);
      word.end = at + step.size;
    }
    if (kind == CharClass::ideograph) finish();
    at += step.size;
  }
  finish();
  return out;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> out;
  for (Word& word : words(text)) out.push_back(std::move(word.folded));
  return out;
}

}  // namespace testigo::text
