#include "query/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "query/filter.h"
#include "text/suggest.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::query {
namespace {

constexpr std::size_t drawn_width = 76;  // code points of the query shown above the carets

bool is_blank(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || c == 0x202F ||
         (c >= 0x2000 && c <= 0x200B);
}

// Word processors turn " into these, and queries are pasted.
bool is_quote(char32_t c) {
  return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

bool ends_run(char32_t c) {
  return is_blank(c) || is_quote(c) || c == '(' || c == ')' || c == '{' || c == '}';
}

// One pass over the query's text.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Lexeme>> run() {
    while (skip_blanks()) {
      auto lexeme = next();
      if (!lexeme) return fail(std::move(lexeme).error());
      lexemes_.push_back(*std::move(lexeme));
      if (lexemes_.size() > 4 * max_terms)
        return fail(error_at(text_, at_, text_.size(),
                             "too long: at most " + std::to_string(max_terms) + " terms",
                             Errc::limit_exceeded));
    }
    return std::move(lexemes_);
  }

 private:
  using Kind = Lexeme::Kind;

  bool skip_blanks() {
    while (at_ < text_.size()) {
      const auto c = text::decode(text_, at_);
      if (!is_blank(c.value)) return true;
      at_ += c.size;
    }
    return false;
  }

  Result<Lexeme> next() {
    const std::size_t begin = at_;
    const auto c = text::decode(text_, at_);
    if (c.value == '(' || c.value == ')') {
      at_ += c.size;
      Lexeme bracket;
      bracket.kind = c.value == '(' ? Kind::open : Kind::close;
      bracket.begin = begin;
      bracket.end = at_;
      return bracket;
    }
    if (c.value == '}') return fail(error_at(text_, begin, begin + 1, "'}' without '{' before it"));
    if (c.value == '{') return braced(begin);
    if (is_quote(c.value)) return phrase(begin, begin);
    return run_of_letters(begin);
  }

  // The content of a quotation that opens at `quote`; at_ ends behind the closing mark.
  Result<std::string_view> quoted(std::size_t quote) {
    at_ = quote + text::decode(text_, quote).size;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const auto c = text::decode(text_, at_);
      const std::size_t end = at_;
      at_ += c.size;
      if (is_quote(c.value)) return text_.substr(begin, end - begin);
    }
    return fail(error_at(text_, quote, quote + 1, "this quotation mark has no partner; close it"));
  }

  Result<Lexeme> phrase(std::size_t begin, std::size_t quote) {
    auto content = quoted(quote);
    if (!content) return fail(std::move(content).error());
    return words_term(begin, *content, WordKind::any, false);
  }

  Result<Lexeme> braced(std::size_t begin) {
    const auto close = text_.find('}', begin);
    if (close == std::string_view::npos)
      return fail(error_at(text_, begin, begin + 1, "'{' without '}' behind it"));
    at_ = close + 1;
    return words_term(begin, text_.substr(begin + 1, close - begin - 1), WordKind::any, true);
  }

  Result<Lexeme> run_of_letters(std::size_t begin) {
    while (at_ < text_.size()) {
      const auto c = text::decode(text_, at_);
      if (ends_run(c.value)) break;
      at_ += c.size;
    }
    const std::string_view run = text_.substr(begin, at_ - begin);
    if (auto op = operator_of(run, begin)) return *std::move(op);
    if (const auto colon = run.find(':');
        colon != std::string_view::npos && is_field_like(run, colon))
      return field(begin, run, colon);
    if (run.size() > 1 && run.front() == '-')
      return fail(error_at(text_, begin, at_,
                           "'-' does not exclude here; write NOT " + std::string(run.substr(1))));
    if (run == "-" && at_ < text_.size() && is_quote(text::decode(text_, at_).value))
      return fail(error_at(text_, begin, at_, "'-' does not exclude here; write NOT"));
    if (run.front() == '#') return words_term(begin, run.substr(1), WordKind::hashtag, false);
    if (run.front() == '@') return words_term(begin, run.substr(1), WordKind::mention, false);
    return words_term(begin, run, WordKind::any, false);
  }

  std::optional<Result<Lexeme>> operator_of(std::string_view run, std::size_t begin) {
    Lexeme lexeme;
    lexeme.begin = begin;
    lexeme.end = at_;
    if (run == "AND")
      lexeme.kind = Kind::and_op;
    else if (run == "OR")
      lexeme.kind = Kind::or_op;
    else if (run == "NOT")
      lexeme.kind = Kind::not_op;
    else
      return near_of(run, lexeme);
    return lexeme;
  }

  std::optional<Result<Lexeme>> near_of(std::string_view run, Lexeme lexeme) {
    lexeme.kind = Kind::near_op;
    lexeme.ordered = run.starts_with("ONEAR");
    lexeme.distance = default_distance;
    const std::string_view name = lexeme.ordered ? "ONEAR" : "NEAR";
    if (run == name) return lexeme;
    if (!run.starts_with(name) || run[name.size()] != '/') return std::nullopt;
    const std::string_view digits = run.substr(name.size() + 1);
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, lexeme.distance);
    if (error == std::errc() && stop == end && lexeme.distance >= 0 &&
        lexeme.distance <= max_distance)
      return lexeme;
    return fail(error_at(text_, lexeme.begin, lexeme.end,
                         std::string(name) + " takes a number of words from 0 to " +
                             std::to_string(max_distance) + ": " + std::string(name) + "/5"));
  }

  // "lang:" but not "10:30" nor "https://…".
  static bool is_field_like(std::string_view run, std::size_t colon) {
    const std::string_view name = run.substr(0, colon);
    return !name.empty() && !run.substr(colon + 1).starts_with("//") &&
           std::all_of(name.begin(), name.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
           });
  }

  Result<Lexeme> field(std::size_t begin, std::string_view run, std::size_t colon) {
    const std::string_view name = run.substr(0, colon);
    const auto known = parse_field(name);
    if (!known) return fail(unknown_field(begin, name, run));
    const std::size_t value_begin = begin + colon + 1;
    std::string_view value = run.substr(colon + 1);
    if (value.empty() && at_ < text_.size() && is_quote(text::decode(text_, at_).value)) {
      auto content = quoted(at_);
      if (!content) return fail(std::move(content).error());
      value = *content;
    }
    if (value.empty())
      return fail(error_at(text_, begin, at_,
                           std::string(name) + ": needs a value, without a "
                                               "blank after the colon"));
    auto filter = parse_filter(*known, value);
    if (!filter)
      return fail(error_at(text_, value_begin, at_, filter.error().what, filter.error().code));
    Lexeme lexeme;
    lexeme.begin = begin;
    lexeme.end = at_;
    lexeme.term.kind = Node::Kind::filter;
    lexeme.term.filter = *std::move(filter);
    return lexeme;
  }

  [[nodiscard]] Error unknown_field(std::size_t begin, std::string_view name,
                                    std::string_view run) const {
    std::string what = "unknown field '" + std::string(name) + "'";
    if (const auto near = text::did_you_mean(name, field_names())) {
      what += "; did you mean '" + std::string(*near) + "'?";
    } else {
      what += "; to search for the words, write \"" + std::string(run) + "\". Fields:";
      for (const std::string_view field : field_names()) what += " " + std::string(field);
    }
    return error_at(text_, begin, begin + name.size(), what);
  }

  Result<Lexeme> words_term(std::size_t begin, std::string_view content, WordKind kind,
                            bool exact) {
    const bool prefix = !exact && content.size() > 1 && content.ends_with('*');
    if (const auto star = content.substr(0, content.size() - (prefix ? 1 : 0)).find('*');
        !exact && star != std::string_view::npos && content.size() > 1)
      return fail(error_at(text_, begin, at_, "'*' stands only at the end of a word: wild*"));
    const auto found = text::words(content);
    if (found.empty())
      return fail(error_at(text_, begin, at_, "there is no word to search for here; leave it out"));
    if (prefix && found.back().end + 1 != content.size())
      return fail(error_at(text_, begin, at_, "'*' stands only at the end of a word: wild*"));
    Lexeme lexeme;
    lexeme.begin = begin;
    lexeme.end = at_;
    for (const auto& word : found) {
      Word made;
      made.folded = word.folded;
      if (exact) made.exact = content.substr(word.begin, word.end - word.begin);
      lexeme.term.words.push_back(std::move(made));
    }
    lexeme.term.words.front().kind = kind;
    lexeme.term.words.back().prefix = prefix;
    return lexeme;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Lexeme> lexemes_;
};

// A character of the query as drawn: what could act on a terminal becomes a blank.
std::string drawn(char32_t c) {
  const bool acts = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
                    (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
  return acts ? " " : text::encode(c);
}

}  // namespace

Result<std::vector<Lexeme>> lex(std::string_view text) { return Lexer(text).run(); }

Error error_at(std::string_view text, std::size_t begin, std::size_t end, std::string_view what,
               Errc code) {
  begin = std::min(begin, text.size());
  const std::size_t column = text::count_code_points(text.substr(0, begin));
  // Of a long query, the part around the spot: some columns before it are enough to find it.
  const std::size_t first = column > drawn_width / 2 ? column - drawn_width / 2 : 0;
  std::string line;
  std::string carets;
  std::size_t index = 0;
  for (std::size_t at = 0; at < text.size() && index < first + drawn_width; ++index) {
    const auto c = text::decode(text, at);
    if (index >= first) {
      line += drawn(c.value);
      if (at < begin)
        carets += ' ';
      else if (at < std::max(end, begin + 1))
        carets += '^';
    }
    at += c.size;
  }
  if (begin >= text.size()) carets += '^';
  return {code, std::string(what) + "\n  " + line + "\n  " + carets,
          "query:" + std::to_string(column + 1)};
}

}  // namespace testigo::query
