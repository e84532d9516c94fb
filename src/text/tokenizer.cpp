#include "text/tokenizer_pass.h"

namespace testigo::text {

void TokenizerPass::run() {
  open_line();
  while (at_ < text_.size()) next();
  out_.met_flags_ = met_;
}

void TokenizerPass::next() {
  const char c = text_[at_];
  if (c == ' ') return skip(0);
  const std::size_t byte = static_cast<unsigned char>(c);
  if (may_be_symbol(byte) && symbol(byte)) return;
  if (is_letter(c)) return plain_word() ? void() : word();
  if (is_digit(c)) return number();
  if (is_high(c)) return beyond_ascii();
  punctuation(c);
}

bool TokenizerPass::is_word_char(std::size_t at) const {
  if (at >= text_.size()) return false;
  const char c = text_[at];
  if (!is_high(c)) return is_letter(c) || is_digit(c);
  const CharClass kind = char_facts(decode(text_, at).value).kind;
  return kind == CharClass::letter || kind == CharClass::digit;
}

bool TokenizerPass::is_lower_at(std::size_t at) const {
  if (at >= text_.size()) return false;
  if (!is_high(text_[at])) return is_lower(text_[at]);
  const CharFacts facts = char_facts(decode(text_, at).value);
  return facts.kind == CharClass::letter && !facts.upper;
}

Token& TokenizerPass::emit(TokenKind kind, std::size_t begin, std::size_t end,
                           std::size_t folded_begin, std::uint64_t head) {
  if (sentence_ended_) {
    ++sentence_;
    pending_ = static_cast<std::uint16_t>((pending_ & ~after_comma) | starts_sentence);
    sentence_ended_ = false;
  }
  if (last_end_ == begin) pending_ |= glued;
  last_end_ = end;
  Token token;
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(end);
  token.folded_begin = static_cast<std::uint32_t>(folded_begin);
  token.folded_size = static_cast<std::uint16_t>(std::min<std::size_t>(
      out_.folded_.size() - folded_begin, std::numeric_limits<std::uint16_t>::max()));
  token.kind = kind;
  token.flags = static_cast<std::uint16_t>(pending_ | line_flags_);
  token.sentence = sentence_;
  token.head = head;
  met_ |= token.flags;
  pending_ = 0;
  return out_.tokens_.emplace_back(token);
}

void TokenizerPass::sign(TokenKind kind, std::size_t bytes) {
  const std::size_t folded_begin = out_.folded_.size();
  out_.folded_.append(text_.substr(at_, bytes));
  emit(kind, at_, at_ + bytes, folded_begin);
  at_ += bytes;
}

// A look at the second byte spares nearly all comparisons.
bool TokenizerPass::may_be_symbol(std::size_t first_byte) const {
  return (out_.symbol_seconds_[first_byte] >> (static_cast<unsigned char>(peek(1)) % 64) & 1) != 0;
}

bool TokenizerPass::symbol(std::size_t first_byte) {
  for (std::uint32_t i = out_.symbol_ranges_[first_byte]; i < out_.symbol_ranges_[first_byte + 1];
       ++i) {
    const std::string& symbol = out_.symbols_[i];
    if (text_.compare(at_, symbol.size(), symbol) != 0) continue;
    const std::size_t end = at_ + symbol.size();
    const bool word_before = at_ > 0 && is_letter_or_digit(text_[at_ - 1]);
    const bool word_after = end < text_.size() && is_letter_or_digit(text_[end]);
    // "xD" is no emoticon inside a word, nor is "8)" after a digit or ":D" before letters.
    if (is_letter_or_digit(symbol.front()) && word_before) continue;
    if (is_letter_or_digit(symbol.back()) && word_after) continue;
    sign(TokenKind::emoji, symbol.size());
    return true;
  }
  return false;
}

Tokenizer::Tokenizer(std::span<const std::string_view> symbols)
    : symbols_(symbols.begin(), symbols.end()) {
  std::erase_if(symbols_, [](const std::string& symbol) { return symbol.empty(); });
  const auto first = [](const std::string& symbol) {
    return static_cast<unsigned char>(symbol.front());
  };
  std::stable_sort(symbols_.begin(), symbols_.end(),
                   [&](const std::string& a, const std::string& b) {
                     return first(a) != first(b) ? first(a) < first(b) : a.size() > b.size();
                   });
  for (const std::string& symbol : symbols_) {
    ++symbol_ranges_[first(symbol) + 1u];
    const auto second = symbol.size() > 1 ? static_cast<unsigned char>(symbol[1]) : 0u;
    symbol_seconds_[first(symbol)] |=
        symbol.size() > 1 ? std::uint64_t{1} << (second % 64) : ~std::uint64_t{0};
  }
  for (std::size_t byte = 0; byte < 256; ++byte) symbol_ranges_[byte + 1] += symbol_ranges_[byte];
}

std::span<const Token> Tokenizer::tokenize(std::string_view text) {
  tokens_.clear();
  folded_.clear();
  const std::size_t size = char_border(text, std::min(text.size(), max_token_text_bytes));
  TokenizerPass(*this, text.substr(0, size)).run();
  return tokens_;
}

}  // namespace testigo::text
