#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/chunk.h"

namespace testigo::text {

// A word as it is searched for: folded (text/fold.h), and where it stands in the text as given.
struct Word {
  std::string folded;
  std::size_t begin = 0;  // byte offsets, on character borders
  std::size_t end = 0;

  friend bool operator==(const Word&, const Word&) = default;
};

// The words of a text for searching: runs of letters, marks and digits, folded. Everything else
// parts them: "Acme's e-mail #FreeAcme 3.5" → acme s e mail freeacme 3 5. Ideographs and kana are
// one word each. A word contains letters and digits only, never a space, quote or other
// punctuation. Queries and the full-text index both use this, so that what is asked meets what is
// stored.
[[nodiscard]] std::vector<Word> words(std::string_view text);

// The same where a word each is too many strings: their bytes stand one after the other.
struct PackedWord {
  std::uint32_t folded_end = 0;  // in `folded`; it begins where the word before ends
  std::size_t begin = 0;         // as of Word
  std::size_t end = 0;
};
struct PackedWords {
  std::string folded;
  std::vector<PackedWord> words;
};
[[nodiscard]] PackedWords packed_words(std::string_view text);
[[nodiscard]] std::vector<std::string> folded_words(std::string_view text);

// What the classifier reads.
enum class TokenKind : std::uint8_t {
  word,  // letters, with inner apostrophes ("don't"), digits ("4k") and stars for letters ("sh*t");
         // hyphens part words; a lone %
  number,    // "3", "3.5", "1,200", "4/5", "10:30"; of "48hrs" the 48
  url,       // http://…, www.…, and e-mail addresses
  mention,   // @name
  emoji,     // one pictograph with its modifiers, a flag, or a literal symbol such as ":-)"
  question,  // a run of ?, with or without !
  exclaim,   // a run of !
  money,     // a lone currency sign: $ € £
};

// Facts about a token, or about what stands between it and the token before it.
enum TokenFlag : std::uint16_t {
  all_caps = 1,         // at least two letters, all of them capitals
  elongated = 2,        // a letter three times or more in a row: "soooo"
  in_hashtag = 4,       // a word of a hashtag: "#BadService" gives bad and service
  starts_sentence = 8,  // first of its sentence
  after_comma = 16,     // , ; : – ( ) and the like stand before it in the same sentence
  after_quote = 32,     // an opening or closing quotation mark stands before it
  capitalized = 64,     // begins with a capital
  glued = 128,          // nothing at all stands between it and the token before it
  quoted_line = 256,    // its line opens with ">", the quotation of mail and forums
  after_hyphen = 512,   // a hyphen joins it to the token before it: "well-made"
};

struct Token {
  std::uint32_t begin = 0;  // bytes of the text as given, on character borders
  std::uint32_t end = 0;
  std::uint64_t head = 0;          // head_of its folded form (text/chunk.h)
  std::uint32_t folded_begin = 0;  // into the tokenizer's folded bytes
  std::uint32_t sentence = 0;      // number of its sentence, from 0
  std::uint16_t folded_size = 0;
  std::uint16_t flags = 0;
  std::uint16_t count = 1;  // of marks in a run of ? or !
  TokenKind kind = TokenKind::word;

  [[nodiscard]] bool has(TokenFlag flag) const { return (flags & flag) != 0; }
};

// Bytes of one text that are tokenized; what lies beyond is left out. Reviews end far below this.
inline constexpr std::size_t max_token_text_bytes = 1 << 20;

// Cuts texts into tokens in one pass. It keeps its buffers between texts, so that a thread which
// reuses one allocates nothing per token; results live until the next call. Not thread-safe: one a
// thread. Sentences end at . ! ? … and at a line break; a period within a number, a domain or an
// abbreviation of single letters ends none, nor does the break of a wrapped line (a long one that
// goes on in lower case).
class Tokenizer {
 public:
  // `symbols` are kept whole as tokens of kind emoji: emoticons such as ":-)" and "<3". Copied.
  explicit Tokenizer(std::span<const std::string_view> symbols = {});

  [[nodiscard]] std::span<const Token> tokenize(std::string_view text);
  // The folded form of a token of the latest text: "tepapa"; marks and signs as themselves.
  [[nodiscard]] std::string_view folded(const Token& token) const {
    return {folded_.view().data() + token.folded_begin, token.folded_size};
  }
  // Whether any token of the latest text has the flag.
  [[nodiscard]] bool met(TokenFlag flag) const { return (met_flags_ & flag) != 0; }

 private:
  friend class TokenizerPass;

  // By first byte and then the longest first; those that begin with byte b lie from
  // symbol_ranges_[b] up to symbol_ranges_[b + 1].
  std::vector<std::string> symbols_;
  std::array<std::uint32_t, 257> symbol_ranges_{};
  // By first byte: the second bytes of such symbols, each as one of 64 bits.
  std::array<std::uint64_t, 256> symbol_seconds_{};
  std::vector<Token> tokens_;
  std::uint16_t met_flags_ = 0;
  ChunkedBytes folded_;
};

}  // namespace testigo::text
