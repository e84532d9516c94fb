#include "extract/json_leads.h"

#include <set>
#include <utility>

namespace testigo::extract {
namespace {

using formats::JsonNode;

// Of the first selector that has any. Several where a list is longer than one request takes.
std::vector<std::string> values_at(const JsonValues& values, JsonNode item,
                                   const Selector& selectors) {
  for (const std::string& selector : selectors) {
    std::string value(values.look_up(item, selector).text());
    if (!value.empty()) return {std::move(value)};
    if (!selector.starts_with('/')) continue;
    std::vector<std::string> lists = JsonValues::joined(item, selector);
    if (!lists.empty()) return lists;
  }
  return {};
}

struct Led {
  std::vector<Variables> requests;  // none where a variable has no value
  std::string missing;              // its selector
};

Led led_to(const EachSpec& each, JsonNode item, const JsonValues& values) {
  Led led{{Variables()}, ""};
  for (const auto& [name, selectors] : each.variables) {
    const std::vector<std::string> found = values_at(values, item, selectors);
    if (found.empty()) return {{}, selectors.empty() ? name : selectors.front()};
    std::vector<Variables> filled;
    for (const Variables& variables : led.requests) {
      for (const std::string& value : found) {
        if (filled.size() >= max_items_per_page) break;
        filled.emplace_back(variables)[name] = value;
      }
    }
    led.requests = std::move(filled);
  }
  return led;
}

// When what the element leads to last changed, as it says it; "".
std::string changed_at(const EachSpec& each, JsonNode item, const JsonValues& values) {
  for (const std::string& selector : each.changed) {
    const Found changed = values.look_up(item, selector);
    if (!changed.is_blank()) return std::string(changed.text());
  }
  return {};
}

}  // namespace

ItemView view_of(const JsonElement& element, const JsonValues& values) {
  return {
      element.place,
      [&](std::string_view selector) { return values.look_up(element.value, selector); },
      [&](std::string_view selector) { return JsonValues::look_up_each(element.value, selector); }};
}

JsonLeads read_leads(const EachSpec& each, std::vector<JsonElement> list, const JsonValues& values,
                     const std::unordered_set<std::string>& named) {
  if (!each.children.empty())
    list = with_children(std::move(list), each.children, max_items_per_page);
  JsonLeads leads;
  std::set<Variables> seen;
  for (const JsonElement& element : list) {
    if (leads.requests.size() >= max_items_per_page) break;
    if (!is_wanted(view_of(element, values), each.only_if, each.skip_if)) {
      ++leads.skipped;
      continue;
    }
    const bool is_here =
        !each.unless_here.empty() &&
        named.contains(std::string(values.look_up(element.value, each.unless_here).text()));
    if (is_here) continue;
    Led led = led_to(each, element.value, values);
    const std::string changed = changed_at(each, element.value, values);
    for (Variables& variables : led.requests) {
      if (!changed.empty()) variables[std::string(changed_variable)] = changed;
      if (seen.insert(variables).second) leads.requests.push_back(std::move(variables));
    }
    if (!led.missing.empty() && leads.missing.empty()) leads.missing = element.place + led.missing;
  }
  return leads;
}

}  // namespace testigo::extract
