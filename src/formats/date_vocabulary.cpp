#include "formats/date_vocabulary.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "formats/date_words.h"

namespace testigo::formats {
namespace {

std::string spaced(std::string_view word) {
  std::string out(word);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

void add_own(std::string_view language, DateVocabulary& out) {
  for (const DateWords& row : own_date_words()) {
    if (row.language != language && row.language != "*") continue;
    for (std::size_t begin = 0; begin < row.words.size();) {
      const std::size_t end = std::min(row.words.find(' ', begin), row.words.size());
      const std::string word =
          text::fold_calendar_text(spaced(row.words.substr(begin, end - begin)));
      out.add(word, {row.sense, row.number, row.unit});
      begin = end + 1;
    }
  }
}

void add_cldr(const text::CalendarWords& words, DateVocabulary& out) {
  using enum DateSense;
  for (const auto& [word, number] : words.months) out.add(word, {month, number, {}});
  for (const auto& [word, number] : words.weekdays) out.add(word, {weekday, number, {}});
  for (const auto& [word, unit] : words.units) out.add(word, {DateSense::unit, 1, unit});
  for (const auto& [phrase_text, unit, amount] : words.phrases) {
    out.add(phrase_text, {phrase, amount, unit});
  }
  for (const std::string& word : words.past) out.add(word, {past, 0, {}});
  for (const std::string& word : words.future) out.add(word, {future, 0, {}});
  for (const std::string& word : words.am) out.add(word, {am, 0, {}});
  for (const std::string& word : words.pm) out.add(word, {pm, 0, {}});
  for (const std::string& word : words.noise) out.add(word, {noise, 0, {}});
}

}  // namespace

std::span<const DateMeaning> DateVocabulary::find(std::string_view word) const {
  const auto found = words_.find(std::string(word));
  if (found == words_.end()) return {};
  return found->second;
}

void DateVocabulary::add(std::string_view word, DateMeaning meaning) {
  if (word.empty()) return;
  std::vector<DateMeaning>& meanings = words_[std::string(word)];
  const bool known = std::any_of(meanings.begin(), meanings.end(), [&](const DateMeaning& other) {
    return other.sense == meaning.sense && other.number == meaning.number &&
           other.unit == meaning.unit;
  });
  if (!known) meanings.push_back(meaning);
  const auto spaces = static_cast<std::size_t>(std::count(word.begin(), word.end(), ' '));
  longest_phrase_ = std::max(longest_phrase_, spaces + 1);
}

const DateVocabulary& date_vocabulary(std::string_view language) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<DateVocabulary>, std::less<>> made;
  const std::lock_guard lock(mutex);
  auto& vocabulary = made[std::string(language)];
  if (!vocabulary) {
    vocabulary = std::make_unique<DateVocabulary>();
    add_own(language, *vocabulary);
    if (language != "en") add_cldr(text::calendar_words(language), *vocabulary);
  }
  return *vocabulary;
}

}  // namespace testigo::formats
