#include "app/asking_words.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/language_tables.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::string_view file_name = "asking.toml";
constexpr std::string_view any_word = "_";
constexpr std::string_view gap = "…";
constexpr std::size_t longest_gap =
    12;                               // words; "Which has the better screen, the A 5 or the B 7?"
constexpr std::size_t most_gaps = 2;  // each multiplies the places to look at

// A phrase's folded words, its blanks and its gaps. Of more gaps than most_gaps the rest is left
// out.
std::vector<std::string> parts_of(std::string_view phrase) {
  std::vector<std::string> parts;
  std::size_t gaps = 0;
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    phrase.remove_prefix(std::min(phrase.size(), word.size() + 1));
    if (word == gap && ++gaps > most_gaps) break;
    if (word == gap || word == any_word) {
      parts.emplace_back(word);
      continue;
    }
    for (std::string& folded : text::folded_words(word)) parts.push_back(std::move(folded));
  }
  return parts;
}

using Words = std::span<const std::string>;

// Whether the words begin with the phrase.
bool begins(Words words, Words phrase) {
  if (phrase.empty()) return true;
  if (phrase.front() == gap) {
    for (std::size_t left_out = 0; left_out <= std::min(longest_gap, words.size()); ++left_out)
      if (begins(words.subspan(left_out), phrase.subspan(1))) return true;
    return false;
  }
  if (words.empty() || (phrase.front() != any_word && phrase.front() != words.front()))
    return false;
  return begins(words.subspan(1), phrase.subspan(1));
}

// The first letters of a word.
std::string stem_of(const std::string& word, std::size_t letters) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < letters && at < word.size(); ++i) at += text::decode(word, at).size;
  return word.substr(0, at);
}

}  // namespace

void AskingWords::Phrases::add(std::string_view phrase) {
  std::vector<std::string> parts = parts_of(phrase);
  if (parts.empty()) return;
  const bool is_word = parts.front() != any_word && parts.front() != gap;
  (is_word ? by_first_[parts.front()] : others_).push_back(std::move(parts));
}

bool AskingWords::Phrases::any_in(Words words) const {
  for (; !words.empty(); words = words.subspan(1)) {
    const auto here = [words](const std::vector<std::string>& one) { return begins(words, one); };
    if (std::any_of(others_.begin(), others_.end(), here)) return true;
    const auto found = by_first_.find(words.front());
    if (found == by_first_.end()) continue;
    if (std::any_of(found->second.begin(), found->second.end(), here)) return true;
  }
  return false;
}

Result<AskingWords> AskingWords::load(std::span<const RuleFile> files) {
  AskingWords loaded;
  auto read = read_language_tables(
      files, file_name, {"stop", "how", "experience", "compare"},
      [&](const std::string& language, sources::CheckedToml& toml,
          const formats::TomlValue& table) {
        OneLanguage& one = loaded.languages_[language];
        for (const std::string& word : toml.strings(table, "stop")) one.stop.insert(word);
        for (const auto& [key, phrases] :
             {std::pair("how", &one.how), std::pair("experience", &one.experience),
              std::pair("compare", &one.compare)})
          for (const std::string& phrase : toml.strings(table, key)) phrases->add(phrase);
      });
  if (!read) return fail(std::move(read.error()));
  return loaded;
}

const AskingWords::OneLanguage* AskingWords::find(std::string_view language) const {
  const auto found = languages_.find(language.substr(0, language.find('-')));
  return found == languages_.end() ? nullptr : &found->second;
}

bool AskingWords::is_stop(std::string_view folded, std::string_view language) const {
  const OneLanguage* known = find(language);
  if (known != nullptr) return known->stop.contains(folded);
  return std::any_of(languages_.begin(), languages_.end(),
                     [&](const auto& one) { return one.second.stop.contains(folded); });
}

void AskingWords::add_stems(AskingSigns& signs, const std::vector<std::string>& words,
                            std::string_view language, const std::set<std::string>& ignored) const {
  const OneLanguage* known = find(language);
  std::vector<std::pair<std::string, std::size_t>> stems;  // with the place of the word
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || ignored.contains(word)) continue;
    if (known != nullptr ? known->stop.contains(word) : is_stop(word, language)) continue;
    stems.emplace_back(stem_of(word, stem_letters), i);
  }
  std::sort(stems.begin(), stems.end());
  for (auto& [stem, place] : stems) {
    if (!signs.stems.empty() && signs.stems.back() == stem) continue;
    signs.stems.push_back(std::move(stem));
    signs.forms.push_back(words[place]);
  }
}

AskingSigns AskingWords::read(std::string_view text, std::string_view language,
                              const std::set<std::string>& ignored) const {
  AskingSigns signs;
  std::vector<std::string> words = text::folded_words(text);
  signs.words = words.size();
  words.resize(std::min(words.size(), most_words));
  add_stems(signs, words, language, ignored);
  const OneLanguage* known = find(language);
  if (known == nullptr) return signs;
  signs.how = known->how.any_in(words);
  signs.experience = known->experience.any_in(words);
  signs.compare = known->compare.any_in(words);
  return signs;
}

std::vector<std::string> AskingWords::stems(std::string_view text, std::string_view language,
                                            const std::set<std::string>& ignored) const {
  AskingSigns signs;
  std::vector<std::string> words = text::folded_words(text);
  words.resize(std::min(words.size(), most_words));
  add_stems(signs, words, language, ignored);
  return std::move(signs.stems);
}

std::vector<std::uint64_t> AskingWords::runs(std::string_view text, std::string_view language,
                                             const std::set<std::string>& ignored) const {
  constexpr std::ptrdiff_t least_meaning = 2;
  std::vector<std::string> words = text::folded_words(text);
  words.resize(std::min(words.size(), most_words));
  std::vector<bool> meaning;
  for (const std::string& word : words)
    meaning.push_back(word.size() >= 2 && !ignored.contains(word) && !is_stop(word, language));
  std::vector<std::uint64_t> found;
  for (std::size_t i = 0; i + run_words <= words.size(); ++i) {
    const auto from = meaning.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::count(from, from + run_words, true) < least_meaning) continue;
    std::string run;
    for (std::size_t word = i; word < i + run_words; ++word) run += words[word] + " ";
    found.push_back(std::hash<std::string>()(run));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace testigo::app
