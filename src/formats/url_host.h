#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testigo::formats {

// The URL standard's host parser (§3.5): domain, IPv4 or [IPv6] of a special scheme, or the opaque
// host of another. Serialised; nothing is failure.
[[nodiscard]] std::optional<std::string> parse_host(std::string_view text, bool special);

}  // namespace testigo::formats
