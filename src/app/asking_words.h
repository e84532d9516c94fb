#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/rule_book.h"
#include "core/result.h"

namespace testigo::app {

// What a text says of itself, for the brief.
struct AskingSigns {
  std::vector<std::string> stems;  // of words that carry meaning, sorted, each once
  std::vector<std::string> forms;  // of each stem: the first word with it, folded and whole
  std::size_t words = 0;           // all of them
  bool how = false;
  bool experience = false;
  bool compare = false;
};

// rules/asking.toml: words that say nothing, and phrases that say what kind of answer is wanted.
class AskingWords {
 public:
  // The user's file takes the place of the built-in one. Errc::malformed with its place.
  [[nodiscard]] static Result<AskingWords> load(std::span<const RuleFile> files);

  // Words are cut to stem_letters, so that most forms of a word meet. Of a text beyond most_words
  // the rest is passed over. `ignored` are folded words, such as the brand's name. In a language
  // that the file does not have, words that say nothing in any of its languages say nothing.
  [[nodiscard]] AskingSigns read(std::string_view text, std::string_view language,
                                 const std::set<std::string>& ignored) const;

  // Its stems alone.
  [[nodiscard]] std::vector<std::string> stems(std::string_view text, std::string_view language,
                                               const std::set<std::string>& ignored) const;

  // What texts that are put together from ready sentences have in common, whatever stands around
  // these: numbers of all run_words neighbouring words of which two or more carry meaning, sorted.
  // `ignored` words carry none.
  [[nodiscard]] std::vector<std::uint64_t> runs(std::string_view text, std::string_view language,
                                                const std::set<std::string>& ignored) const;

  // Whether a folded word says nothing by itself in that language.
  [[nodiscard]] bool is_stop(std::string_view folded, std::string_view language) const;

  static constexpr std::size_t stem_letters = 5;
  static constexpr std::size_t most_words = 400;
  static constexpr std::size_t run_words = 5;

 private:
  struct OneLanguage;
  [[nodiscard]] const OneLanguage* find(std::string_view language) const;
  void add_stems(AskingSigns& signs, const std::vector<std::string>& words,
                 std::string_view language, const std::set<std::string>& ignored) const;

  // Found by the word that a phrase begins with.
  class Phrases {
   public:
    void add(std::string_view phrase);
    [[nodiscard]] bool any_in(std::span<const std::string> words) const;

   private:
    std::unordered_map<std::string, std::vector<std::vector<std::string>>> by_first_;
    std::vector<std::vector<std::string>> others_;  // that begin with a blank or a gap
  };
  struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  struct OneLanguage {
    std::unordered_set<std::string, WordHash, std::equal_to<>> stop;
    Phrases how, experience, compare;
  };
  std::map<std::string, OneLanguage, std::less<>> languages_;
};

}  // namespace testigo::app
