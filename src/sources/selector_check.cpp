#include "sources/selector_check.h"

#include <algorithm>
#include <array>
#include <string>

#include "extract/condition.h"
#include "formats/xpath.h"
#include "sources/selector_mend.h"

namespace testigo::sources {
namespace {

using extract::Format;
using extract::PostField;
using extract::Selector;
using formats::TomlValue;

// Fields that differ from item to item, so that a text without a pointer in it is a slip. An author
// ("a customer"), an item, a place, a language or an address may well be one for all.
constexpr std::array<PostField, 11> telling_fields = {
    PostField::id,     PostField::parent,   PostField::posted_at, PostField::edited_at,
    PostField::rating, PostField::title,    PostField::text,      PostField::reach,
    PostField::reply,  PostField::by_brand, PostField::replied_at};

bool is_pointer(std::string_view selector) { return selector.empty() || selector.starts_with('/'); }

bool has_stray_tilde(std::string_view pointer) {
  for (std::size_t at = pointer.find('~'); at != std::string_view::npos;
       at = pointer.find('~', at + 1)) {
    const std::string_view next = pointer.substr(at + 1, 1);
    if (next != "0" && next != "1") return true;
  }
  return false;
}

// "{/a}" does, "{/a" and "/a}" and "{{/a}}" do not.
bool has_closed_braces(std::string_view text) {
  bool open = false;
  for (const char c : text) {
    if ((c == '{' && open) || (c == '}' && !open)) return false;
    if (c == '{' || c == '}') open = !open;
  }
  return !open;
}

void check_xpath(CheckedToml& toml, std::string_view selector, const TomlValue& at,
                 std::string_view key) {
  if (selector.starts_with(extract::header_prefix)) return;
  if (selector.starts_with('=')) {
    if (!has_closed_braces(selector))
      toml.wrong(at, "a brace of \"" + std::string(selector) + "\" has no other half.");
    return;
  }
  if (selector.starts_with(extract::stars_prefix))
    selector.remove_prefix(extract::stars_prefix.size());
  const Result<void> good = formats::check_xpath(selector);
  if (const auto meant = xpath_meant(selector))
    return toml.wrong(at, "\"" + std::string(selector) +
                              "\" is a CSS selector; the XPath of it is \"" +
                              (key == "list" || key == "for_each" ? "" : ".") + *meant + "\".");
  if (!good)
    toml.wrong(at, "\"" + std::string(key) +
                       "\" must be XPath 1.0, such as \".//p[@class='text']\"; \"" +
                       std::string(selector) + "\" is not: " + good.error().what);
}

// "lines:/content,/text" and "of:title,question=/question_id" have two halves, or they say nothing.
bool lacks_a_half(std::string_view selector) {
  if (selector.starts_with(extract::lines_prefix) || selector.starts_with(extract::range_prefix))
    return selector.find(',') == std::string_view::npos;
  return selector.starts_with(extract::of_prefix) &&
         selector.find('=', selector.find(',')) == std::string_view::npos;
}

std::string did_you_mean(std::string_view selector) {
  const auto meant = pointer_meant(selector);
  return "; did you mean \"" + meant.value_or("/" + std::string(selector)) + "\"?";
}

void check_json(CheckedToml& toml, const std::string& selector, const TomlValue& at,
                std::string_view key) {
  if (selector.starts_with("$")) {
    toml.wrong(at, "\"" + std::string(key) + "\" takes JSON Pointers, not JSONPath" +
                       did_you_mean(selector));
  } else if (!is_pointer(selector) && (key == "list" || key == "for_each" || key == "children")) {
    toml.wrong(at, "\"" + std::string(key) +
                       "\" must be a JSON Pointer such as \"/items\"; here it is \"" + selector +
                       "\".");
  } else if (extract::is_json_template(selector) && !has_closed_braces(selector)) {
    toml.wrong(at, "a brace of \"" + selector + "\" has no other half.");
  } else if (lacks_a_half(selector)) {
    toml.wrong(at, "\"" + selector +
                       "\" lacks its second half: \"lines:/list,/text\", "
                       "\"range:/offset,/length\", \"of:title,question=/question_id\".");
  } else if (!extract::is_json_template(selector) && has_stray_tilde(selector)) {
    toml.wrong(at, "in \"" + selector +
                       "\" a \"~\" must be written \"~0\", and a \"/\" within a key \"~1\".");
  }
}

// Whether a text that would be the same for every item looks like a place of the answer.
bool is_slip(PostField field, std::string_view selector) {
  if (!extract::is_json_template(selector) || selector.find('{') != std::string_view::npos)
    return false;
  if (std::find(telling_fields.begin(), telling_fields.end(), field) != telling_fields.end())
    return true;
  const bool is_key = pointer_meant(selector).has_value();
  if (is_key && selector.find('/') != std::string_view::npos) return true;
  if (field == PostField::url) return selector.find("://") == std::string_view::npos;
  const bool is_small = selector.front() >= 'a' && selector.front() <= 'z';
  return field == PostField::author && is_key && is_small;
}

// How a name that all have is written.
std::string way_out(PostField field) {
  if (field != PostField::author) return "";
  return " A name for all is written with a capital or a space: \"A customer\".";
}

}  // namespace

void check_selectors(CheckedToml& toml, Format format, const Selector& selectors,
                     const TomlValue& at, std::string_view key) {
  for (const std::string& selector : selectors) {
    if (toml.error()) return;
    if (format == Format::html) check_xpath(toml, selector, at, key);
    if (is_json(format)) check_json(toml, selector, at, key);
  }
}

void check_conditions(CheckedToml& toml, Format format, const Selector& conditions,
                      const TomlValue& at, std::string_view key) {
  for (const std::string& condition : conditions) {
    if (toml.error()) return;
    const std::string place(extract::parse_condition(condition).place);
    const bool is_place = !extract::is_json_template(place) || place.find('{') != std::string::npos;
    if (is_json(format) && !is_place && !place.starts_with('$'))
      toml.wrong(at, "\"" + std::string(key) + "\" must say where a value stands; here it is \"" +
                         condition + "\"" + did_you_mean(condition));
    check_selectors(toml, format, {place}, at, key);
  }
}

void check_field(CheckedToml& toml, Format format, PostField field, const Selector& selectors,
                 const TomlValue& at) {
  check_selectors(toml, format, selectors, at, to_string(field));
  if (!is_json(format)) return;
  for (const std::string& selector : selectors) {
    if (!is_slip(field, selector)) continue;
    toml.wrong(at, "\"" + std::string(to_string(field)) + "\" would be \"" + selector +
                       "\" for every item" + did_you_mean(selector) + way_out(field));
  }
}

}  // namespace testigo::sources
