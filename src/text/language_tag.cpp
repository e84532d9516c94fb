#include "text/language_tag.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unordered_map>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::text {
namespace {

std::string folded_name(const char* language, const char* in) {
  icu::UnicodeString name;
  icu::Locale(language).getDisplayLanguage(icu::Locale(in), name);
  std::string utf8;
  name.toUTF8String(utf8);
  return fold(utf8);
}

// Of every language its code by its name in English, and in itself where CLDR knows that.
const std::unordered_map<std::string, std::string>& codes_by_name() {
  static const auto codes = [] {
    std::unordered_map<std::string, std::string> by_name;
    for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
      by_name.emplace(folded_name(*code, "en"), *code);
      by_name.emplace(folded_name(*code, *code), *code);
    }
    return by_name;
  }();
  return codes;
}

constexpr bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

// ICU takes microseconds to tell whether a code of two letters is one, and every post names one: it
// is asked once for each.
class KnownPairs {
 public:
  [[nodiscard]] bool has(char first, char second) {
    auto& kept = answers_[static_cast<std::size_t>(first - 'a') * letters +
                          static_cast<std::size_t>(second - 'a')];
    Answer answer = kept.load(std::memory_order_relaxed);
    if (answer == Answer::not_asked) {
      const std::array<char, 3> code = {first, second, '\0'};
      answer = *uloc_getISO3Language(code.data()) != '\0' ? Answer::yes : Answer::no;
      kept.store(answer, std::memory_order_relaxed);
    }
    return answer == Answer::yes;
  }

 private:
  enum class Answer : std::uint8_t { not_asked, no, yes };
  static constexpr std::size_t letters = 26;

  std::array<std::atomic<Answer>, letters * letters> answers_{};
};

// "Spanish", "español (España)".
std::string named_language(std::string_view name) {
  constexpr std::size_t longest = 64;
  name = trim(name.substr(0, name.find('(')));
  if (name.size() < 4 || name.size() > longest) return {};  // what is shorter is a code
  const auto found = codes_by_name().find(fold(name));
  return found == codes_by_name().end() ? std::string() : found->second;
}

}  // namespace

bool is_language(std::string_view tag) {
  static KnownPairs pairs;
  const std::string language(tag.substr(0, tag.find('-')));
  // ISO 639-1 and 639-3 codes have two and three letters.
  if (language.size() < 2 || language.size() > 3) return false;
  if (!std::all_of(language.begin(), language.end(), is_small_letter)) return false;
  if (language.size() == 2) return pairs.has(language[0], language[1]);
  return language == "und" || *uloc_getISO3Language(language.c_str()) != '\0';
}

std::string known_language(std::string_view tag) {
  std::string language = ascii_lower(tag.substr(0, tag.find_first_of("-_")));
  if (language == "und") return {};
  return is_language(language) ? language : named_language(tag);
}

}  // namespace testigo::text
