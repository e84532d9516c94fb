#include "classify/durations.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

namespace testigo::classify {
namespace {

// "a quarter of an", "and three quarters of" are the longest that are written out.
constexpr std::uint32_t max_number_words = 4;

// A claim of more than this is a slip or a joke, and would overflow sums.
constexpr double max_seconds = 3.2e10;  // a thousand years

// What words stand for, and the tokens that they are.
struct Number {
  double value = 0.0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

using Values = std::map<std::string, double, std::less<>>;

// "3", "2.5", "2,5"; not "1,200", which no one writes before a unit of time.
std::optional<double> digits_value(std::string_view digits) {
  std::string plain(digits);
  std::replace(plain.begin(), plain.end(), ',', '.');
  double value = 0.0;
  const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (read.ec != std::errc() || read.ptr != plain.data() + plain.size()) return std::nullopt;
  return value;
}

class Finder {
 public:
  Finder(const Reading& reading, const text::Tokenizer& tokenizer, const Scopes& scopes,
         std::span<const Outcome> outcomes)
      : reading_(reading), tokenizer_(tokenizer), scopes_(scopes), outcomes_(outcomes) {}

  [[nodiscard]] std::optional<ClaimedDuration> read(const Hit& unit) const {
    auto number = number_before(unit.begin);
    const auto part = fraction_after(unit);
    if (!number && part) number = Number{1.0, unit.begin, unit.begin};
    if (!number || is_rate(*number)) return std::nullopt;
    const double seconds = (number->value + (part ? part->value : 0.0)) * unit.weight;
    if (!(seconds > 0) || seconds > max_seconds) return std::nullopt;
    const std::uint32_t end = part ? part->end : unit.end;
    const TextSpan span{reading_.tokens[number->begin].begin, reading_.tokens[end - 1].end};
    return ClaimedDuration{std::llround(seconds), measured(unit.begin), span};
  }

  // Units are read in the order of the text.
  void pass(const Hit& unit) { last_unit_end_ = unit.end; }

 private:
  [[nodiscard]] bool in_sentence_of(std::uint32_t token, std::uint32_t at) const {
    return reading_.tokens[token].sentence == reading_.tokens[at].sentence;
  }

  // "24 hours a day": how often, no further length.
  [[nodiscard]] bool is_rate(const Number& number) const {
    return number.value == 1.0 && number.begin == last_unit_end_ && number.begin < number.end &&
           number.begin > 0 && in_sentence_of(number.begin - 1, number.begin);
  }

  // "two and a half", "cuarenta y cinco"; else a number without a part.
  [[nodiscard]] std::optional<Number> number_before(std::uint32_t at) const {
    const auto part = words_before(at, reading_.language->parts);
    const auto whole = part ? whole_before(part->begin) : std::nullopt;
    if (!whole || !goes_with(*whole, *part)) return whole_before(at);
    return Number{whole->value + part->value, whole->begin, at};
  }

  // A fraction goes with any number, ones with tens.
  static bool goes_with(const Number& whole, const Number& part) {
    return part.value < 1.0 || is_tens(whole);
  }
  static bool is_tens(const Number& number) {
    return number.value >= 20.0 && number.value <= 90.0 && std::fmod(number.value, 10.0) == 0.0;
  }

  [[nodiscard]] std::optional<Number> whole_before(std::uint32_t at) const {
    if (at == 0 || !in_sentence_of(at - 1, at)) return std::nullopt;
    if (reading_.tokens[at - 1].kind == text::TokenKind::number) {
      const auto value = digits_value(tokenizer_.folded(reading_.tokens[at - 1]));
      return value ? std::optional(Number{*value, at - 1, at}) : std::nullopt;
    }
    const auto number = words_before(at, reading_.language->numbers);
    return number ? std::optional(with_tens(*number)) : std::nullopt;
  }

  // "forty five"
  [[nodiscard]] Number with_tens(const Number& ones) const {
    if (ones.value < 1.0 || ones.value > 9.0 || ones.begin == 0) return ones;
    if (!in_sentence_of(ones.begin - 1, ones.begin)) return ones;
    const auto tens = words_before(ones.begin, reading_.language->numbers);
    if (!tens || !is_tens(*tens)) return ones;
    return {tens->value + ones.value, tens->begin, ones.end};
  }

  // "an hour and a half"
  [[nodiscard]] std::optional<Number> fraction_after(const Hit& unit) const {
    std::string words;
    std::optional<Number> longest;
    for (std::uint32_t end = unit.end;
         end < reading_.tokens.size() && end - unit.end < max_number_words; ++end) {
      if (!in_sentence_of(end, unit.begin)) break;
      if (!words.empty()) words += ' ';
      words += tokenizer_.folded(reading_.tokens[end]);
      const auto found = reading_.language->parts.find(words);
      if (found != reading_.language->parts.end() && found->second < 1.0)
        longest = Number{found->second, unit.end, end + 1};
    }
    return longest;
  }

  // The longest words up to a token that have a value.
  [[nodiscard]] std::optional<Number> words_before(std::uint32_t at, const Values& values) const {
    std::string words;
    std::optional<Number> longest;
    for (std::uint32_t count = 1; count <= max_number_words && count <= at; ++count) {
      if (!in_sentence_of(at - count, at - 1)) break;
      if (!words.empty()) words.insert(0, " ");
      words.insert(0, tokenizer_.folded(reading_.tokens[at - count]));
      const auto found = values.find(words);
      if (found != values.end()) longest = Number{found->second, at - count, at};
    }
    return longest;
  }

  [[nodiscard]] std::string measured(std::uint32_t at) const {
    const std::uint32_t clause = scopes_.clause_of(at);
    for (const bool whole_sentence : {false, true}) {
      bool waiting = false;
      bool using_it = false;
      for (const Outcome& outcome : outcomes_) {
        const bool near =
            whole_sentence ? reading_.tokens[outcome.begin].sentence == reading_.tokens[at].sentence
                           : scopes_.clause_of(outcome.begin) == clause;
        waiting |= near && is_waiting(outcome);
        using_it |= near && is_using(outcome);
      }
      if (waiting) return "waiting";
      if (using_it) return "using";
    }
    return "other";
  }

  static bool is_waiting(const Outcome& o) {
    return (o.axis == index_of(Axis::stage) &&
            o.value == static_cast<std::uint16_t>(Stage::amot)) ||
           (o.axis == index_of(Axis::service) && service_name(o.value) == "response_time");
  }

  static bool is_using(const Outcome& o) {
    return o.axis == index_of(Axis::stage) && o.value == static_cast<std::uint16_t>(Stage::smot);
  }

  static std::string_view service_name(std::uint16_t value) {
    return value_names(Axis::service)[value];
  }

  const Reading& reading_;
  const text::Tokenizer& tokenizer_;
  const Scopes& scopes_;
  std::span<const Outcome> outcomes_;
  std::uint32_t last_unit_end_ = 0;
};

// Each looks through the outcomes; so many are read in one text, which keeps that linear.
constexpr std::size_t max_durations = 20;

}  // namespace

std::vector<ClaimedDuration> find_durations(const Reading& reading,
                                            const text::Tokenizer& tokenizer, const Scopes& scopes,
                                            std::span<const Hit> units,
                                            std::span<const Outcome> outcomes) {
  std::vector<ClaimedDuration> out;
  Finder finder(reading, tokenizer, scopes, outcomes);
  for (const Hit& unit : units) {
    if (out.size() == max_durations) break;
    if (static_cast<Unit>(unit.value) != Unit::duration) continue;
    if (auto duration = finder.read(unit)) out.push_back(std::move(*duration));
    finder.pass(unit);
  }
  return out;
}

}  // namespace testigo::classify
