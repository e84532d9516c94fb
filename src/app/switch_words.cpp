#include "app/switch_words.h"

#include <algorithm>

#include "app/language_tables.h"
#include "app/rule_book.h"
#include "text/words.h"

namespace testigo::app {
namespace {

using Direction = SwitchWords::Direction;

constexpr std::string_view file_name = "switches.toml";

}  // namespace

Result<SwitchWords> SwitchWords::load(std::span<const RuleFile> files) {
  SwitchWords loaded;
  auto read = read_language_tables(
      files, file_name, {"between", "to", "from", "not", "elsewhere"},
      [&](const std::string& language, sources::CheckedToml& toml,
          const formats::TomlValue& table) {
        OneLanguage& one = loaded.languages_[language];
        for (const std::string& word : toml.strings(table, "between"))
          for (std::string& folded : text::folded_words(word))
            one.between.push_back(std::move(folded));
        for (const std::string& phrase : toml.strings(table, "to"))
          one.phrases.push_back({text::folded_words(phrase), Direction::to});
        for (const std::string& phrase : toml.strings(table, "from"))
          one.phrases.push_back({text::folded_words(phrase), Direction::from});
        for (const std::string& word : toml.strings(table, "not"))
          for (std::string& folded : text::folded_words(word))
            one.negators.push_back(std::move(folded));
        for (const std::string& phrase : toml.strings(table, "elsewhere"))
          one.elsewhere.push_back(text::folded_words(phrase));
        std::stable_sort(
            one.phrases.begin(), one.phrases.end(),
            [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
      });
  if (!read) return fail(std::move(read.error()));
  return loaded;
}

const SwitchWords::OneLanguage* SwitchWords::table_of(std::string_view language) const {
  const auto found = languages_.find(language.substr(0, language.find('-')));
  return found == languages_.end() ? nullptr : &found->second;
}

bool SwitchWords::denied_after(std::span<const std::string_view> words,
                               std::string_view language) const {
  const OneLanguage* one = table_of(language);
  return one != nullptr && std::find_first_of(words.begin(), words.end(), one->negators.begin(),
                                              one->negators.end()) != words.end();
}

bool SwitchWords::speaks_of_elsewhere(std::span<const std::string_view> words,
                                      std::string_view language) const {
  const OneLanguage* one = table_of(language);
  if (one == nullptr) return false;
  return std::any_of(one->elsewhere.begin(), one->elsewhere.end(), [&](const auto& phrase) {
    return !phrase.empty() &&
           std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
  });
}

std::optional<Direction> SwitchWords::before_name(std::span<const std::string_view> words,
                                                  std::string_view language) const {
  const OneLanguage* table = table_of(language);
  if (table == nullptr) return std::nullopt;
  const OneLanguage& one = *table;
  const auto denies = [&](std::span<const std::string_view> before) {
    return !before.empty() &&
           std::find(one.negators.begin(), one.negators.end(), before.back()) != one.negators.end();
  };
  const auto match = [&]() -> std::optional<Direction> {
    for (const Phrase& phrase : one.phrases) {
      if (phrase.words.empty() || phrase.words.size() > words.size()) continue;
      const auto tail = words.last(phrase.words.size());
      if (!std::equal(tail.begin(), tail.end(), phrase.words.begin())) continue;
      return denies(words.first(words.size() - tail.size())) ? Direction::nowhere
                                                             : phrase.direction;
    }
    return denies(words) ? std::optional(Direction::nowhere) : std::nullopt;
  };
  // A word may be both ("la" is "the" and "to"): it counts as itself before it is passed over.
  for (;;) {
    if (const auto direction = match()) return direction;
    if (words.empty() ||
        std::find(one.between.begin(), one.between.end(), words.back()) == one.between.end())
      return std::nullopt;
    words = words.first(words.size() - 1);
  }
}

}  // namespace testigo::app
