#include "sources/item_table.h"

#include <string>

#include "core/time.h"
#include "extract/number.h"
#include "sources/selector_check.h"

namespace testigo::sources {
namespace {

using extract::Format;
using extract::ItemSpec;
using extract::Markup;
using extract::PostField;
using formats::TomlMember;
using formats::TomlValue;

class ItemTable {
 public:
  explicit ItemTable(CheckedToml& toml) : toml_(toml) {}

  ItemSpec read(Format format, const TomlValue& table) {
    toml_.only(table, {"list",    "list_optional", "keyed",   "children", "required", "only_if",
                       "skip_if", "gone_if",       "more_if", "html",     "markdown", "bbcode",
                       "quotes",  "zone",          "scope",   "fields",   "values",   "rating",
                       "unknown", "key",           "answers", "known",    "expected"});
    ItemSpec spec;
    spec.list = toml_.strings(table, "list");
    if (table.find("list") == nullptr)
      toml_.wrong(table, "\"list\" is missing: say where the items stand.");
    read_optional(format, spec, table);
    spec.keyed = toml_.boolean(table, "keyed", false);
    spec.children = toml_.strings(table, "children");
    spec.quotes = toml_.string(table, "quotes");
    spec.zone = toml_.string(table, "zone");
    spec.scope = toml_.strings(table, "scope");
    spec.only_if = toml_.strings(table, "only_if");
    spec.skip_if = toml_.strings(table, "skip_if");
    spec.gone_if = toml_.strings(table, "gone_if");
    spec.more_if = toml_.strings(table, "more_if");
    spec.unknown = toml_.strings(table, "unknown");
    read_keys(format, spec, table);
    check_selectors(toml_, format, spec.list, at(table, "list"), "list");
    check_selectors(toml_, format, spec.children, at(table, "children"), "children");
    check_conditions(toml_, format, spec.only_if, at(table, "only_if"), "only_if");
    check_conditions(toml_, format, spec.skip_if, at(table, "skip_if"), "skip_if");
    if (!spec.quotes.empty())
      check_selectors(toml_, Format::html, {spec.quotes}, at(table, "quotes"), "quotes");
    check_zone(spec.zone, table);
    read_fields(format, spec, table);
    spec.required = field_list(spec, table, "required");
    spec.expected = field_list(spec, table, "expected");
    read_markup(spec, table, "html", Markup::html);
    read_markup(spec, table, "markdown", Markup::markdown);
    read_markup(spec, table, "bbcode", Markup::bbcode);
    if (const TomlValue* values = table.find("values")) read_values(spec, *values);
    if (const TomlValue* rating = table.find("rating")) read_scale(spec, *rating);
    return spec;
  }

 private:
  // The value of a key, else the table: where a message points to.
  static const TomlValue& at(const TomlValue& table, std::string_view key) {
    const TomlValue* value = table.find(key);
    return value == nullptr ? table : *value;
  }

  // true: a list may be missing from whatever answer it is; pointers: where one of them leads to a
  // value; "{}": where the answer holds nothing.
  void read_optional(Format format, ItemSpec& spec, const TomlValue& table) {
    const TomlValue& optional = at(table, "list_optional");
    const bool says_where =
        optional.kind == TomlValue::Kind::string || optional.kind == TomlValue::Kind::array;
    if (!says_where) {
      spec.list_required = !toml_.boolean(table, "list_optional", false);
      return;
    }
    spec.list_required = false;
    spec.instead = toml_.strings(table, "list_optional");
    if (!is_json(format) || spec.instead.empty())
      toml_.wrong(optional, "\"list_optional\" is true or false here; pointers are for json.");
    for (const std::string& sign : spec.instead)
      if (sign != extract::nothing_instead && !sign.starts_with('/'))
        toml_.wrong(optional,
                    "\"list_optional\" takes JSON Pointers such as \"/total\", or \"{}\"; "
                    "here it is \"" +
                        sign + "\".");
  }

  void read_keys(Format format, ItemSpec& spec, const TomlValue& table) {
    spec.key = toml_.string(table, "key");
    spec.answers = toml_.string(table, "answers");
    spec.known = toml_.pairs(table, "known");
    for (const std::string_view name : {"key", "answers"}) {
      const std::string& selector = name == "key" ? spec.key : spec.answers;
      if (selector.empty()) continue;
      if (!is_json(format))
        toml_.wrong(at(table, name), "\"" + std::string(name) + "\" is for json and jsonl.");
      if (!selector.starts_with('/') && !selector.starts_with(extract::piece_prefix))
        toml_.wrong(at(table, name),
                    "\"" + std::string(name) +
                        "\" must be a JSON Pointer such as \"/id\"; here it is \"" + selector +
                        "\".");
      check_selectors(toml_, format, {selector}, at(table, name), name);
    }
    for (const std::string_view name : {"key", "known"}) {
      if (table.find(name) == nullptr || !spec.answers.empty()) continue;
      toml_.wrong(at(table, name), "\"" + std::string(name) +
                                       "\" needs \"answers\": where an item says by that key "
                                       "which other it answers.");
    }
  }

  void check_zone(const std::string& zone, const TomlValue& table) {
    if (zone.empty() || parse_iso8601("2026-01-01T00:00:00" + zone)) return;
    toml_.wrong(at(table, "zone"), "\"zone\" must be an offset such as \"+02:00\".");
  }

  std::vector<PostField> field_list(const ItemSpec& spec, const TomlValue& table,
                                    std::string_view key) {
    std::vector<PostField> fields;
    for (const std::string& name : toml_.strings(table, key)) {
      const auto field = field_named(at(table, key), name);
      if (!field) return fields;
      if (!spec.fields.contains(*field))
        toml_.wrong(at(table, key), "\"" + name + "\" is " + std::string(key) +
                                        ", and [items.fields] does not say where it stands.");
      fields.push_back(*field);
    }
    return fields;
  }

  void read_fields(Format format, ItemSpec& spec, const TomlValue& table) {
    const TomlValue* fields = table.find("fields");
    if (fields == nullptr)
      return toml_.wrong(table, "[items.fields] is missing: say where a post keeps what.");
    if (!toml_.is(*fields, TomlValue::Kind::table, "fields")) return;
    for (const TomlMember& member : fields->members) {
      const auto field = field_named(member.value, member.key);
      if (!field) return;
      spec.fields[*field] = toml_.strings(*fields, member.key);
      check_field(toml_, format, *field, spec.fields[*field], member.value);
    }
  }

  void read_markup(ItemSpec& spec, const TomlValue& table, std::string_view key, Markup markup) {
    for (const std::string& name : toml_.strings(table, key)) {
      if (const auto field = field_named(at(table, key), name)) spec.markup[*field] = markup;
    }
  }

  void read_values(ItemSpec& spec, const TomlValue& values) {
    if (!toml_.is(values, TomlValue::Kind::table, "values")) return;
    for (const TomlMember& member : values.members) {
      const auto field = field_named(member.value, member.key);
      if (!field) return;
      for (auto& [word, ours] : toml_.pairs(values, member.key)) {
        if (*field == PostField::rating && !ours.empty() && !extract::parse_number(ours))
          toml_.wrong(at(member.value, word), "\"" + ours + "\" is no number: say how many " +
                                                  word +
                                                  " is on the rating's scale, such as \"5\".");
        spec.values[*field][word] = ours;
      }
    }
  }

  void read_scale(ItemSpec& spec, const TomlValue& rating) {
    if (!toml_.is(rating, TomlValue::Kind::table, "rating")) return;
    toml_.only(rating, {"best", "worst", "none"});
    spec.rating_best = toml_.real(rating, "best").value_or(5.0);
    spec.rating_worst = toml_.real(rating, "worst").value_or(1.0);
    spec.rating_none = toml_.real(rating, "none");
    if (spec.rating_best <= spec.rating_worst) {
      toml_.wrong(at(rating, "best"), "\"best\" must be greater than \"worst\".");
    }
  }

  std::optional<PostField> field_named(const TomlValue& place, std::string_view name) {
    const auto field = extract::parse_post_field(name);
    if (!field) {
      Names known;
      for (std::size_t i = 0; i < extract::post_field_count; ++i) {
        known.push_back(to_string(static_cast<PostField>(i)));
      }
      toml_.wrong(place, unknown_name("field", name, known));
    }
    return field;
  }

  CheckedToml& toml_;
};

}  // namespace

ItemSpec read_item_table(CheckedToml& toml, Format format, const TomlValue& table) {
  return ItemTable(toml).read(format, table);
}

}  // namespace testigo::sources
