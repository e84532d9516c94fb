#include "app/key_sentence.h"

#include <algorithm>
#include <vector>

#include "text/words.h"

namespace testigo::app {
namespace {

// Where sentences begin, the first at 0.
std::vector<std::size_t> sentence_begins(std::string_view text) {
  text::Tokenizer tokenizer;
  std::vector<std::size_t> begins = {0};
  std::uint32_t sentence = 0;
  for (const text::Token& token : tokenizer.tokenize(text)) {
    if (token.sentence != sentence) begins.push_back(token.begin);
    sentence = token.sentence;
  }
  return begins;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

}  // namespace

std::string key_sentence(std::string_view text, std::span<const Reason> why, Polarity polarity) {
  const auto begins = sentence_begins(text);
  std::vector<double> weights(begins.size(), 0.0);
  for (const Reason& reason : why) {
    if (reason.axis != Axis::polarity || reason.value != to_string(polarity)) continue;
    if (reason.field != Field::text || !reason.span) continue;
    const auto after = std::upper_bound(begins.begin(), begins.end(), reason.span->begin);
    weights[static_cast<std::size_t>(after - begins.begin()) - 1] += reason.contribution;
  }
  const auto best = std::max_element(weights.begin(), weights.end());
  if (*best <= 0.0) return trimmed(text);
  const auto at = static_cast<std::size_t>(best - weights.begin());
  const std::size_t end = at + 1 < begins.size() ? begins[at + 1] : text.size();
  return trimmed(text.substr(begins[at], end - begins[at]));
}

}  // namespace testigo::app
