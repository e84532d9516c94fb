#include "app/asking_words.h"

#include <algorithm>

#include "app/language_tables.h"
#include "text/utf8.h"
#include "text/words.h"

namespace testigo::app {
namespace {

constexpr std::string_view file_name = "asking.toml";

std::vector<std::vector<std::string>> phrases_of(sources::CheckedToml& toml,
                                                 const formats::TomlValue& table,
                                                 std::string_view key) {
  std::vector<std::vector<std::string>> phrases;
  for (const std::string& phrase : toml.strings(table, key))
    phrases.push_back(text::folded_words(phrase));
  return phrases;
}

bool says(const std::vector<std::string>& words,
          const std::vector<std::vector<std::string>>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](const std::vector<std::string>& phrase) {
    return !phrase.empty() &&
           std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
  });
}

// The first letters of a word.
std::string stem_of(const std::string& word, std::size_t letters) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < letters && at < word.size(); ++i) at += text::decode(word, at).size;
  return word.substr(0, at);
}

}  // namespace

Result<AskingWords> AskingWords::load(std::span<const RuleFile> files) {
  AskingWords loaded;
  auto read = read_language_tables(files, file_name, {"stop", "how", "experience", "compare"},
                                   [&](const std::string& language, sources::CheckedToml& toml,
                                       const formats::TomlValue& table) {
                                     OneLanguage& one = loaded.languages_[language];
                                     for (const std::string& word : toml.strings(table, "stop"))
                                       one.stop.insert(word);
                                     one.how = phrases_of(toml, table, "how");
                                     one.experience = phrases_of(toml, table, "experience");
                                     one.compare = phrases_of(toml, table, "compare");
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
  return known != nullptr && known->stop.contains(folded);
}

AskingSigns AskingWords::read(std::string_view text, std::string_view language,
                              const std::set<std::string>& ignored) const {
  AskingSigns signs;
  std::vector<std::string> words = text::folded_words(text);
  signs.words = words.size();
  words.resize(std::min(words.size(), most_words));
  const OneLanguage* known = find(language);
  std::set<std::string> stems;
  for (const std::string& word : words) {
    if (word.size() < 2 || ignored.contains(word)) continue;
    if (known != nullptr && known->stop.contains(word)) continue;
    stems.insert(stem_of(word, stem_letters));
  }
  signs.stems.assign(stems.begin(), stems.end());
  if (known == nullptr) return signs;
  signs.how = says(words, known->how);
  signs.experience = says(words, known->experience);
  signs.compare = says(words, known->compare);
  return signs;
}

}  // namespace testigo::app
