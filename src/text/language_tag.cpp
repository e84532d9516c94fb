#include "text/language_tag.h"

#include <algorithm>
#include <string>
#include <unicode/uloc.h>

#include "text/normalize.h"

namespace testigo::text {

bool is_language(std::string_view tag) {
  const std::string language(tag.substr(0, tag.find('-')));
  // ISO 639-1 and 639-3 codes have two and three letters.
  const bool is_code =
      (language.size() == 2 || language.size() == 3) &&
      std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!is_code) return false;
  return language == "und" || *uloc_getISO3Language(language.c_str()) != '\0';
}

std::string known_language(std::string_view tag) {
  std::string language = ascii_lower(tag.substr(0, tag.find_first_of("-_")));
  if (language == "und" || !is_language(language)) language.clear();
  return language;
}

}  // namespace testigo::text
