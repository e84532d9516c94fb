#include "cli/commands/known_names.h"

#include <algorithm>
#include <vector>

#include "classify/rules.h"
#include "core/verdict.h"
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

Result<void> unknown(std::string_view what, const std::string& name, const Names& names,
                     std::string where) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto meant = text::did_you_mean(name, views);
  return fail(Errc::not_found,
              "there is no " + std::string(what) + " \"" + name + "\"" +
                  (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : ""),
              std::move(where));
}

store::StoredNames stored(Context& context) {
  auto store = context.open_store();
  if (!store) return {};  // said by who needs it
  return store::stored_names(*store).value_or(store::StoredNames());
}

// The store is asked first: rules take longer to read than most questions to answer.

Result<void> check_brand(Context& context, const std::string& name) {
  Names names = stored(context).brands;
  if (auto configuration = context.configuration())
    for (const app::BrandSettings& brand : (*configuration)->brands)
      names.push_back(brand.id.value);
  if (names.empty() || has(names, name)) return {};
  return unknown("brand", name, names, "query");
}

using Has = bool (*)(const Names& names, std::string_view name);

Result<void> check_source(Context& context, const std::string& name, std::string where, Has has) {
  Names names = stored(context).sources;
  if (has(names, name)) return {};
  auto book = context.rule_book();
  if (!book) return fail(book.error());
  for (const auto& [id, source] : (*book)->sources) names.push_back(id.value);
  if (has(names, name)) return {};
  return unknown("source", name, names, std::move(where));
}

Result<void> check_theme(Context& context, const std::string& name) {
  Names names = stored(context).themes;
  for (const std::string_view known : value_names(Axis::theme)) names.emplace_back(known);
  if (has(names, name)) return {};
  auto book = context.rule_book();
  if (!book) return fail(book.error());
  for (const classify::RuleRow& row : classify::list_rules((*book)->rules))
    if (row.axis == axis_name(Axis::theme)) names.push_back(row.value);
  if (has(names, name)) return {};
  return unknown("theme", name, names, "query");
}

Result<void> check_language(Context& context, const std::string& language) {
  if (text::is_language(language)) return {};
  if (auto store = context.open_store())
    if (store::has_language(*store, language).value_or(true)) return {};
  return fail(Errc::not_found,
              "there is no language \"" + language + "\"; write its code, as lang:es", "query");
}

Result<void> check_filter(Context& context, const Filter& filter) {
  switch (filter.field) {
    case FilterField::brand:
      return check_brand(context, filter.value);
    case FilterField::source:
      return check_source(context, filter.value, "query", has);
    case FilterField::theme:
      return check_theme(context, filter.value);
    case FilterField::lang:
      return check_language(context, filter.value);
    default:
      return {};
  }
}

bool is_bound(const query::Node& node, FilterField field) {
  return node.kind == query::Node::Kind::filter && node.filter.field == field;
}

Result<void> check_days(const query::Node& node) {
  if (node.kind != query::Node::Kind::all_of) return {};
  for (const query::Node& since : node.children)
    for (const query::Node& until : node.children)
      if (is_bound(since, FilterField::since) && is_bound(until, FilterField::until) &&
          until.filter.day < since.filter.day)
        return fail(Errc::malformed,
                    "the last day, until:" + to_string(until.filter.day) +
                        ", lies before the first, since:" + to_string(since.filter.day),
                    "query");
  return {};
}

}  // namespace

Result<void> check_names(Context& context, const query::Node& node) {
  if (node.kind == query::Node::Kind::filter) return check_filter(context, node.filter);
  if (auto days = check_days(node); !days) return days;
  for (const query::Node& child : node.children)
    if (auto checked = check_names(context, child); !checked) return checked;
  return {};
}

Result<std::optional<SourceId>> source_option(Context& context, const Arguments& arguments) {
  const auto word = arguments.value("--source");
  if (!word) return std::optional<SourceId>();
  if (auto known = check_source(context, *word, "--source", has_exactly); !known)
    return fail(std::move(known).error());
  return std::optional(SourceId(*word));
}

}  // namespace testigo::cli
