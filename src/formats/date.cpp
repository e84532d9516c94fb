#include "formats/date.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "formats/date_mail.h"
#include "formats/date_reading.h"
#include "text/normalize.h"

namespace testigo::formats {
namespace {

constexpr std::size_t max_date_bytes = 200;
constexpr std::size_t max_date_tokens = 40;

// Tried, in this order, whatever the page's language; CLDR's others only where that is unknown.
constexpr std::string_view usual_languages[] = {"en", "es", "ro", "pt", "fr", "it", "de"};

// Seconds (9 or 10 digits, a fraction allowed), milliseconds (12 or 13) or microseconds (16) since
// 1970. Twelve digits that read as a compact date are that.
std::optional<UtcTime> parse_epoch(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  if (whole.find_first_not_of("0123456789") != std::string_view::npos) return {};
  double value = 0.0;
  const char* last = text.data() + text.size();
  const auto result = std::from_chars(text.data(), last, value);
  if (result.ec != std::errc() || result.ptr != last) return {};
  switch (whole.size()) {
    case 9:
    case 10:
      return from_unix_ms(std::llround(value * 1'000.0));
    case 13:
      return from_unix_ms(std::llround(value));
    case 16:
      return from_unix_ms(std::llround(value / 1'000.0));
    default:
      return {};
  }
}

// The number of a text of digits alone; nothing of any other.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  const char* last = text.data() + text.size();
  const auto result = std::from_chars(text.data(), last, value);
  const bool whole = !text.empty() && text.front() != '-' && result.ptr == last;
  return whole && result.ec == std::errc() ? std::optional(value) : std::nullopt;
}

// ISO 8601 §5.2.2 and §5.2.3: a day of the year ("2026-310"), a week of it ("2026-W45") and a day
// of that ("2026-W45-3").
std::optional<UtcTime> parse_ordinal(std::string_view text) {
  using std::chrono::days;
  using std::chrono::sys_days;
  using std::chrono::weeks;
  const auto number = text.size() >= 8 && text[4] == '-' ? digits(text.substr(0, 4)) : std::nullopt;
  if (!number || *number == 0) return {};
  const std::chrono::year year(*number);
  if (const auto day = text.size() == 8 ? digits(text.substr(5)) : std::nullopt) {
    const sys_days at = sys_days(year / 1 / 1) + days(*day - 1);
    const bool is_of_year = *day > 0 && std::chrono::year_month_day(at).year() == year;
    return is_of_year ? std::optional(UtcTime(at)) : std::nullopt;
  }
  const auto week = text[5] == 'W' ? digits(text.substr(6, 2)) : std::nullopt;
  const bool has_day = text.size() == 10 && text[8] == '-';
  const auto day = has_day ? digits(text.substr(9)) : std::optional(1);
  if (!week || *week == 0 || (text.size() != 8 && !has_day) || !day || *day < 1 || *day > 7)
    return {};
  const sys_days in_first(year / 1 / 4);  // the 4th of January is always of the first week
  const days after_monday = std::chrono::weekday(in_first) - std::chrono::Monday;
  const sys_days monday = in_first - after_monday + weeks(*week - 1);
  const bool is_of_year = std::chrono::year_month_day(monday + days(3)).year() == year;
  return is_of_year ? std::optional(UtcTime(monday + days(*day - 1))) : std::nullopt;
}

std::string_view primary(std::string_view language) {
  return language.substr(0, language.find_first_of("-_"));
}

// The United States write the month first; English without a region is taken for theirs.
bool is_day_first(std::string_view language) {
  const std::string lower = text::ascii_lower(language);
  return !(lower.empty() || lower == "en" || lower == "en-us" || lower == "en_us");
}

bool is_usual(std::string_view language) {
  return std::find(std::begin(usual_languages), std::end(usual_languages), language) !=
         std::end(usual_languages);
}

std::optional<UtcTime> parse_words(std::string_view text, UtcTime now, std::string_view language) {
  const std::vector<DateToken> tokens = date_tokens(text);
  if (tokens.empty() || tokens.size() > max_date_tokens) return {};
  const auto read_in = [&](std::string_view tried) -> std::optional<UtcTime> {
    const auto parts = read_date(tokens, date_vocabulary(tried));
    return parts ? resolve_date(*parts, now, is_day_first(language)) : std::nullopt;
  };
  const std::string_view own = primary(language);
  if (!own.empty()) {
    if (const auto time = read_in(own)) return time;
  }
  for (const std::string_view usual : usual_languages) {
    if (usual == own) continue;
    if (const auto time = read_in(usual)) return time;
  }
  if (is_usual(own)) return {};
  for (const std::string_view other : text::calendar_languages()) {
    if (other == own || is_usual(other)) continue;
    if (const auto time = read_in(other)) return time;
  }
  return {};
}

// "/Date(1678701600000+0200)/", as .NET writes instants into JSON; the offset says nothing of when.
std::string_view inside_dotnet(std::string_view text) {
  if (!text.starts_with("/Date(") || !text.ends_with(")/")) return text;
  text = text.substr(6, text.size() - 8);
  return text.substr(0, text.find_first_of("+-", 1));
}

// "… GMT+0100 (Central European Standard Time)", as JavaScript writes dates.
std::string_view without_remark(std::string_view text) {
  const std::size_t open = text.ends_with(')') ? text.rfind('(') : std::string_view::npos;
  return open == std::string_view::npos ? text : text::trim(text.substr(0, open));
}

// "Reviewed in Spain on 3 March 2014": what follows the last such word.
std::string_view after_preamble(std::string_view text) {
  std::size_t cut = 0;
  for (const std::string_view word :
       {" on ", " el ", " pe ", " am ", " vom ", " le ", " il ", " em ", ": "}) {
    const std::size_t at = text.rfind(word);
    if (at != std::string_view::npos) cut = std::max(cut, at + word.size());
  }
  return text.substr(cut);
}

}  // namespace

std::optional<UtcTime> parse_date(std::string_view text, UtcTime now, std::string_view language) {
  text = text::trim(text);
  if (text.empty() || text.size() > max_date_bytes) return {};
  text = inside_dotnet(text);
  if (const auto time = parse_iso8601(text)) return time;
  if (const auto time = parse_ordinal(text)) return time;
  if (const auto time = parse_mail_date(text)) return time;
  if (const auto time = parse_epoch(text)) return time;
  if (const auto time = parse_words(text, now, language)) return time;
  const std::string_view bare = without_remark(text);
  if (bare.size() < text.size())
    if (const auto time = parse_words(bare, now, language)) return time;
  const std::string_view rest = after_preamble(text);
  return rest.size() < text.size() ? parse_words(rest, now, language) : std::nullopt;
}

}  // namespace testigo::formats
