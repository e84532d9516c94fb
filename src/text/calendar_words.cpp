#include "text/calendar_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unicode/dtfmtsym.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uchar.h>

#include "text/fold.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace testigo::text {
namespace {

constexpr std::string_view languages[] = {
    "en", "es",      "ro",      "pt", "fr",  "it", "de", "ca",      "gl",  "nl",  "ru", "uk",
    "pl", "tr",      "cs",      "sk", "hr",  "sr", "bg", "be",      "sl",  "mk",  "bs", "el",
    "sv", "da",      "nb",      "nn", "fi",  "hu", "zh", "zh-Hant", "ja",  "ko",  "vi", "th",
    "id", "ms",      "fil",     "hi", "bn",  "ar", "fa", "he",      "ur",  "ta",  "te", "ml",
    "kn", "gu",      "pa",      "mr", "ne",  "si", "lt", "lv",      "et",  "is",  "ga", "cy",
    "eu", "ast",     "af",      "sq", "hy",  "ka", "az", "kk",      "uz",  "ky",  "mn", "km",
    "lo", "my",      "am",      "sw", "zu",  "lb", "fy", "fur",     "hsb", "dsb", "ce", "to",
    "kl", "sr-Latn", "uz-Cyrl", "gd", "yav", "ebu"};

using Unit = CalendarUnit;

struct UnitNames {
  Unit unit;
  URelativeDateTimeUnit relative;
  UDateAbsoluteUnit absolute;
  icu::MeasureUnit* (*measure)(UErrorCode&);
};
constexpr std::array<UnitNames, 7> units = {{
    {Unit::second, UDAT_REL_UNIT_SECOND, UDAT_ABSOLUTE_NOW, icu::MeasureUnit::createSecond},
    {Unit::minute, UDAT_REL_UNIT_MINUTE, UDAT_ABSOLUTE_MINUTE, icu::MeasureUnit::createMinute},
    {Unit::hour, UDAT_REL_UNIT_HOUR, UDAT_ABSOLUTE_HOUR, icu::MeasureUnit::createHour},
    {Unit::day, UDAT_REL_UNIT_DAY, UDAT_ABSOLUTE_DAY, icu::MeasureUnit::createDay},
    {Unit::week, UDAT_REL_UNIT_WEEK, UDAT_ABSOLUTE_WEEK, icu::MeasureUnit::createWeek},
    {Unit::month, UDAT_REL_UNIT_MONTH, UDAT_ABSOLUTE_MONTH, icu::MeasureUnit::createMonth},
    {Unit::year, UDAT_REL_UNIT_YEAR, UDAT_ABSOLUTE_YEAR, icu::MeasureUnit::createYear},
}};
constexpr std::array<int, 6> plural_samples = {1, 2, 3, 5, 11, 100};  // one of each plural rule

std::string to_text(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return fold_calendar_text(utf8);
}

bool is_word_char(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) ||
         u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK ||
         u_charType(static_cast<UChar32>(c)) == U_COMBINING_SPACING_MARK;
}

// Runs of letters with their marks.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const bool part = is_word_char(point.value);
    if (part && !open) words.emplace_back();
    if (part) words.back().append(text, at, point.size);
    open = part;
    at += point.size;
  }
  return words;
}

bool has_digit(const std::string& text) {
  return text.find_first_of("0123456789") != std::string::npos;
}

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// Collects what is said about the units in all plural forms and widths.
class Learner {
 public:
  explicit Learner(const icu::Locale& locale) : locale_(locale) {}

  void learn(CalendarWords& out) {
    for (const UDateRelativeDateTimeFormatterStyle style :
         {UDAT_STYLE_LONG, UDAT_STYLE_SHORT, UDAT_STYLE_NARROW}) {
      relative_forms(style, out);
    }
    for (const UMeasureFormatWidth width :
         {UMEASFMT_WIDTH_WIDE, UMEASFMT_WIDTH_SHORT, UMEASFMT_WIDTH_NARROW}) {
      plain_forms(width);
    }
    finish(out);
  }

 private:
  using Words = std::set<std::string>;

  void relative_forms(UDateRelativeDateTimeFormatterStyle style, CalendarWords& out) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::RelativeDateTimeFormatter formatter(locale_, nullptr, style,
                                                   UDISPCTX_CAPITALIZATION_NONE, status);
    if (U_FAILURE(status)) return;
    for (const UnitNames& names : units) {
      for (const int number : plural_samples) {
        numbered(formatter, names, -number, out);
        numbered(formatter, names, number, out);
      }
      fixed(formatter, names, out);
    }
  }

  void numbered(const icu::RelativeDateTimeFormatter& formatter, const UnitNames& names, int amount,
                CalendarWords& out) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    formatter.formatNumeric(amount, names.relative, text, status);
    if (U_FAILURE(status)) return;
    const std::string folded = to_text(text);
    const std::vector<std::string> words = words_of(folded);
    if (!has_digit(folded)) {
      out.phrases.push_back({join(words), names.unit, amount});
      return;
    }
    Words& seen = amount < 0 ? past_[names.unit] : future_[names.unit];
    seen.insert(words.begin(), words.end());
  }

  void fixed(const icu::RelativeDateTimeFormatter& formatter, const UnitNames& names,
             CalendarWords& out) {
    struct Direction {
      UDateDirection direction;
      int amount;
    };
    constexpr std::array<Direction, 5> directions = {{{UDAT_DIRECTION_LAST_2, -2},
                                                      {UDAT_DIRECTION_LAST, -1},
                                                      {UDAT_DIRECTION_THIS, 0},
                                                      {UDAT_DIRECTION_NEXT, 1},
                                                      {UDAT_DIRECTION_PLAIN, 0}}};
    for (const Direction& direction : directions) {
      const bool now = names.absolute == UDAT_ABSOLUTE_NOW;
      if (now != (direction.direction == UDAT_DIRECTION_PLAIN)) continue;
      UErrorCode status = U_ZERO_ERROR;
      icu::UnicodeString text;
      formatter.format(direction.direction, names.absolute, text, status);
      const std::string phrase = join(words_of(to_text(text)));
      if (U_SUCCESS(status) && !phrase.empty()) {
        out.phrases.push_back({phrase, names.unit, direction.amount});
      }
    }
  }

  // "3 days": other cases of the noun than those in "3 days ago".
  void plain_forms(UMeasureFormatWidth width) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::MeasureFormat formatter(locale_, width, status);
    if (U_FAILURE(status)) return;
    for (const UnitNames& names : units) {
      for (const int number : plural_samples) {
        status = U_ZERO_ERROR;
        icu::UnicodeString text;
        icu::FieldPosition position;
        const icu::Measure measure(number, names.measure(status), status);
        formatter.formatMeasures(&measure, 1, text, position, status);
        const std::string folded = to_text(text);
        if (U_FAILURE(status) || !has_digit(folded)) continue;
        const std::vector<std::string> words = words_of(folded);
        plain_[names.unit].insert(words.begin(), words.end());
      }
    }
  }

  // Words of every unit's form.
  static Words common(const std::map<Unit, Words>& forms) {
    if (forms.empty()) return {};
    Words out = forms.begin()->second;
    for (const auto& [unit, words] : forms) {
      std::erase_if(out,
                    [&words = words](const std::string& word) { return !words.contains(word); });
    }
    return out;
  }

  // Markers are words that many units share; a unit's own words are the rest.
  void finish(CalendarWords& out) {
    const Words past = common(past_);
    const Words future = common(future_);
    for (const std::string& word : past) {
      if (!future.contains(word)) out.past.push_back(word);
      if (future.contains(word)) out.noise.push_back(word);
    }
    for (const std::string& word : future) {
      if (!past.contains(word)) out.future.push_back(word);
    }
    for (const auto* forms : {&past_, &future_, &plain_}) {
      for (const auto& [unit, words] : *forms) add_units(unit, words, past, future, out);
    }
  }

  static void add_units(Unit unit, const Words& words, const Words& past, const Words& future,
                        CalendarWords& out) {
    for (const std::string& word : words) {
      if (!past.contains(word) && !future.contains(word)) out.units.push_back({word, unit});
    }
  }

  icu::Locale locale_;
  std::map<Unit, Words> past_;
  std::map<Unit, Words> future_;
  std::map<Unit, Words> plain_;
};

void learn_names(const icu::Locale& locale, CalendarWords& out) {
  using Symbols = icu::DateFormatSymbols;
  UErrorCode status = U_ZERO_ERROR;
  const Symbols symbols(locale, status);
  if (U_FAILURE(status)) return;
  for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
    for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED, Symbols::SHORT}) {
      int32_t count = 0;
      const icu::UnicodeString* names = symbols.getWeekdays(count, context, width);
      for (int32_t i = 1; i < count; ++i) {
        out.weekdays.push_back({join(words_of(to_text(names[i]))), i - 1});
      }
      if (width == Symbols::SHORT) continue;
      names = symbols.getMonths(count, context, width);
      for (int32_t i = 0; i < count; ++i) {
        const std::string name = to_text(names[i]);
        if (!has_digit(name)) out.months.push_back({join(words_of(name)), i + 1});
      }
    }
  }
  int32_t count = 0;
  const icu::UnicodeString* halves = symbols.getAmPmStrings(count);
  if (count > 0) out.am.push_back(join(words_of(to_text(halves[0]))));
  if (count > 1) out.pm.push_back(join(words_of(to_text(halves[1]))));
}

// Literal words of the long date formats: quoted letters, and letters that are no pattern's.
void learn_noise(const icu::Locale& locale, CalendarWords& out) {
  for (const auto style :
       {icu::DateFormat::kFull, icu::DateFormat::kLong, icu::DateFormat::kMedium}) {
    const std::unique_ptr<icu::DateFormat> format(
        icu::DateFormat::createDateTimeInstance(style, icu::DateFormat::kShort, locale));
    const auto* simple = dynamic_cast<const icu::SimpleDateFormat*>(format.get());
    if (!simple) continue;
    icu::UnicodeString pattern;
    simple->toPattern(pattern);
    icu::UnicodeString literals;
    bool quoted = false;
    for (int32_t i = 0; i < pattern.length(); ++i) {
      if (pattern[i] == u'\'') quoted = !quoted;
      literals += quoted || pattern[i] > 0x7F ? pattern[i] : u' ';
    }
    for (std::string& word : words_of(to_text(literals))) out.noise.push_back(std::move(word));
  }
}

std::unique_ptr<CalendarWords> read_words(std::string_view language) {
  auto out = std::make_unique<CalendarWords>();
  out->language = language;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(
      icu::StringPiece(language.data(), static_cast<int32_t>(language.size())), status);
  if (U_FAILURE(status)) return out;
  learn_names(locale, *out);
  learn_noise(locale, *out);
  Learner(locale).learn(*out);
  return out;
}

}  // namespace

std::span<const std::string_view> calendar_languages() { return languages; }

const CalendarWords& calendar_words(std::string_view language) {
  // Filled once per language and never changed: a cache of what ICU holds anyway.
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<CalendarWords>, std::less<>> known;
  static const CalendarWords none;
  if (std::find(std::begin(languages), std::end(languages), language) == std::end(languages)) {
    return none;
  }
  const std::lock_guard lock(mutex);
  auto& words = known[std::string(language)];
  if (!words) words = read_words(language);
  return *words;
}

std::string fold_calendar_text(std::string_view text) {
  const std::string folded = fold(to_nfc(text));
  std::string out;
  out.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = decode(folded, at);
    const int32_t digit = u_charDigitValue(static_cast<UChar32>(point.value));
    if (digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else {
      out.append(folded, at, point.size);
    }
    at += point.size;
  }
  return out;
}

}  // namespace testigo::text
