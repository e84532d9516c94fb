#pragma once

#include <string>
#include <string_view>

namespace testigo::fetch {

// The path and query of a URL (absolute, or a path already) in the form that rules are compared in:
// RFC 9309 §2.2.2's percent-encoding, and '*' and '$' escaped, since in a URL they stand for
// themselves. The fragment is dropped.
[[nodiscard]] std::string normalised_robots_path(std::string_view url);

// A rule's path in the same form; '*' stays a wildcard, and '$' an end mark where it is the last.
[[nodiscard]] std::string normalised_robots_pattern(std::string_view pattern);

// RFC 9309 §2.2.3, for two strings in those forms. Linear in both.
[[nodiscard]] bool robots_pattern_matches(std::string_view pattern, std::string_view path);

}  // namespace testigo::fetch
