#include "text/words.h"

#include "text/char_table.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::size_t usual_word_bytes = 5;  // with what parts it from the next one

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

// The letters and digits of a folded character: "½" folds to "1⁄2", whose slash would part words.
void append_word_bytes(std::string& out, const FoldedChar& folded) {
  const std::string_view bytes = folded.view();
  for (std::size_t at = 0; at < bytes.size();) {
    const Step step = step_at(bytes, at);
    const bool is_ideograph = step.facts.kind == CharClass::ideograph;
    if (joins_word(step.facts.kind) || is_ideograph) out += bytes.substr(at, step.size);
    at += step.size;
  }
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

void append_plain(std::string& out, std::string_view plain) {
  const std::size_t before = out.size();
  out += plain;
  for (std::size_t i = before; i < out.size(); ++i)
    out[i] = static_cast<char>(out[i] | (is_upper(out[i]) ? 0x20 : 0));
}

// Where the ASCII letters and digits that begin at `at` end.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9');
  };
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace

std::vector<Word> words(std::string_view text) {
  std::vector<Word> out;
  out.reserve(text.size() / usual_word_bytes + 1);
  Word word;
  const auto finish = [&] {
    if (!word.folded.empty()) out.push_back(std::move(word));
    word = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = end_of_plain(text, at); end > at) {  // most words are one such run
      if (word.folded.empty()) word.begin = at;
      append_plain(word.folded, text.substr(at, end - at));
      word.end = at = end;
      continue;
    }
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
