#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::sources {

// URL and body templates in the manner of RFC 6570, levels 1 and 2: {name} is the value with all
// but unreserved characters percent-encoded, {+name} keeps reserved ones (a whole URL, a path).
// Braces around anything else than a lower-case name stand for themselves, so JSON bodies need no
// escaping.

enum class Escape : unsigned char {
  percent,  // as above
  json,  // as the inside of a JSON string (RFC 8259 §7); {+name} is the whole string, quotes and
         // all, and null where it is empty
  none,  // as it is: for values that are encoded whole later, and header values
};

// The names used, in order of first use.
[[nodiscard]] std::vector<std::string> template_names(std::string_view text);

// Nothing where a name has no value: what the template was for is then left out.
[[nodiscard]] std::optional<std::string> expand(std::string_view text,
                                                const std::map<std::string, std::string>& values,
                                                Escape escape);

// "name?key=value&…" and back: how a request's step carries its variables through the frontier.
[[nodiscard]] std::string write_step(std::string_view name,
                                     const std::map<std::string, std::string>& variables);
struct StepState {
  std::string name;
  std::map<std::string, std::string> variables;
};
[[nodiscard]] StepState read_step(std::string_view step);

}  // namespace testigo::sources
