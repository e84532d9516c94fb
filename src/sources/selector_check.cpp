#include "sources/selector_check.h"

#include <algorithm>
#include <array>
#include <string>

#include "formats/xpath.h"

namespace testigo::sources {
namespace {

using extract::Format;
using extract::PostField;
using extract::Selector;
using formats::TomlValue;

// Fields that differ from item to item, so that a text without a pointer in it is a slip. An author
// ("a customer"), an item, a place or a language may well be one for all.
constexpr std::array<PostField, 9> telling_fields = {
    PostField::id,        PostField::parent, PostField::posted_at,
    PostField::edited_at, PostField::title,  PostField::text,
    PostField::reach,     PostField::reply,  PostField::replied_at};

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
  if (const Result<void> good = formats::check_xpath(selector); !good)
    toml.wrong(at, "\"" + std::string(key) + "\" is not XPath 1.0: " + good.error().what);
}

// "lines:/content,/text" and "of:title,question=/question_id" have two halves, or they say nothing.
bool lacks_a_half(std::string_view selector) {
  if (selector.starts_with(extract::lines_prefix) || selector.starts_with(extract::range_prefix))
    return selector.find(',') == std::string_view::npos;
  return selector.starts_with(extract::of_prefix) &&
         selector.find('=', selector.find(',')) == std::string_view::npos;
}

void check_json(CheckedToml& toml, const std::string& selector, const TomlValue& at,
                std::string_view key) {
  if (!is_pointer(selector) && (key == "list" || key == "for_each" || key == "children")) {
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

}  // namespace

void check_selectors(CheckedToml& toml, Format format, const Selector& selectors,
                     const TomlValue& at, std::string_view key) {
  for (const std::string& selector : selectors) {
    if (toml.error()) return;
    if (format == Format::html) check_xpath(toml, selector, at, key);
    if (is_json(format)) check_json(toml, selector, at, key);
  }
}

void check_field(CheckedToml& toml, Format format, PostField field, const Selector& selectors,
                 const TomlValue& at) {
  check_selectors(toml, format, selectors, at, to_string(field));
  const bool telling =
      std::find(telling_fields.begin(), telling_fields.end(), field) != telling_fields.end();
  if (!is_json(format) || !telling) return;
  for (const std::string& selector : selectors) {
    if (!extract::is_json_template(selector) || selector.find('{') != std::string::npos) continue;
    toml.wrong(at, "\"" + std::string(to_string(field)) + "\" would be \"" + selector +
                       "\" for every item; did you mean \"/" + selector + "\"?");
  }
}

}  // namespace testigo::sources
