#include "extract/spec.h"

#include <algorithm>
#include <iterator>

namespace testigo::extract {
namespace {

constexpr std::array<std::string_view, 7> format_names = {"json",    "html",  "feed", "page",
                                                          "sitemap", "jsonl", "warc"};

constexpr std::array<std::string_view, post_field_count> post_field_names = {
    "id",       "url",         "parent",       "author",    "item",
    "location", "app_version", "posted_at",    "edited_at", "language",
    "rating",   "rating_best", "rating_worst", "title",     "text",
    "reach",    "reply",       "replied_at",   "by_brand"};

template <class Enum, std::size_t N>
std::optional<Enum> by_name(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view to_string(Format format) { return format_names[static_cast<std::size_t>(format)]; }

std::optional<Format> parse_format(std::string_view name) {
  return by_name<Format>(format_names, name);
}

bool is_json_template(std::string_view selector) {
  constexpr std::string_view places[] = {"/",          "^/",         tail_prefix, range_prefix,
                                         piece_prefix, lines_prefix, of_prefix,   header_prefix};
  return !selector.empty() &&
         std::none_of(std::begin(places), std::end(places),
                      [&](std::string_view begin) { return selector.starts_with(begin); });
}

std::string_view to_string(PostField field) {
  return post_field_names[static_cast<std::size_t>(field)];
}

std::optional<PostField> parse_post_field(std::string_view name) {
  return by_name<PostField>(post_field_names, name);
}

}  // namespace testigo::extract
