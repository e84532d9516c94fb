#include "sources/selector_mend.h"

#include <algorithm>

namespace testigo::sources {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; }

// Takes a name from the front; empty where none stands there.
std::string_view take_name(std::string_view& text) {
  if (text.empty() || !is_letter(text.front())) return {};
  const auto end = std::find_if_not(text.begin(), text.end(), is_name_char);
  const std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(name.size());
  return name;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "li.rv.new#first" as a step of an XPath; `marks` counts what only CSS has. Empty where it is
// none.
std::string step_of(std::string_view& css, std::size_t& marks) {
  const std::string_view name = take_name(css);
  std::string step(name.empty() ? "*" : name);
  std::size_t own = 0;
  for (; css.starts_with('.') || css.starts_with('#'); ++own) {
    const bool is_class = css.front() == '.';
    css.remove_prefix(1);
    const std::string value(take_name(css));
    if (value.empty()) return {};
    step += is_class ? "[contains(concat(' ',normalize-space(@class),' '),' " + value + " ')]"
                     : "[@id='" + value + "']";
  }
  marks += own;
  return name.empty() && own == 0 ? std::string() : step;
}

}  // namespace

std::optional<std::string> pointer_meant(std::string_view selector) {
  const bool is_path = take(selector, '$');
  if (is_path) take(selector, '.');
  std::string pointer;
  while (true) {
    const std::string_view key = take_name(selector);
    if (key.empty()) break;
    pointer += '/' + std::string(key);
    if (!take(selector, '.') && !take(selector, '/')) break;
  }
  if (pointer.empty() || (!is_path && !selector.empty())) return std::nullopt;
  return pointer;
}

std::optional<std::string> xpath_meant(std::string_view selector) {
  std::string xpath;
  std::size_t marks = 0;
  bool is_child = false;
  while (!selector.empty()) {
    const std::string step = step_of(selector, marks);
    if (step.empty()) return std::nullopt;
    xpath += (is_child ? "/" : "//") + step;
    const std::size_t next = std::min(selector.find_first_not_of(' '), selector.size());
    if (next == 0 && !selector.empty() && selector.front() != '>') return std::nullopt;
    selector.remove_prefix(next);
    is_child = take(selector, '>');
    if (is_child) ++marks;
    selector.remove_prefix(std::min(selector.find_first_not_of(' '), selector.size()));
  }
  return marks > 0 && !is_child ? std::optional(xpath) : std::nullopt;
}

}  // namespace testigo::sources
