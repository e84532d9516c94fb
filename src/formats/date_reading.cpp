#include "formats/date_reading.h"

#include <algorithm>

#include "text/utf8.h"

namespace testigo::formats {
namespace {

using Sense = DateSense;
using Unit = text::CalendarUnit;
using Tokens = std::span<const DateToken>;

constexpr std::string_view harmless = ",.()[]-/'\"|@;:~";

const DateMeaning* find_sense(std::span<const DateMeaning> meanings, Sense sense) {
  const auto found = std::find_if(meanings.begin(), meanings.end(),
                                  [sense](const DateMeaning& m) { return m.sense == sense; });
  return found == meanings.end() ? nullptr : &*found;
}

// A word of a script that is written without spaces between words: CJK, Thai, Indic suffixes.
bool may_be_several(std::string_view word) { return text::decode(word, 0).value >= 0x0900; }

class Reader {
 public:
  Reader(Tokens tokens, const DateVocabulary& vocabulary) : vocabulary_(vocabulary) {
    for (const DateToken& token : tokens) add_token(token);
  }

  std::optional<DateParts> read() {
    while (at_ < tokens_.size()) {
      const DateToken& token = tokens_[at_];
      const bool read = token.is_number() ? number() : token.is_word() ? word() : symbol();
      if (!read) return {};
    }
    if (spelt_number_) return {};
    return std::move(parts_);
  }

 private:
  // Scripts without spaces: a run of letters is taken apart into known words, longest first, or
  // stays whole where that does not come out even.
  void add_token(const DateToken& token) {
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

  const DateToken* token(std::size_t at) const {
    return at < tokens_.size() ? &tokens_[at] : nullptr;
  }
  bool is_symbol(std::size_t at, char c) const { return token(at) && token(at)->is_symbol(c); }
  bool is_number(std::size_t at) const { return token(at) && token(at)->is_number(); }
  bool is_glued(std::size_t at) const { return token(at) && !token(at)->space_before; }

  std::span<const DateMeaning> meanings(std::size_t at) const {
    return token(at) && token(at)->is_word() ? vocabulary_.find(token(at)->text)
                                             : std::span<const DateMeaning>();
  }

  // Numbers ---------------------------------------------------------------------------------

  bool number() {
    const DateToken& token = tokens_[at_];
    if (token.digits() > 18) return false;
    if (is_symbol(at_ + 1, ':') && is_number(at_ + 2)) return clock();
    if (asian_date() || compact() || fraction() || length(static_cast<double>(token.value), 1)) {
      return true;
    }
    if (minutes_after_hours() || whole_hour() || dotted_clock() || number_of_unit()) return true;
    parts_.numbers.push_back({token.value, token.digits(), separator()});
    ++at_;
    return parts_.numbers.size() <= 3;
  }

  char separator() const {
    if (at_ == 0) return ' ';
    const DateToken& before = tokens_[at_ - 1];
    return before.kind == DateToken::Kind::symbol && before.text.size() == 1 ? before.text[0] : ' ';
  }

  // 10:11, 10:11:12, 10:11:12.5
  bool clock() {
    if (parts_.clock) return false;
    DateParts::Clock out{tokens_[at_].value, tokens_[at_ + 2].value, 0, 0};
    if (tokens_[at_ + 2].digits() > 2) return false;
    at_ += 3;
    if (is_symbol(at_, ':') && is_number(at_ + 1)) {
      if (tokens_[at_ + 1].digits() > 2) return false;
      out.second = tokens_[at_ + 1].value;
      at_ += 2;
      out.millisecond = milliseconds();
    }
    parts_.clock = out;
    return out.hour <= 24 && out.minute < 60 && out.second <= 60;
  }

  // ".678" or ",502" after the seconds.
  std::int64_t milliseconds() {
    const bool point = (is_symbol(at_, '.') || is_symbol(at_, ',')) && is_glued(at_);
    if (!point || !is_number(at_ + 1) || !is_glued(at_ + 1)) return 0;
    std::string digits = tokens_[at_ + 1].text.substr(0, 3);
    digits.resize(3, '0');
    at_ += 2;
    return std::stoi(digits);
  }

  // 2016年3月20日, 2016년 3월 20일.
  bool asian_date() {
    const auto begins = [this](std::size_t at, std::string_view a, std::string_view b) {
      return token(at) && token(at)->is_word() &&
             (token(at)->text.starts_with(a) || token(at)->text.starts_with(b));
    };
    if (tokens_[at_].value < 1000 || !begins(at_ + 1, "年", "년") || !is_number(at_ + 2))
      return false;
    if (!begins(at_ + 3, "月", "월")) return false;
    parts_.numbers.push_back({tokens_[at_].value, 4, ' '});
    parts_.numbers.push_back({tokens_[at_ + 2].value, 2, '-'});
    at_ += 4;
    if (is_number(at_) && (begins(at_ + 1, "日", "일") || begins(at_ + 1, "号", "號"))) {
      parts_.numbers.push_back({tokens_[at_].value, 2, '-'});
      at_ += 2;
      if (is_symbol(at_, '(') && is_symbol(at_ + 2, ')')) at_ += 3;  // the weekday
    }
    return true;
  }

  void push_date(std::int64_t date) {
    parts_.numbers = {{date / 10'000, 4, ' '}, {date / 100 % 100, 2, '-'}, {date % 100, 2, '-'}};
  }

  // 20030925, 200309251049, 20030925104941, and 104941 after the T.
  bool compact() {
    const DateToken& token = tokens_[at_];
    const std::size_t digits = token.digits();
    const bool after_t = at_ > 0 && tokens_[at_ - 1].text == "t";
    if (after_t && (digits == 4 || digits == 6)) {
      set_clock(digits == 4 ? token.value * 100 : token.value);
    } else if (!parts_.numbers.empty() || (digits != 8 && digits != 12 && digits != 14)) {
      return false;
    } else if (digits == 8) {
      push_date(token.value);
    } else {
      const std::int64_t whole = digits == 12 ? token.value * 100 : token.value;
      push_date(whole / 1'000'000);
      set_clock(whole % 1'000'000);
    }
    ++at_;
    return true;
  }

  void set_clock(std::int64_t hhmmss) {
    parts_.clock = DateParts::Clock{hhmmss / 10'000, hhmmss / 100 % 100, hhmmss % 100, 0};
  }

  // 2.5 hours
  bool fraction() {
    const bool point = (is_symbol(at_ + 1, '.') || is_symbol(at_ + 1, ',')) && is_glued(at_ + 1);
    if (!point || !is_number(at_ + 2) || !is_glued(at_ + 2)) return false;
    const std::string text = tokens_[at_].text + "." + tokens_[at_ + 2].text;
    return length(std::stod(text), 3);
  }

  // An amount with its unit after it, `skip` tokens on: "3 days".
  // Romanian puts "de" between from 20 on.
  bool length(double amount, std::size_t skip) {
    const auto between = meanings(at_ + skip);
    const bool only_noise = !between.empty() && std::all_of(between.begin(), between.end(),
                                                            [](const DateMeaning& meaning) {
                                                              return meaning.sense == Sense::noise;
                                                            });
    if (only_noise && find_sense(meanings(at_ + skip + 1), Sense::unit)) ++skip;
    const DateMeaning* unit = find_sense(meanings(at_ + skip), Sense::unit);
    if (!unit) return false;
    // "5 mar" is a month even where "mar" were a unit too, and so is "5 month October".
    if (find_sense(meanings(at_ + skip), Sense::month)) return false;
    if (find_sense(meanings(at_ + skip + 1), Sense::month) && unit->unit == Unit::month)
      return false;
    if (const Phrase found = find_phrase(at_ + skip); found.meaning.sense == Sense::month)
      return false;
    // "2021 ora 12:30": the word belongs to the clock after it.
    if (unit->unit == Unit::hour && is_number(at_ + skip + 1) && is_symbol(at_ + skip + 2, ':'))
      return false;
    parts_.lengths.push_back({amount * unit->number, unit->unit, true});
    at_ += skip + 1;
    return true;
  }

  // 10h11
  bool minutes_after_hours() {
    const bool after_hours = !parts_.lengths.empty() && parts_.lengths.back().unit == Unit::hour &&
                             at_ > 0 && tokens_[at_ - 1].is_word() && is_glued(at_);
    if (!after_hours || tokens_[at_].digits() != 2) return false;
    parts_.lengths.push_back({static_cast<double>(tokens_[at_].value), Unit::minute, true});
    ++at_;
    return true;
  }

  // 9 pm
  bool whole_hour() {
    const auto next = meanings(at_ + 1);
    const bool half = find_sense(next, Sense::am) || find_sense(next, Sense::pm);
    if (!half || parts_.clock || tokens_[at_].value > 12) return false;
    parts_.clock = DateParts::Clock{tokens_[at_].value, 0, 0, 0};
    ++at_;
    return true;
  }

  bool has_date() const { return parts_.numbers.size() >= (parts_.month ? 2u : 3u); }

  // 13.12 after a whole date
  bool dotted_clock() {
    if (!has_date() || parts_.clock || !is_symbol(at_ + 1, '.') || !is_number(at_ + 2))
      return false;
    if (tokens_[at_ + 2].digits() != 2 || tokens_[at_].value > 23) return false;
    parts_.clock = DateParts::Clock{tokens_[at_].value, tokens_[at_ + 2].value, 0, 0};
    at_ += 3;
    return parts_.clock->minute < 60;
  }

  // "minutes 6", where the unit stands first.
  bool number_of_unit() {
    const bool follows = at_ > 0 && find_sense(meanings(at_ - 1), Sense::unit);
    if (!follows || parts_.lengths.empty() || parts_.lengths.back().counted) return false;
    parts_.lengths.back().amount *= static_cast<double>(tokens_[at_].value);
    parts_.lengths.back().counted = true;
    ++at_;
    return true;
  }

  // Words -----------------------------------------------------------------------------------

  bool word() {
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

  static bool is_joint(const DateToken& token) {
    return !token.space_before && token.kind == DateToken::Kind::symbol &&
           (token.text == "-" || token.text == "'" || token.text == ".");
  }

  struct Phrase {
    DateMeaning meaning;
    std::size_t end = 0;  // 0: there is none
  };

  // The longest run of words from `begin` that is a phrase; hyphens, apostrophes and points may
  // join them. A lone word counts if that is all it can mean.
  Phrase find_phrase(std::size_t begin) const {
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

  bool phrase() {
    const Phrase found = find_phrase(at_);
    if (found.end == 0) return false;
    at_ = found.end;
    return use(std::span(&found.meaning, 1));
  }

  // "8ই", "1লা": at most two letters of another tongue right on a number.
  bool suffix() {
    const DateToken& token = tokens_[at_];
    const bool short_ending = text::count_code_points(token.text) <= 2 && !token.space_before;
    if (!short_ending || at_ == 0 || !is_number(at_ - 1) || token.text.size() < 3) return false;
    parts_.glued_suffix = true;
    ++at_;
    return true;
  }

  // Takes the meaning that makes sense here.
  bool use(std::span<const DateMeaning> meanings) {
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
      if (sense == Sense::phrase && found && find_sense(meanings, Sense::past) && !at_end())
        continue;
      if (found) return use_one(*found);
    }
    if (const auto* unit = find_sense(meanings, Sense::unit)) return use_unit(*unit);
    return find_sense(meanings, Sense::noise) || find_sense(meanings, Sense::number);
  }

  bool at_end() const { return at_ >= tokens_.size(); }

  bool next_is_unit() const {
    return find_sense(meanings(at_), Sense::unit) || find_sense(meanings(at_), Sense::noise);
  }

  // "mar" is a month or a day in Spanish: the second such word shows which the first was.
  bool use_month(const DateMeaning& month, const DateMeaning* weekday) {
    if (parts_.month) {
      if (!parts_.month_may_be_weekday) return false;
      parts_.weekday = 0;  // which one no longer matters, as there is a date
    }
    parts_.month = month.number;
    parts_.month_may_be_weekday = weekday != nullptr;
    parts_.numbers_before_month = parts_.numbers.size();
    return true;
  }

  bool use_unit(const DateMeaning& unit) {
    const bool again = at_ > 1 && !parts_.lengths.empty() && parts_.lengths.back().counted &&
                       parts_.lengths.back().unit == unit.unit && tokens_[at_ - 2].is_word();
    if (again && !spelt_number_) return true;  // a unit of two words
    const bool counted = spelt_number_.has_value();
    const int amount = spelt_number_.value_or(1);
    spelt_number_.reset();
    parts_.lengths.push_back({static_cast<double>(amount) * unit.number, unit.unit, counted});
    return true;
  }

  bool use_one(const DateMeaning& meaning) {
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

  // Symbols ---------------------------------------------------------------------------------

  bool symbol() {
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
  bool zone_offset(int sign) {
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

  std::vector<DateToken> tokens_;
  const DateVocabulary& vocabulary_;
  std::size_t at_ = 0;
  DateParts parts_;
  std::optional<int> spelt_number_;
  bool zone_named_ = false;  // "GMT", which an offset may follow
};

}  // namespace

std::optional<DateParts> read_date(std::span<const DateToken> tokens,
                                   const DateVocabulary& vocabulary) {
  return Reader(tokens, vocabulary).read();
}

}  // namespace testigo::formats
