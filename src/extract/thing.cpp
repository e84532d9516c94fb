#include "extract/thing.h"

#include <algorithm>

#include "text/normalize.h"

namespace testigo::extract {

bool has_value(const ThingProperty& property) {
  const ThingValue& value = property.value;
  return value.thing || !value.text.empty() || !value.url.empty();
}

bool Thing::is(std::string_view type) const {
  return std::find(types.begin(), types.end(), type) != types.end();
}

const ThingValue* Thing::first(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (const ThingProperty& property : properties) {
      if (property.name == name && has_value(property)) return &property.value;
    }
  }
  return nullptr;
}

std::string short_name(std::string_view name) {
  name = text::trim(name);
  const auto parts = [](char c) { return c == '/' || c == '#' || c == ':'; };
  const auto mark = std::find_if(name.rbegin(), name.rend(), parts);
  const auto after = static_cast<std::size_t>(mark - name.rbegin());
  return std::string(after > 0 ? name.substr(name.size() - after) : name);
}

}  // namespace testigo::extract
