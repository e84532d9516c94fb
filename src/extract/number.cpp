#include "extract/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "text/normalize.h"
#include "text/numerals.h"

namespace testigo::extract {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A text with its numbers as ASCII writes them. It must outlive this, as this must the view.
class PlainNumbers {
 public:
  explicit PlainNumbers(std::string_view text) : text_(text) {
    if (!text::may_hold_other_numerals(text)) return;
    held_ = text::ascii_numerals(text);
    text_ = held_;
  }
  PlainNumbers(const PlainNumbers&) = delete;
  PlainNumbers& operator=(const PlainNumbers&) = delete;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string held_;
  std::string_view text_;
};

// Marks between groups of digits. Spaces and apostrophes only part thousands.
struct Mark {
  char kind = 0;  // '.', ',', ' ' for anything that only parts thousands; 0 none
  std::size_t size = 0;
};

Mark mark_at(std::string_view text) {
  if (text.empty()) return {};
  if (text[0] == '.' || text[0] == ',') return {text[0], 1};
  if (text[0] == ' ' || text[0] == '\'') return {' ', 1};
  if (text.starts_with("\xC2\xA0")) return {' ', 2};      // no-break space
  if (text.starts_with("\xE2\x80\xAF")) return {' ', 3};  // narrow no-break space
  if (text.starts_with("\xE2\x80\x99")) return {' ', 3};  // apostrophe
  return {};
}

std::size_t digits_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  return static_cast<std::size_t>(end - text.begin());
}

struct Token {
  std::vector<std::string_view> groups;
  std::string marks;  // between the groups
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The longest run of digit groups at `at` that can be one number.
Token token_at(std::string_view text, std::size_t at) {
  Token token{{}, {}, at, at};
  std::size_t length = digits_at(text.substr(at));
  token.groups.push_back(text.substr(at, length));
  token.end = at + length;
  while (token.end < text.size()) {
    const Mark mark = mark_at(text.substr(token.end));
    if (mark.kind == 0) break;
    length = digits_at(text.substr(token.end + mark.size));
    if (length == 0) break;
    const bool thousands = length == 3 && token.groups.back().size() <= 3;
    if (mark.kind == ' ' && !thousands) break;
    token.groups.push_back(text.substr(token.end + mark.size, length));
    token.marks += mark.kind;
    token.end += mark.size + length;
  }
  return token;
}

// Which mark, if any, begins the decimals: the last one when it differs from those before it, or
// stands alone and is not plainly a thousands mark.
bool last_mark_is_decimal(const Token& token, bool count) {
  if (token.marks.empty() || token.marks.back() == ' ') return false;
  const char last = token.marks.back();
  const std::string_view before(token.marks.data(), token.marks.size() - 1);
  if (before.find(last) != std::string_view::npos) return false;
  if (!before.empty()) return true;
  const bool three = token.groups.back().size() == 3 && token.groups[0].size() <= 3;
  const bool zero = token.groups[0] == "0";
  return !three || zero || (last == '.' && !count);
}

double value_of(const Token& token, bool count = false) {
  const bool decimal = last_mark_is_decimal(token, count);
  std::string digits;
  for (std::size_t i = 0; i < token.groups.size(); ++i) {
    if (decimal && i + 1 == token.groups.size()) digits += '.';
    digits += token.groups[i];
  }
  double value = 0.0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::vector<Token> tokens_in(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    tokens.push_back(token_at(text, at));
    at = tokens.back().end;
  }
  return tokens;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What a rating counts: "4 estrellas de 5", "4 stele din 5".
bool is_rating_unit(std::string_view word) {
  return is_one_of(
      word, {"star",   "stars",   "estrella", "estrellas", "estrelas", "stea",     "stele",
             "stern",  "sterne",  "sternen",  "étoile",    "étoiles",  "stella",   "stelle",
             "ster",   "sterren", "stjärnor", "stjerner",  "gwiazdki", "gwiazdek", "points",
             "puntos", "puncte",  "punkte",   "punkten",   "punti",    "pontos",   "bubbles"});
}

// What stands between a value and its scale: "4 / 5", "4 out of 5", "4 de 5", "4 von 5", "4 din 5".
bool parts_value_from_best(std::string_view between) {
  std::string word = text::ascii_lower(text::collapse_space(between));
  const std::size_t space = word.find(' ');
  if (space != std::string::npos && is_rating_unit(std::string_view(word).substr(0, space)))
    word.erase(0, space + 1);
  return is_one_of(word, {"/",
                          "of",
                          "out of",
                          "de",
                          "von",
                          "su",
                          "sur",
                          "din",
                          "van",
                          "av",
                          "af",
                          "z",
                          "из",
                          "out of a possible",
                          "out of a maximum of",
                          "de un total de",
                          "sobre",
                          "de cada",
                          "ud af",
                          "من",
                          "من أصل",
                          "از",
                          "uit"});
}

// Where the scale comes first: "5つ星のうち4.2", "5 üzerinden 4".
bool parts_best_from_value(std::string_view between) {
  return is_one_of(text::trim(between),
                   {"つ星のうち", "つ星中の", "つ星中", "点満点中", "点中", "점 만점에",
                    "점 만점 중", "üzerinden", "yıldız üzerinden", "csillagból", "星中的"});
}

// The part of one that "½" and its like add to the number before, with or without a blank.
double fraction_at(std::string_view text) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with("½")) return 0.5;
  if (text.starts_with("¼")) return 0.25;
  if (text.starts_with("¾")) return 0.75;
  return 0.0;
}

// "3 1/2 stars" is half a star more than three, not one of two.
bool is_written_half(std::string_view text, const Token& whole, const Token& one,
                     const Token& two) {
  return text.substr(whole.end, one.begin - whole.end) == " " && value_of(one) == 1.0 &&
         text.substr(one.end, two.begin - one.end) == "/" && value_of(two) == 2.0;
}

// "03/10/2026": a third number follows as the second does.
bool is_date_at(std::string_view text, const std::vector<Token>& tokens, std::size_t first) {
  if (first + 2 >= tokens.size()) return false;
  const auto slash_behind = [&](std::size_t i) {
    return text.substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end) == "/";
  };
  return slash_behind(first) && slash_behind(first + 1);
}

// Stars drawn as characters: "★★★★☆", "★★★½". An unfilled row alone is what others are laid over.
std::optional<WrittenRating> rating_of_glyphs(std::string_view text) {
  double filled = 0.0;
  double empty = 0.0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("★") || rest.starts_with("⭐")) filled += 1.0;
    if (rest.starts_with("☆")) empty += 1.0;
    if (rest.starts_with("½") && filled > 0.0) filled += 0.5;
  }
  constexpr double most = 10.0;
  if (filled == 0.0 || filled + empty > most) return std::nullopt;
  if (empty == 0.0) return WrittenRating{filled, std::nullopt};
  return WrittenRating{filled, std::ceil(filled) + empty};
}

// " stars out of five stars", " din cinci stele"
bool goes_on_with_five(std::string_view after) {
  const std::string lower = text::ascii_lower(text::collapse_space(after));
  for (const std::string_view five :
       {"five", "cinco", "cinci", "cinq", "fünf", "cinque", "vijf", "pięciu"}) {
    const std::size_t at = lower.find(five);
    if (at != std::string::npos && parts_value_from_best(std::string_view(lower).substr(0, at)))
      return true;
  }
  return false;
}

bool is_percent(std::string_view after) { return text::trim(after).starts_with('%'); }

double magnitude(std::string_view after) {
  const std::string lower = text::ascii_lower(text::trim(after));
  const std::string_view word = std::string_view(lower).substr(0, lower.find_first_of(" .+"));
  if (is_one_of(word, {"k", "mil", "mii", "mila", "tsd", "тыс"})) return 1e3;
  if (is_one_of(word, {"m", "mio", "mln", "млн"}) || word.starts_with("mil")) return 1e6;
  return 1.0;
}

// What is counted where a text counts several things: "12 reviews, 4 questions".
bool names_reviews(std::string_view after) {
  const std::string lower = text::ascii_lower(text::trim(after));
  const std::string_view rest = lower;
  for (const std::string_view word :
       {"review", "rating", "opinion", "valoraci", "reseña", "recenzi", "evalu", "avis",
        "bewertung", "recension", "avaliaç", "global rating", "customer review", "beoordeling"})
    if (rest.starts_with(word)) return true;
  return false;
}

std::optional<std::int64_t> whole(double value) {
  constexpr double largest = 9e15;  // beyond it doubles skip whole numbers
  if (!(value >= 0.0) || value > largest || value != std::floor(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::vector<double> numbers_in(std::string_view written) {
  const PlainNumbers plain(written);
  std::vector<double> numbers;
  for (const Token& token : tokens_in(plain.text())) numbers.push_back(value_of(token));
  return numbers;
}

std::optional<double> parse_number(std::string_view written) {
  const PlainNumbers plain(written);
  std::string_view text = text::trim(plain.text());
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool leading_mark = text.size() > 1 && text[0] == '.' && is_digit(text[1]);
  if (leading_mark) text.remove_prefix(1);
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  const Token token = token_at(text, 0);
  const std::string_view rest = text::trim(text.substr(token.end));
  if (!rest.empty() && rest != "%" && rest != ".") return std::nullopt;
  double value = value_of(token);
  if (leading_mark) {
    const auto digits = static_cast<double>(token.groups[0].size());
    value = token.groups.size() == 1 ? value / std::pow(10.0, digits) : value;
  }
  return negative ? -value : value;
}

std::optional<std::int64_t> parse_count(std::string_view written) {
  const PlainNumbers plain(written);
  const std::string_view text = plain.text();
  std::vector<Token> tokens = tokens_in(text);
  // A value and its scale are no count: "4.5/5 (23)", "4 out of 5 based on …".
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::size_t begin = tokens[i].end;
    if (!parts_value_from_best(text.substr(begin, tokens[i + 1].begin - begin))) continue;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                 tokens.begin() + static_cast<std::ptrdiff_t>(i) + 2);
    break;
  }
  for (const Token& token : tokens) {
    if (token.begin > 0 && text[token.begin - 1] == '-' && tokens.size() == 1) return std::nullopt;
    const bool bracketed = token.begin > 0 && text[token.begin - 1] == '(';
    if (!bracketed && tokens.size() > 1 && !names_reviews(text.substr(token.end))) continue;
    return whole(value_of(token, true) * magnitude(text.substr(token.end)));
  }
  return std::nullopt;
}

std::optional<WrittenRating> parse_rating(std::string_view written) {
  const PlainNumbers plain(written);
  const std::string_view text = plain.text();
  const std::vector<Token> tokens = tokens_in(text);
  if (tokens.empty()) return rating_of_glyphs(text);
  if (tokens.size() == 3 && is_written_half(text, tokens[0], tokens[1], tokens[2]))
    return WrittenRating{value_of(tokens[0]) + 0.5, std::nullopt};
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (is_date_at(text, tokens, i)) return std::nullopt;
    const std::size_t begin = tokens[i].end;
    const std::string_view between = text.substr(begin, tokens[i + 1].begin - begin);
    const double first = value_of(tokens[i]);
    const double second = value_of(tokens[i + 1]);
    if (parts_value_from_best(between)) return WrittenRating{first, second};
    if (parts_best_from_value(between)) return WrittenRating{second, first};
  }
  const std::string_view after = text.substr(tokens[0].end);
  WrittenRating rating{value_of(tokens[0]) + fraction_at(after), std::nullopt};
  if (is_percent(after)) rating.best = 100.0;
  if (tokens.size() == 1 && goes_on_with_five(after)) rating.best = 5.0;
  return rating;
}

bool counts_stars(std::string_view written) {
  const PlainNumbers plain(written);
  const std::string_view text = text::trim(plain.text());
  if (text.empty() || !is_digit(text[0])) return false;
  const std::string words =
      text::ascii_lower(text::collapse_space(text.substr(token_at(text, 0).end)));
  const std::size_t end = std::min(words.find(' '), words.size());
  const std::string_view rest = text::trim(std::string_view(words).substr(end));
  return is_rating_unit(std::string_view(words).substr(0, end)) &&
         (rest.empty() || is_one_of(rest, {"rating", "review"}));
}

std::optional<double> scale_at_start(std::string_view written) {
  const PlainNumbers plain(written);
  const std::string_view text = plain.text();
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos || !parts_value_from_best(text.substr(0, digit))) {
    return std::nullopt;
  }
  return value_of(token_at(text, digit));
}

}  // namespace testigo::extract
