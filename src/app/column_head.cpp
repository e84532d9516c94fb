#include "app/column_head.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>

#include "text/fold.h"
#include "text/normalize.h"

namespace testigo::app {
namespace {

constexpr double highest_best = 100.0;

// Reports write the winter's name the whole year through. ICU's own abbreviations are not for
// this: its BST is Dhaka's time.
struct Abbreviation {
  std::string_view word;  // folded
  std::string_view zone;
};
constexpr Abbreviation abbreviations[] = {
    {"cet", "CET"},
    {"cst", "America/Chicago"},
    {"ct", "America/Chicago"},
    {"eastern", "America/New_York"},
    {"eet", "EET"},
    {"est", "America/New_York"},
    {"et", "America/New_York"},
    {"gmt", "UTC"},
    {"pacific", "America/Los_Angeles"},
    {"pst", "America/Los_Angeles"},
    {"pt", "America/Los_Angeles"},
    {"utc", "UTC"},
    {"wet", "WET"},
};

// Reads a whole number off the front of `rest`.
std::optional<int> take_number(std::string_view& rest) {
  int value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc() || rest.front() == '-') return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

bool take_word(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

bool take_any(std::string_view& rest, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return take_word(rest, word); });
}

// "1-5", "0 to 10".
std::optional<ColumnHead::Scale> read_range(std::string_view& rest) {
  const auto worst = take_number(rest);
  if (!worst || !take_any(rest, {" - ", "-", " – ", "–", "..", " to ", " a ", " al ", " la ",
                                 " pana la ", " bis "}))
    return std::nullopt;
  const auto best = take_number(rest);
  return best ? std::optional(ColumnHead::Scale{*worst, static_cast<double>(*best)}) : std::nullopt;
}

// "10" of "out of 10".
std::optional<ColumnHead::Scale> read_best(std::string_view& rest) {
  const auto best = take_number(rest);
  return best ? std::optional(ColumnHead::Scale{std::nullopt, static_cast<double>(*best)})
              : std::nullopt;
}

std::optional<ColumnHead::Scale> read_scale(std::string_view note) {
  const std::string folded = text::fold(note);
  std::string_view rest = folded;
  take_any(rest, {"scale ", "escala ", "skala ", "scara "});
  const bool worded = take_any(rest, {"out of ", "of ", "from ", "/ ", "/", "max. ", "max ",
                                      "de la ", "de ", "del ", "din ", "sobre ", "sur ", "von "});
  const std::string_view numbers = rest;
  auto scale = read_range(rest);
  if (!scale && worded) scale = read_best(rest = numbers);
  if (!scale) return std::nullopt;
  take_any(rest, {" stars", " points", " estrellas", " puntos", " stele", " puncte", " sterne"});
  const bool sound = rest.empty() && scale->best > scale->worst.value_or(1.0) &&
                     scale->worst.value_or(0.0) <= 1.0 && scale->best <= highest_best;
  return sound ? scale : std::nullopt;
}

// "UTC+2", "GMT-03:30": hours east of Greenwich.
std::optional<text::TimeZone> read_offset(std::string_view note) {
  std::string_view rest = note;
  if (!take_any(rest, {"UTC", "GMT", "utc", "gmt"}) || rest.empty()) return std::nullopt;
  const bool west = rest.front() == '-';
  if (!take_any(rest, {"+", "-"}) || rest.empty()) return std::nullopt;
  const auto hours = take_number(rest);
  int minutes = 0;
  if (take_word(rest, ":")) {
    if (rest.size() != 2) return std::nullopt;
    minutes = take_number(rest).value_or(-1);
  }
  constexpr int furthest = 14;
  if (!hours || *hours > furthest || minutes < 0 || minutes > 59 || !rest.empty())
    return std::nullopt;
  const std::chrono::seconds east = std::chrono::hours(*hours) + std::chrono::minutes(minutes);
  return text::TimeZone{std::string(note), west ? -east : east, {}};
}

std::optional<text::TimeZone> read_zone(std::string_view note) {
  for (const std::string_view ending : {" time", " Time", " timezone"})
    if (note.ends_with(ending)) note.remove_suffix(ending.size());
  if (auto offset = read_offset(note)) return offset;
  const auto known =
      std::find_if(std::begin(abbreviations), std::end(abbreviations),
                   [word = text::fold(note)](const Abbreviation& one) { return one.word == word; });
  const bool place = note.find('/') != std::string_view::npos;
  if (known == std::end(abbreviations) && !place) return std::nullopt;
  auto zone = text::find_time_zone(place ? note : known->zone);
  return zone ? std::optional(std::move(*zone)) : std::nullopt;
}

// Where a note in brackets begins; npos: there is none at the end.
std::size_t note_begin(std::string_view head) {
  if (head.ends_with(')')) return head.rfind('(');
  if (head.ends_with(']')) return head.rfind('[');
  return std::string_view::npos;
}

// "posted_at_utc": where the word begins that says so.
std::size_t utc_word_begin(std::string_view head) {
  constexpr std::size_t length = 3;
  if (head.size() <= length + 1) return std::string_view::npos;
  const std::string word = text::fold(head.substr(head.size() - length));
  const char before = head[head.size() - length - 1];
  const bool parted = before == '_' || before == ' ' || before == '-' || before == '.';
  return parted && (word == "utc" || word == "gmt") ? head.size() - length - 1
                                                    : std::string_view::npos;
}

}  // namespace

ColumnHead read_column_head(std::string_view head) {
  ColumnHead out;
  out.name = text::trim(head);
  const std::string_view trimmed = out.name;
  if (const std::size_t begin = note_begin(trimmed); begin != std::string_view::npos && begin > 0) {
    const std::string_view note = text::trim(trimmed.substr(begin + 1, trimmed.size() - begin - 2));
    if (note.empty()) return out;
    out.scale = read_scale(note);
    if (!out.scale) out.zone = read_zone(note);
    if (out.scale || out.zone) out.name = std::string(text::trim(trimmed.substr(0, begin)));
  } else if (const std::size_t word = utc_word_begin(trimmed); word != std::string_view::npos) {
    out.zone = text::TimeZone{};
    out.name = std::string(text::trim(trimmed.substr(0, word)));
  }
  return out;
}

}  // namespace testigo::app
