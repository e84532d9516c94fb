#include "extract/shown_date.h"

#include <algorithm>
#include <string>

#include "extract/name_words.h"
#include "formats/date.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace testigo::extract {
namespace {

constexpr std::size_t shortest = 4;      // bytes: "2 d."
constexpr std::size_t longest = 70;      // "Reviewed in the United States on December 12, 2023"
constexpr std::size_t most_digits = 21;  // "2026-03-10T11:00:00.000+00:00"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Most texts with a digit are prices, counts and versions, and to try them all as dates is slow.
bool may_be_date(std::string_view written) {
  if (written.size() < shortest || written.size() > longest) return false;
  const bool other = text::may_hold_other_numerals(written);
  const std::string plain = other ? text::ascii_numerals(written) : std::string();
  const std::string_view text = other ? std::string_view(plain) : written;
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  if (digits == 0 || static_cast<std::size_t>(digits) > most_digits) return false;
  if (text.find_first_of("$%@#<>=&") != std::string_view::npos) return false;
  // A zone stands behind a clock: "11:00:00 GMT+0200"; others are counts.
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos)
    if (text.substr(0, plus).find(':') == std::string_view::npos) return false;
  const auto marks = std::count_if(text.begin(), text.end(),
                                   [](char c) { return c == '/' || c == '.' || c == '-'; });
  const bool has_word = std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return (c | 0x20U) - 'a' < 26U || c >= 0x80;
  });
  return marks >= 2 || has_word;
}

// Dates without a figure, by how they begin and end, and the language that they are in.
struct Moment {
  std::string_view front;
  std::string_view end;
  std::string_view language;
};
constexpr Moment moments[] = {
    {"a ", " ago", "en"},       {"an ", " ago", "en"},     {"one ", " ago", "en"},
    {"acum o ", "", "ro"},      {"acum un ", "", "ro"},    {"hace una ", "", "es"},
    {"hace un ", "", "es"},     {"il y a une ", "", "fr"}, {"il y a un ", "", "fr"},
    {"vor einem ", "", "de"},   {"vor einer ", "", "de"},  {"una ", " fa", "it"},
    {"un ", " fa", "it"},       {"ha uma ", "", "pt"},     {"ha um ", "", "pt"},
    {"een ", " geleden", "nl"},
};
constexpr std::string_view days[] = {"yesterday",  "today",     "ieri",  "azi",        "astazi",
                                     "alaltaieri", "ayer",      "hoy",   "anteayer",   "antier",
                                     "hier",       "gestern",   "heute", "vorgestern", "ontem",
                                     "hoje",       "anteontem", "oggi",  "gisteren",   "vandaag"};

}  // namespace

bool is_day_in_words(std::string_view text) {
  constexpr std::size_t longest_moment = 40;  // bytes
  text = text::trim(text);
  if (text.empty() || text.size() > longest_moment) return false;
  const std::string folded = text::fold(text);
  if (std::find(std::begin(days), std::end(days), folded) != std::end(days)) return true;
  return std::any_of(std::begin(moments), std::end(moments), [&](const Moment& moment) {
    return folded.starts_with(moment.front) && folded.ends_with(moment.end) &&
           formats::parse_date(text, UtcTime(), moment.language).has_value();
  });
}

bool is_shown_date(std::string_view text, std::string_view language) {
  text = date_in(text);
  if (is_day_in_words(text)) return true;
  // Only tells whether the words mean an instant; which one depends on when the page was read.
  return may_be_date(text) && !tells_membership(text) &&
         formats::parse_date(text, UtcTime(), language.empty() ? "en" : language).has_value();
}

std::string_view date_in(std::string_view text) {
  const std::string_view date = behind_said(text);
  return date.empty() ? text::trim(text) : date;
}

bool tells_membership(std::string_view text) {
  constexpr std::size_t longest_label = 60;
  if (text.size() > longest_label) return false;
  const std::string folded = text::fold(text);
  constexpr std::string_view words[] = {
      "join",    "member since", "regist",        "ingreso",       "miembro desde", "inscri",
      "iscri",   "membru din",   "dabei seit",    "mitglied seit", "membre depuis", "lid sinds",
      "se unio", "s-a alaturat", "last activity", "rejestr",       "dolaczyl",      "miembro el"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

}  // namespace testigo::extract
