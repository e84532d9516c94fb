#include "classify/durations.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace testigo::classify {
namespace {

// "a couple of" is the longest number that is written out.
constexpr std::uint32_t max_number_words = 3;

// A claim of more than this is a slip or a joke, and would overflow sums.
constexpr double max_seconds = 3.2e10;  // a thousand years

struct Number {
  double value = 0.0;
  std::uint32_t begin = 0;
};

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
    const auto number = number_before(unit.begin);
    if (!number) return std::nullopt;
    const double seconds = number->value * unit.weight;
    if (!(seconds > 0) || seconds > max_seconds) return std::nullopt;
    const TextSpan span{reading_.tokens[number->begin].begin, reading_.tokens[unit.end - 1].end};
    return ClaimedDuration{std::llround(seconds), measured(unit.begin), span};
  }

 private:
  [[nodiscard]] std::optional<Number> number_before(std::uint32_t at) const {
    if (at == 0 || reading_.tokens[at - 1].sentence != reading_.tokens[at].sentence)
      return std::nullopt;
    if (reading_.tokens[at - 1].kind == text::TokenKind::number) {
      const auto value = digits_value(tokenizer_.folded(reading_.tokens[at - 1]));
      return value ? std::optional(Number{*value, at - 1}) : std::nullopt;
    }
    return written_number(at);
  }

  [[nodiscard]] std::optional<Number> written_number(std::uint32_t at) const {
    std::string words;
    std::optional<Number> longest;
    for (std::uint32_t count = 1; count <= max_number_words && count <= at; ++count) {
      const text::Token& token = reading_.tokens[at - count];
      if (token.sentence != reading_.tokens[at].sentence) break;
      if (!words.empty()) words.insert(0, " ");
      words.insert(0, tokenizer_.folded(token));
      const auto found = reading_.language->numbers.find(words);
      if (found != reading_.language->numbers.end()) longest = Number{found->second, at - count};
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
};

// Each looks through the outcomes; so many are read in one text, which keeps that linear.
constexpr std::size_t max_durations = 20;

}  // namespace

std::vector<ClaimedDuration> find_durations(const Reading& reading,
                                            const text::Tokenizer& tokenizer, const Scopes& scopes,
                                            std::span<const Hit> units,
                                            std::span<const Outcome> outcomes) {
  std::vector<ClaimedDuration> out;
  const Finder finder(reading, tokenizer, scopes, outcomes);
  for (const Hit& unit : units) {
    if (out.size() == max_durations) break;
    if (static_cast<Unit>(unit.value) != Unit::duration) continue;
    if (auto duration = finder.read(unit)) out.push_back(std::move(*duration));
  }
  return out;
}

}  // namespace testigo::classify
