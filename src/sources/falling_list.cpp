#include "sources/falling_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/time.h"
#include "formats/date.h"

namespace testigo::sources {
namespace {

constexpr std::int64_t farthest = std::int64_t{1} << 62;  // so that one less is a number too

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || number < -farthest || number > farthest) return std::nullopt;
  return number;
}

std::int64_t seconds_of(UtcTime time) { return to_unix_ms(time) / 1000; }

// A number, or a whole time such as "20261120T095000Z".
std::optional<std::int64_t> place_of(std::string_view text) {
  if (const auto number = whole_number(text)) return number;
  constexpr std::size_t shortest = 14;  // of a time to the second
  if (text.size() < shortest || text.find_first_of("T:") == std::string_view::npos)
    return std::nullopt;
  const auto time = formats::parse_date(text, UtcTime());
  return time ? std::optional(seconds_of(*time)) : std::nullopt;
}

std::optional<std::int64_t> number_in(const Variables& variables, std::string_view name) {
  const auto value = variables.find(std::string(name));
  return value == variables.end() ? std::nullopt : whole_number(value->second);
}

// How far back the list goes: so long before its newest post as the first page looked.
std::optional<std::int64_t> begin_of(const Step& step, const Variables& variables,
                                     const extract::Extraction& extraction) {
  const auto said = variables.find(step.paging.span);
  const auto span =
      said == variables.end() ? std::nullopt : seconds_of_span(std::string_view(said->second));
  std::optional<UtcTime> newest;
  for (const Post& post : extraction.posts)
    if (post.posted_at) newest = std::max(newest.value_or(*post.posted_at), *post.posted_at);
  if (!span || !newest) return std::nullopt;
  return seconds_of(*newest) - *span;
}

// "20261130081500" (UTC).
std::string stamp_of(std::int64_t seconds) {
  std::string stamp;
  for (const char c : to_iso8601(from_unix_ms(seconds * 1000)))
    if (c >= '0' && c <= '9') stamp += c;
  return stamp;
}

bool counts_pages(const Step& step) { return uses(step, "page"); }

}  // namespace

std::optional<std::int64_t> seconds_of_span(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr std::int64_t most = 1'000'000;
  if (error != std::errc() || number < 1 || number > most) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.size() > 1 && unit.ends_with('s')) unit.remove_suffix(1);
  constexpr std::int64_t day = 86'400;
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 9> units = {
      {{"min", 60},
       {"minute", 60},
       {"h", 3600},
       {"hour", 3600},
       {"d", day},
       {"day", day},
       {"w", 7 * day},
       {"week", 7 * day},
       {"month", 31 * day}}};
  for (const auto& [name, seconds] : units)
    if (unit == name) return number * seconds;
  return std::nullopt;
}

std::optional<EarlierPage> earlier_page(const Step& step, Variables variables,
                                        const extract::Extraction& extraction) {
  if (extraction.more == false || extraction.total == 0) return {};
  const auto asked = number_in(variables, "cursor");
  const std::int64_t page = number_in(variables, "page").value_or(0);
  const bool is_empty = extraction.items == 0 && extraction.skipped == 0;
  const bool has_more_pages = !is_empty && (!extraction.total || page + 1 < *extraction.total);
  if (page == 0 && !has_more_pages) return {};
  const auto last = extraction.cursor ? place_of(*extraction.cursor) : asked;
  if (!last || (asked && *last > *asked)) return {};
  if (!step.paging.span.empty()) {
    const auto begin = begin_of(step, variables, extraction);
    if (begin) variables[std::string(from_variable)] = std::to_string(*begin);
    variables.erase(step.paging.span);
  }
  variables.erase("page");
  variables["cursor"] = std::to_string(*last);
  const bool stands = last == asked;
  if (stands && has_more_pages && counts_pages(step)) {
    variables["page"] = std::to_string(page + 1);
    return EarlierPage{std::move(variables)};
  }
  if (stands) variables["cursor"] = std::to_string(*last - 1);
  return EarlierPage{std::move(variables), stands && extraction.more.value_or(false)};
}

void add_stamps(const Step& step, Variables& variables) {
  if (step.paging.span.empty()) return;
  if (const auto from = number_in(variables, from_variable))
    variables["from_stamp"] = stamp_of(*from);
  if (const auto cursor = number_in(variables, "cursor"))
    variables["until_stamp"] = stamp_of(*cursor + 1);
}

}  // namespace testigo::sources
