#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "classify/labelled_text.h"
#include "classify/rules.h"
#include "core/result.h"
#include "store/store.h"

namespace testigo::app {

// Texts of one language to learn from, and the names of the sets that they are from.
struct LanguageTexts {
  std::vector<std::string> sets;
  std::vector<classify::LabelledText> texts;
};

// Gathers labelled and star-rated texts by language, as many as memory is meant to hold.
class LabelledTexts {
 public:
  // `only`: texts of other languages are left out. `rules` must outlive this: they tell the
  // language of rows that do not name theirs.
  LabelledTexts(const classify::Rules& rules, classify::LearntAxis axis,
                std::optional<std::string> only)
      : rules_(rules), axis_(axis), only_(std::move(only)) {}

  // Reads JSONL rows with `text` and `label` (a word, or an object with one for each axis), or
  // with `rating` ({"value","best","worst"}, or a number of five stars) where no label is. Rows
  // with neither, with labels of another kind or a rating off its scale, are passed over and
  // counted. The set is the file's folder. Errc::malformed names file and line.
  [[nodiscard]] Result<void> read_file(const std::string& path);

  // The rated mentions of the store, each post once, and none whose text a file has; the set is
  // the source.
  [[nodiscard]] Result<void> read_store(store::Store& store);

  [[nodiscard]] const std::map<std::string, LanguageTexts>& by_language() const { return texts_; }
  // Whether texts were left out because there were too many.
  [[nodiscard]] bool is_full() const { return full_; }
  // How many rows of files say nothing that can be learnt, and the place of the first.
  [[nodiscard]] std::size_t mute_rows() const { return mute_rows_; }
  [[nodiscard]] const std::string& first_mute() const { return first_mute_; }

 private:
  void add(const std::string& set, std::string language, std::string text, classify::Side side);

  const classify::Rules& rules_;
  classify::LearntAxis axis_;
  std::optional<std::string> only_;
  std::map<std::string, LanguageTexts> texts_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
  bool full_ = false;
  std::size_t mute_rows_ = 0;
  std::string first_mute_;
  std::unordered_set<std::size_t> of_files_;  // hashes of their texts
};

inline constexpr std::size_t max_learning_texts = 200'000;     // some minutes' work
inline constexpr std::size_t max_learning_bytes = 128u << 20;  // kept in memory, with their terms

}  // namespace testigo::app
