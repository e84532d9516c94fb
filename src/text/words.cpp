#include "text/words.h"

#include <array>
#include <utility>

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

// ASCII letters and digits, folded; 0 for all other bytes.
constexpr std::array<char, 256> plain_bytes = [] {
  std::array<char, 256> folded{};
  for (unsigned char c = '0'; c <= '9'; ++c) folded[c] = static_cast<char>(c);
  for (unsigned char c = 'a'; c <= 'z'; ++c) folded[c] = folded[c - 32U] = static_cast<char>(c);
  return folded;
}();
char plain_at(std::string_view text, std::size_t at) {
  return at < text.size() ? plain_bytes[static_cast<unsigned char>(text[at])] : '\0';
}
bool is_ascii(char c) { return (c & 0x80) == 0; }

// One text's way into its words.
class WordPacker {
 public:
  explicit WordPacker(std::string_view text) : text_(text) {
    out_.folded.reserve(text.size());
    out_.words.reserve(text.size() / usual_word_bytes + 1);
  }

  PackedWords run() {
    while (at_ < text_.size()) {
      if (plain_at(text_, at_) != '\0') {
        plain_run();
      } else if (is_ascii(text_[at_])) {  // parts words, as all of ASCII but letters and digits
        finish();
        ++at_;
      } else {
        beyond_ascii();
      }
    }
    finish();
    return std::move(out_);
  }

 private:
  void start_or_go_on() {
    if (out_.folded.size() == word_begin_) begin_ = at_;
  }

  void plain_run() {  // most words are one such run
    start_or_go_on();
    for (char c = 0; (c = plain_at(text_, at_)) != '\0'; ++at_) out_.folded += c;
    end_ = at_;
  }

  void beyond_ascii() {
    const Step step = step_at(text_, at_);
    const CharClass kind = step.facts.kind;
    const bool alone = kind == CharClass::ideograph;
    if (alone || !joins_word(kind)) finish();
    if (alone || (joins_word(kind) && kind != CharClass::ignored)) {
      start_or_go_on();
      append_word_bytes(out_.folded, step.facts.folded);
      end_ = at_ + step.size;
    }
    if (alone) finish();
    at_ += step.size;
  }

  void finish() {
    if (out_.folded.size() == word_begin_) return;
    word_begin_ = out_.folded.size();
    out_.words.push_back({static_cast<std::uint32_t>(word_begin_), begin_, end_});
  }

  std::string_view text_;
  PackedWords out_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;       // of the word in hand, in the text
  std::size_t end_ = 0;
  std::size_t word_begin_ = 0;  // of the word in hand, in out_.folded
};

}  // namespace

PackedWords packed_words(std::string_view text) { return WordPacker(text).run(); }

std::vector<Word> words(std::string_view text) {
  const PackedWords packed = packed_words(text);
  std::vector<Word> out;
  out.reserve(packed.words.size());
  std::size_t from = 0;
  for (const PackedWord& word : packed.words) {
    out.push_back({packed.folded.substr(from, word.folded_end - from), word.begin, word.end});
    from = word.folded_end;
  }
  return out;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> out;
  for (Word& word : words(text)) out.push_back(std::move(word.folded));
  return out;
}

}  // namespace testigo::text
