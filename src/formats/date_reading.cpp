#include "formats/date_reading.h"

#include <string>
#include <utility>

#include "formats/date_reader.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Sense = DateSense;

constexpr std::string_view harmless = ",.()[]-/'\"|@;:~";

// A word of a script that is written without spaces between words: CJK, Thai, Indic suffixes.
bool may_be_several(std::string_view word) { return text::decode(word, 0).value >= 0x0900; }

}  // namespace

std::optional<DateParts> DateReader::read() {
  while (at_ < tokens_.size()) {
    const DateToken& token = tokens_[at_];
    const bool read = token.is_number() ? number() : token.is_word() ? word() : symbol();
    if (!read) return {};
  }
  if (spelt_number_) return {};
  return std::move(parts_);
}

// Scripts without spaces: a run of letters is taken apart into known words, longest first, or
// stays whole where that does not come out even.
void DateReader::add_token(const DateToken& token) {
  const bool whole =
      !token.is_word() || !may_be_several(token.text) || !vocabulary_.find(token.text).empty();
  std::vector<DateToken> parts;
  std::string_view rest = whole ? std::string_view() : std::string_view(token.text);
  while (!rest.empty()) {
    std::size_t size = rest.size();
    while (size > 0 && vocabulary_.find(rest.substr(0, size)).empty()) {
      size = text::char_border(rest, size - 1);
    }
    if (size == 0) break;
    parts.push_back({DateToken::Kind::word, std::string(rest.substr(0, size)), 0,
                     parts.empty() && token.space_before});
    rest.remove_prefix(size);
  }
  if (whole || !rest.empty()) parts = {token};
  tokens_.insert(tokens_.end(), parts.begin(), parts.end());
}

const DateToken* DateReader::token(std::size_t at) const {
  return at < tokens_.size() ? &tokens_[at] : nullptr;
}

std::span<const DateMeaning> DateReader::meanings(std::size_t at) const {
  return token(at) && token(at)->is_word() ? vocabulary_.find(token(at)->text)
                                           : std::span<const DateMeaning>();
}

bool DateReader::word() {
  if (phrase()) return true;
  const DateToken& token = tokens_[at_];
  if (token.text == "t" && at_ > 0 && is_number(at_ - 1) && is_number(at_ + 1)) {
    ++at_;
    return true;
  }
  if (const auto found = vocabulary_.find(token.text); !found.empty()) {
    ++at_;
    return use(found);
  }
  return suffix();
}

bool DateReader::is_joint(const DateToken& token) {
  return !token.space_before && token.kind == DateToken::Kind::symbol &&
         (token.text == "-" || token.text == "'" || token.text == ".");
}

// The longest run of words from `begin` that is a phrase; hyphens, apostrophes and points may
// join them. A lone word counts if that is all it can mean.
DateReader::Phrase DateReader::find_phrase(std::size_t begin) const {
  Phrase best;
  std::string text;
  std::size_t words = 0;
  for (std::size_t i = begin; token(i) && words < vocabulary_.longest_phrase(); ++i) {
    if (words > 0 && is_joint(tokens_[i])) continue;
    if (!tokens_[i].is_word()) break;
    text += (text.empty() ? "" : " ") + tokens_[i].text;
    ++words;
    const auto found = vocabulary_.find(text);
    if (found.empty()) continue;
    if (words == 1 && (found.size() != 1 || found[0].sense != Sense::phrase)) continue;
    best = {found[0], i + 1};
  }
  return best;
}

bool DateReader::phrase() {
  const Phrase found = find_phrase(at_);
  if (found.end == 0) return false;
  at_ = found.end;
  return use(std::span(&found.meaning, 1));
}

// "8ই", "1লা": at most two letters of another tongue right on a number.
bool DateReader::suffix() {
  const DateToken& token = tokens_[at_];
  const bool short_ending = text::count_code_points(token.text) <= 2 && !token.space_before;
  if (!short_ending || at_ == 0 || !is_number(at_ - 1) || token.text.size() < 3) return false;
  parts_.glued_suffix = true;
  ++at_;
  return true;
}

// Takes the meaning that makes sense here.
bool DateReader::use(std::span<const DateMeaning> meanings) {
  const DateMeaning* month = find_sense(meanings, Sense::month);
  const DateMeaning* weekday = find_sense(meanings, Sense::weekday);
  if (month && !(weekday && parts_.month && !parts_.month_may_be_weekday)) {
    return use_month(*month, weekday);
  }
  if (weekday) {
    parts_.weekday = weekday->number;
    return true;
  }
  if (const auto* number = find_sense(meanings, Sense::number); number && next_is_unit()) {
    spelt_number_ = number->number;
    return true;
  }
  for (const Sense sense : {Sense::phrase, Sense::past, Sense::future, Sense::am, Sense::pm,
                            Sense::noon, Sense::midnight, Sense::zone}) {
    const DateMeaning* found = find_sense(meanings, sense);
    if (sense == Sense::phrase && found && find_sense(meanings, Sense::past) && !at_end()) continue;
    if (found) return use_one(*found);
  }
  if (const auto* unit = find_sense(meanings, Sense::unit)) return use_unit(*unit);
  return find_sense(meanings, Sense::noise) || find_sense(meanings, Sense::number);
}

bool DateReader::next_is_unit() const {
  return find_sense(meanings(at_), Sense::unit) || find_sense(meanings(at_), Sense::noise);
}

// "mar" is a month or a day in Spanish: the second such word shows which the first was.
bool DateReader::use_month(const DateMeaning& month, const DateMeaning* weekday) {
  if (parts_.month) {
    if (!parts_.month_may_be_weekday) return false;
    parts_.weekday = 0;  // which one no longer matters, as there is a date
  }
  parts_.month = month.number;
  parts_.month_may_be_weekday = weekday != nullptr;
  parts_.numbers_before_month = parts_.numbers.size();
  return true;
}

bool DateReader::use_unit(const DateMeaning& unit) {
  const bool again = at_ > 1 && !parts_.lengths.empty() && parts_.lengths.back().counted &&
                     parts_.lengths.back().unit == unit.unit && tokens_[at_ - 2].is_word();
  if (again && !spelt_number_) return true;  // a unit of two words
  const bool counted = spelt_number_.has_value();
  const int amount = spelt_number_.value_or(1);
  spelt_number_.reset();
  parts_.lengths.push_back({static_cast<double>(amount) * unit.number, unit.unit, counted});
  return true;
}

bool DateReader::use_one(const DateMeaning& meaning) {
  switch (meaning.sense) {
    case Sense::phrase:
      parts_.phrases.push_back(meaning);
      return true;
    case Sense::past:
      parts_.past = true;
      return true;
    case Sense::future:
      parts_.future = true;
      return true;
    case Sense::am:
      parts_.afternoon = false;
      return true;
    case Sense::pm:
      parts_.afternoon = true;
      return true;
    case Sense::noon:
      parts_.clock = DateParts::Clock{12, 0, 0, 0};
      return true;
    case Sense::midnight:
      parts_.clock = DateParts::Clock{};
      return true;
    case Sense::zone:
      if (!parts_.zone) parts_.zone = std::chrono::minutes(meaning.number);
      zone_named_ = true;
      return true;
    default:
      return false;
  }
}

bool DateReader::symbol() {
  const DateToken& token = tokens_[at_];
  const bool sign = token.is_symbol('+') || token.is_symbol('-') || token.text == "−";
  if (sign && (parts_.clock || zone_named_) && is_number(at_ + 1) && is_glued(at_ + 1)) {
    return zone_offset(token.is_symbol('+') ? 1 : -1);
  }
  ++at_;
  if (token.text.size() == 1) return harmless.find(token.text[0]) != std::string_view::npos;
  return true;  // dashes, dots and brackets of other scripts
}

// +0200, +02:00, +2
bool DateReader::zone_offset(int sign) {
  const DateToken& token = tokens_[at_ + 1];
  std::int64_t hours = token.value;
  std::int64_t minutes = 0;
  at_ += 2;
  if (token.digits() == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (token.digits() > 2) {
    return false;
  } else if (is_symbol(at_, ':')) {
    if (!is_number(at_ + 1) || tokens_[at_ + 1].digits() != 2) return false;
    minutes = tokens_[at_ + 1].value;
    at_ += 2;
  }
  if (hours > 15 || minutes > 59) return false;
  const std::chrono::minutes offset(sign * (hours * 60 + minutes));
  if (!parts_.zone || zone_named_) parts_.zone = offset;
  zone_named_ = false;
  return true;
}

std::optional<DateParts> read_date(std::span<const DateToken> tokens,
                                   const DateVocabulary& vocabulary) {
  return DateReader(tokens, vocabulary).read();
}

}  // namespace testigo::formats
