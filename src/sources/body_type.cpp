#include "sources/body_type.h"

#include <map>

#include "formats/json.h"
#include "sources/template.h"
#include "text/normalize.h"

namespace testigo::sources {

bool gives_json(std::string_view body) {
  std::map<std::string, std::string> values;
  for (const std::string& name : template_names(body)) values[name] = "1";
  const auto filled = expand(body, values, Escape::json);
  return filled && formats::parse_json(*filled).has_value();
}

std::optional<std::string> body_type_of(std::string_view body) {
  if (gives_json(body)) return "json";
  const std::string_view start = text::trim(body);
  const bool pairs = start.find('=') != std::string_view::npos &&
                     start.find_first_of("{[<\" \n") > start.find('=');
  return pairs ? std::optional<std::string>("form") : std::nullopt;
}

std::string_view content_type_of(std::string_view body_type) {
  return body_type == "form" ? "application/x-www-form-urlencoded" : "application/json";
}

}  // namespace testigo::sources
