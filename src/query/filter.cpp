#include "query/filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/day_shape.h"
#include "text/fold.h"
#include "text/normalize.h"
#include "text/suggest.h"

namespace testigo::query {
namespace {

using namespace std::string_view_literals;

constexpr std::array names = {"lang"sv,   "source"sv, "tag"sv,    "polarity"sv, "act"sv,
                              "stage"sv,  "theme"sv,  "intent"sv, "author"sv,   "site"sv,
                              "rating"sv, "since"sv,  "until"sv,  "brand"sv};

Result<Filter> parse_axis_value(Filter filter, Axis axis, std::string_view value) {
  const std::string name = text::ascii_lower(value);
  if (const auto number = parse_value(axis, name)) {
    filter.value = value_names(axis)[*number];
    return filter;
  }
  std::string what = "'" + std::string(value) + "' is no " + std::string(axis_name(axis));
  if (const auto near = text::did_you_mean(name, value_names(axis)))
    return fail(Errc::malformed, what + "; did you mean '" + std::string(*near) + "'?");
  what += "; it is one of";
  for (const std::string_view known : value_names(axis)) what += " " + std::string(known);
  return fail(Errc::malformed, std::move(what));
}

Comparison take_comparison(std::string_view& value) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 5> signs = {
      {{"<=", Comparison::at_most},
       {">=", Comparison::at_least},
       {"<", Comparison::less},
       {">", Comparison::greater},
       {"=", Comparison::equal}}};
  for (const auto& [sign, comparison] : signs) {
    if (!value.starts_with(sign)) continue;
    value.remove_prefix(sign.size());
    return comparison;
  }
  return Comparison::equal;
}

Result<Filter> parse_rating(Filter filter, std::string_view value) {
  filter.comparison = take_comparison(value);
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, filter.stars);
  // The upper bound keeps "inf" and "1e999" out; no scale goes beyond.
  if (error != std::errc() || stop != end || !(filter.stars >= 0.0 && filter.stars <= 1000.0))
    return fail(Errc::malformed, "rating takes a number of stars: rating:<3, rating:>=4, rating:5");
  return filter;
}

Result<Filter> parse_day_bound(Filter filter, std::string_view value) {
  const auto day = parse_day(value);
  if (!day) {
    const std::string name(to_string(filter.field));
    if (has_shape_of_day(value))
      return fail(Errc::malformed, "the day " + std::string(value) + " does not exist");
    return fail(Errc::malformed, name + " takes a day: " + name + ":2026-01-31");
  }
  filter.day = *day;
  filter.comparison =
      filter.field == FilterField::since ? Comparison::at_least : Comparison::at_most;
  return filter;
}

}  // namespace

std::string_view to_string(FilterField field) { return names[static_cast<std::size_t>(field)]; }

std::span<const std::string_view> field_names() { return names; }

std::optional<FilterField> parse_field(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), text::ascii_lower(name));
  if (found == names.end()) return std::nullopt;
  return static_cast<FilterField>(found - names.begin());
}

std::optional<Axis> axis_of(FilterField field) {
  switch (field) {
    case FilterField::tag:
      return Axis::tag;
    case FilterField::polarity:
      return Axis::polarity;
    case FilterField::act:
      return Axis::act;
    case FilterField::stage:
      return Axis::stage;
    case FilterField::intent:
      return Axis::intent;
    default:
      return std::nullopt;
  }
}

Result<Filter> parse_filter(FilterField field, std::string_view value) {
  Filter filter;
  filter.field = field;
  if (const auto axis = axis_of(field)) return parse_axis_value(std::move(filter), *axis, value);
  switch (field) {
    case FilterField::rating:
      return parse_rating(std::move(filter), value);
    case FilterField::since:
    case FilterField::until:
      return parse_day_bound(std::move(filter), value);
    case FilterField::site:
      filter.value = host_of(value);
      break;
    case FilterField::author:
      filter.value = value;
      break;
    default:
      filter.value = text::fold(value);
      break;
  }
  if (filter.value.empty())
    return fail(Errc::malformed, std::string(to_string(field)) + " needs a value");
  return filter;
}

std::string show_value(const Filter& filter) {
  switch (filter.field) {
    case FilterField::since:
    case FilterField::until:
      return to_string(filter.day);
    case FilterField::rating: {
      constexpr std::array signs = {""sv, "<"sv, "<="sv, ">"sv, ">="sv};
      std::array<char, 32> digits{};
      const auto end =
          std::to_chars(digits.data(), digits.data() + digits.size(), filter.stars).ptr;
      return std::string(signs[static_cast<std::size_t>(filter.comparison)])
          .append(digits.data(), end);
    }
    default:
      return filter.value;
  }
}

std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  const bool is_ipv6 = url.starts_with('[');
  if (!is_ipv6) url = url.substr(0, url.find(':'));
  std::string host = text::ascii_lower(url);
  while (host.ends_with('.')) host.pop_back();
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

}  // namespace testigo::query
