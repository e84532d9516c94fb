#include <algorithm>
#include <string>

#include "formats/date_reader.h"

namespace testigo::formats {

using Sense = DateSense;
using Unit = text::CalendarUnit;

bool DateReader::number() {
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

char DateReader::separator() const {
  if (at_ == 0) return ' ';
  const DateToken& before = tokens_[at_ - 1];
  return before.kind == DateToken::Kind::symbol && before.text.size() == 1 ? before.text[0] : ' ';
}

// 10:11, 10:11:12, 10:11:12.5
bool DateReader::clock() {
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
std::int64_t DateReader::milliseconds() {
  const bool point = (is_symbol(at_, '.') || is_symbol(at_, ',')) && is_glued(at_);
  if (!point || !is_number(at_ + 1) || !is_glued(at_ + 1)) return 0;
  std::string digits = tokens_[at_ + 1].text.substr(0, 3);
  digits.resize(3, '0');
  at_ += 2;
  return std::stoi(digits);
}

// 2016年3月20日, 2016년 3월 20일.
bool DateReader::asian_date() {
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

void DateReader::push_date(std::int64_t date) {
  parts_.numbers = {{date / 10'000, 4, ' '}, {date / 100 % 100, 2, '-'}, {date % 100, 2, '-'}};
}

// 20030925, 200309251049, 20030925104941, and 104941 after the T.
bool DateReader::compact() {
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

void DateReader::set_clock(std::int64_t hhmmss) {
  parts_.clock = DateParts::Clock{hhmmss / 10'000, hhmmss / 100 % 100, hhmmss % 100, 0};
}

// 2.5 hours
bool DateReader::fraction() {
  const bool point = (is_symbol(at_ + 1, '.') || is_symbol(at_ + 1, ',')) && is_glued(at_ + 1);
  if (!point || !is_number(at_ + 2) || !is_glued(at_ + 2)) return false;
  const std::string text = tokens_[at_].text + "." + tokens_[at_ + 2].text;
  return length(std::stod(text), 3);
}

// An amount with its unit after it, `skip` tokens on: "3 days".
// Romanian puts "de" between from 20 on.
bool DateReader::length(double amount, std::size_t skip) {
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
  if (find_sense(meanings(at_ + skip + 1), Sense::month) && unit->unit == Unit::month) return false;
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
bool DateReader::minutes_after_hours() {
  const bool after_hours = !parts_.lengths.empty() && parts_.lengths.back().unit == Unit::hour &&
                           at_ > 0 && tokens_[at_ - 1].is_word() && is_glued(at_);
  if (!after_hours || tokens_[at_].digits() != 2) return false;
  parts_.lengths.push_back({static_cast<double>(tokens_[at_].value), Unit::minute, true});
  ++at_;
  return true;
}

// 9 pm
bool DateReader::whole_hour() {
  const auto next = meanings(at_ + 1);
  const bool half = find_sense(next, Sense::am) || find_sense(next, Sense::pm);
  if (!half || parts_.clock || tokens_[at_].value > 12) return false;
  parts_.clock = DateParts::Clock{tokens_[at_].value, 0, 0, 0};
  ++at_;
  return true;
}

// 13.12 after a whole date
bool DateReader::dotted_clock() {
  if (!has_date() || parts_.clock || !is_symbol(at_ + 1, '.') || !is_number(at_ + 2)) return false;
  if (tokens_[at_ + 2].digits() != 2 || tokens_[at_].value > 23) return false;
  parts_.clock = DateParts::Clock{tokens_[at_].value, tokens_[at_ + 2].value, 0, 0};
  at_ += 3;
  return parts_.clock->minute < 60;
}

// "minutes 6", where the unit stands first.
bool DateReader::number_of_unit() {
  const bool follows = at_ > 0 && find_sense(meanings(at_ - 1), Sense::unit);
  if (!follows || parts_.lengths.empty() || parts_.lengths.back().counted) return false;
  parts_.lengths.back().amount *= static_cast<double>(tokens_[at_].value);
  parts_.lengths.back().counted = true;
  ++at_;
  return true;
}

}  // namespace testigo::formats
