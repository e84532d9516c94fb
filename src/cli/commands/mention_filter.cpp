#include "cli/commands/mention_filter.h"

#include <array>

#include "cli/commands/known_names.h"
#include "core/day_shape.h"
#include "query/parse.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

constexpr std::array orders = {std::pair{"newest", store::MentionOrder::newest},
                               std::pair{"oldest", store::MentionOrder::oldest},
                               std::pair{"worst", store::MentionOrder::worst},
                               std::pair{"best", store::MentionOrder::best}};

Result<store::MentionOrder> order_option(const Arguments& arguments) {
  const std::string word = arguments.value_or("--order", "newest");
  for (const auto& [name, order] : orders)
    if (word == name) return order;
  return fail(Errc::malformed, "\"" + word + "\" is none of newest, oldest, worst, best",
              "--order");
}

}  // namespace

std::vector<Option> mention_filter_options() {
  return {
      {"QUERY", Arity::positional, "",
       "words, \"phrases\", AND OR NOT, ( ), lang: source: tag: stage: theme: since: …", false, ""},
      {"--brand", Arity::value, "ID", "of this brand only", false, ""},
      {"--since", Arity::value, "DAY", "2026-01-31, or 30d for the last 30 days", false, ""},
      {"--until", Arity::value, "DAY", "the last day, included", false, ""},
      {"--order", Arity::value, "O", "newest, oldest, worst or best", false, ""}};
}

text::TimeZone configured_zone(Context& context) {
  auto configuration = context.configuration();
  auto found = text::find_time_zone(configuration ? (*configuration)->timezone : "UTC");
  return found ? std::move(*found) : text::TimeZone{};
}

Day today(Context& context) { return text::day_of(context.now(), configured_zone(context)); }

namespace {

// The last 30 days begin 29 days ago, with today the thirtieth. Any other day is that long ago, so
// that --since 60d --until 30d are the 30 before those.
std::optional<Day> day_back(Context& context, std::chrono::seconds back, std::string_view name) {
  const auto days = std::chrono::floor<std::chrono::days>(back);
  return Day{today(context).days - days + std::chrono::days(name == "--since" ? 1 : 0)};
}

// Whether a day's name begins here: not within a word.
bool may_begin(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
}

// since:30d and until:today as the options of these names have them; what stands in quotes or
// braces stays.
std::string with_days_written_out(Context& context, std::string_view text) {
  std::string out;
  char closing = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const bool names = closing == 0 && may_begin(text, i) &&
                       (rest.starts_with("since:") || rest.starts_with("until:"));
    if (!names) {
      if (closing != 0 && text[i] == closing)
        closing = 0;
      else if (closing == 0 && (text[i] == '"' || text[i] == '{'))
        closing = text[i] == '{' ? '}' : '"';
      out += text[i++];
      continue;
    }
    constexpr std::size_t name_size = 6;  // with the colon
    const std::string_view word =
        rest.substr(name_size, rest.find_first_of(" )", name_size) - name_size);
    const auto back = app::parse_interval(word);
    out += rest.substr(0, name_size);
    if (word == "today")
      out += to_string(today(context));
    else if (back && back->count() > 0 && back->count() % 86400 == 0)
      out +=
          to_string(*day_back(context, *back, rest.starts_with("since:") ? "--since" : "--until"));
    else
      out += word;
    i += name_size + word.size();
  }
  return out;
}

}  // namespace

Result<std::optional<Day>> day_option(Context& context, const Arguments& arguments,
                                      std::string_view name) {
  const auto word = arguments.value(name);
  if (!word) return std::optional<Day>();
  if (*word == "today") return std::optional(today(context));
  if (const auto day = parse_day(*word)) return std::optional(*day);
  const auto back = app::parse_interval(*word);
  if (back && back->count() > 0 && back->count() % 86400 == 0)
    return day_back(context, *back, name);
  if (has_shape_of_day(*word))
    return fail(Errc::malformed, "the day " + *word + " does not exist", std::string(name));
  return fail(Errc::malformed, "\"" + *word + "\" is no day; write 2026-01-31, today, 30d or 12w",
              std::string(name));
}

Result<DayBounds> day_options(Context& context, const Arguments& arguments) {
  auto since = day_option(context, arguments, "--since");
  if (!since) return fail(std::move(since.error()));
  auto last = day_option(context, arguments, "--until");
  if (!last) return fail(std::move(last.error()));
  if (*since && *last && **last < **since)
    return fail(Errc::malformed, "the last day lies before the first", "--until");
  DayBounds bounds{*since, {}};
  if (*last) bounds.until = Day{(*last)->days + std::chrono::days(1)};
  return bounds;
}

Result<BrandId> known_brand(Context& context, const std::string& word, std::string_view where) {
  auto configuration = context.configuration();
  if (!configuration || (*configuration)->find_brand(BrandId(word)) != nullptr)
    return BrandId(word);
  std::vector<std::string_view> known;
  for (const app::BrandSettings& brand : (*configuration)->brands) known.push_back(brand.id.value);
  const auto meant = text::did_you_mean(word, known);
  return fail(Errc::not_found,
              "there is no brand \"" + word + "\"" +
                  (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ""),
              std::string(where));
}

Result<std::optional<BrandId>> brand_option(Context& context, const Arguments& arguments) {
  const auto word = arguments.value("--brand");
  if (!word) return std::optional<BrandId>();
  auto brand = known_brand(context, *word, "--brand");
  if (!brand) return fail(std::move(brand.error()));
  return std::optional(std::move(*brand));
}

Result<store::MentionFilter> mention_filter(Context& context, const Arguments& arguments) {
  store::MentionFilter filter;
  auto brand = brand_option(context, arguments);
  if (!brand) return fail(std::move(brand.error()));
  filter.brand = *brand;
  auto days = day_options(context, arguments);
  if (!days) return fail(std::move(days.error()));
  filter.since = days->since;
  filter.until = days->until;
  auto order = order_option(arguments);
  if (!order) return fail(std::move(order.error()));
  filter.order = *order;
  filter.query = arguments.value("QUERY");
  if (!filter.query) return filter;
  filter.query = with_days_written_out(context, *filter.query);
  auto parsed = query::parse_query(*filter.query);
  if (!parsed) return fail(std::move(parsed.error()));
  if (auto known = check_names(context, *filter.query, parsed->root); !known)
    return fail(std::move(known.error()));
  return filter;
}

}  // namespace testigo::cli
