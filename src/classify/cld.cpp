// clang-format off: CLD2's header uses FILE without including this.
#include <cstdio>
// clang-format on

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "classify/identification.h"
#include "text/utf8.h"

namespace testigo::classify {
namespace {

// CLD2 still uses a few codes that BCP 47 has replaced.
std::string modern_code(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "mo") return "ro";
  if (code == "un" || code == "xxx") return "und";
  return std::string(code);
}

}  // namespace

std::string ask_cld(std::string_view text) {
  // CLD2 reads past malformed bytes in ways that it does not define.
  const std::string clean =
      text::is_valid_utf8(text) ? std::string(text) : text::replace_invalid(text);
  bool reliable = false;
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                 CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {0, 0, 0};
  double scores[3] = {0, 0, 0};
  int text_bytes = 0;
  CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummary(clean.data(), static_cast<int>(clean.size()), true, &hints, 0,
                                     languages, percents, scores, nullptr, &text_bytes, &reliable);
  return reliable ? modern_code(CLD2::LanguageCode(language)) : "und";
}

}  // namespace testigo::classify
