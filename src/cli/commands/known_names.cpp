#include "cli/commands/known_names.h"

#include <algorithm>
#include <vector>

#include "classify/rules.h"
#include "core/verdict.h"
#include "query/spot.h"
#include "store/read_names.h"
#include "text/fold.h"
#include "text/language_tag.h"
#include "text/suggest.h"

namespace testigo::cli {
namespace {

using query::Filter;
using query::FilterField;
using Names = std::vector<std::string>;

// Queries have their names folded.
bool has(const Names& names, std::string_view folded) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return text::fold(name) == folded; });
}

bool has_exactly(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Where a name stands: an option, or a filter of a query.
struct Place {
  std::string_view option;
  std::string_view query;
  const Filter* filter = nullptr;

  [[nodiscard]] Error error(const std::string& what) const {
    if (filter != nullptr) return query::error_at_filter(query, *filter, what, Errc::not_found);
    return {Errc::not_found, what, std::string(option)};
  }
};

Result<void> unknown(std::string_view what, const std::string& name, const Names& names,
                     const Place& place) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto meant = text::did_you_mean(name, views);
  return fail(place.error("there is no " + std::string(what) + " \"" + name + "\"" +
                          (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : "")));
}

store::StoredNames stored(Context& context) {
  auto store = context.open_store();
  if (!store) return {};  // said by who needs it
  return store::stored_names(*store).value_or(store::StoredNames());
}

// The store is asked first: rules take longer to read than most questions to answer.

Result<void> check_brand(Context& context, const std::string& name, const Place& place) {
  Names names = stored(context).brands;
  if (auto configuration = context.configuration())
    for (const app::BrandSettings& brand : (*configuration)->brands)
      names.push_back(brand.id.value);
  if (names.empty() || has(names, name)) return {};
  return unknown("brand", name, names, place);
}

using Has = bool (*)(const Names& names, std::string_view name);

Result<void> check_source(Context& context, const std::string& name, const Place& place, Has has) {
  Names names = stored(context).sources;
  if (has(names, name)) return {};
  auto book = context.rule_book();
  if (!book) return fail(book.error());
  for (const auto& [id, source] : (*book)->sources) names.push_back(id.value);
  if (has(names, name)) return {};
  return unknown("source", name, names, place);
}

Result<void> check_theme(Context& context, const std::string& name, const Place& place) {
  Names names = stored(context).themes;
  for (const std::string_view known : value_names(Axis::theme)) names.emplace_back(known);
  if (has(names, name)) return {};
  auto book = context.rule_book();
  if (!book) return fail(book.error());
  for (const classify::RuleRow& row : classify::list_rules((*book)->rules))
    if (row.axis == axis_name(Axis::theme)) names.push_back(row.value);
  if (has(names, name)) return {};
  return unknown("theme", name, names, place);
}

Result<void> check_language(Context& context, const std::string& language, const Place& place) {
  if (text::is_language(language)) return {};
  if (auto store = context.open_store())
    if (store::has_language(*store, language).value_or(true)) return {};
  return fail(place.error("there is no language \"" + language + "\"; write its code, as lang:es"));
}

Result<void> check_filter(Context& context, std::string_view text, const Filter& filter) {
  const Place place{{}, text, &filter};
  switch (filter.field) {
    case FilterField::brand:
      return check_brand(context, filter.value, place);
    case FilterField::source:
      return check_source(context, filter.value, place, has);
    case FilterField::theme:
      return check_theme(context, filter.value, place);
    case FilterField::lang:
      return check_language(context, filter.value, place);
    default:
      return {};
  }
}

bool is_bound(const query::Node& node, FilterField field) {
  return node.kind == query::Node::Kind::filter && node.filter.field == field;
}

Result<void> check_days(std::string_view text, const query::Node& node) {
  if (node.kind != query::Node::Kind::all_of) return {};
  for (const query::Node& since : node.children)
    for (const query::Node& until : node.children)
      if (is_bound(since, FilterField::since) && is_bound(until, FilterField::until) &&
          until.filter.day < since.filter.day)
        return fail(query::error_at_filter(
            text, until.filter,
            "the last day, until:" + to_string(until.filter.day) +
                ", lies before the first, since:" + to_string(since.filter.day),
            Errc::malformed));
  return {};
}

}  // namespace

Result<void> check_names(Context& context, std::string_view text, const query::Node& node) {
  if (node.kind == query::Node::Kind::filter) return check_filter(context, text, node.filter);
  if (auto days = check_days(text, node); !days) return days;
  for (const query::Node& child : node.children)
    if (auto checked = check_names(context, text, child); !checked) return checked;
  return {};
}

Result<std::optional<SourceId>> source_option(Context& context, const Arguments& arguments) {
  const auto word = arguments.value("--source");
  if (!word) return std::optional<SourceId>();
  if (auto known = check_source(context, *word, {"--source", {}, nullptr}, has_exactly); !known)
    return fail(std::move(known).error());
  return std::optional(SourceId(*word));
}

}  // namespace testigo::cli
