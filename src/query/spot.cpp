#include "query/spot.h"

#include <algorithm>
#include <array>

#include "query/lexer.h"
#include "text/suggest.h"

namespace testigo::query {
namespace {

constexpr std::array<std::string_view, 5> operators = {"AND", "OR", "NOT", "NEAR", "ONEAR"};
constexpr std::array<std::string_view, 2> near_operators = {"NEAR", "ONEAR"};

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

bool are_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What may have been meant by a word; empty where it is just a word.
std::string operator_meant(std::string_view word) {
  const std::size_t slash = word.find('/');
  const std::string name = upper(word.substr(0, slash));
  if (slash == std::string_view::npos)
    return std::find(operators.begin(), operators.end(), name) == operators.end() ? "" : name;
  if (!are_digits(word.substr(slash + 1))) return {};
  const auto meant = text::did_you_mean(name, near_operators);
  return meant ? std::string(*meant) + std::string(word.substr(slash)) : std::string();
}

}  // namespace

Error error_at_filter(std::string_view text, const Filter& filter, std::string_view what,
                      Errc code) {
  const auto lexemes = lex(text);
  if (lexemes)
    for (const Lexeme& lexeme : *lexemes)
      if (lexeme.kind == Lexeme::Kind::term && lexeme.term.kind == Node::Kind::filter &&
          lexeme.term.filter == filter)
        return error_at(text, lexeme.begin, lexeme.end, what, code);
  return {code, std::string(what), "query"};
}

std::vector<std::string> likely_slips(std::string_view text) {
  std::vector<std::string> slips;
  const auto lexemes = lex(text);
  if (!lexemes) return slips;
  for (const Lexeme& lexeme : *lexemes) {
    if (lexeme.kind != Lexeme::Kind::term) continue;
    const std::string word(text.substr(lexeme.begin, lexeme.end - lexeme.begin));
    if (const std::string meant = operator_meant(word); !meant.empty())
      slips.push_back("\"" + word + "\" is a word here; the operator is " + meant);
  }
  return slips;
}

}  // namespace testigo::query
