#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::archive {

inline constexpr std::string_view redacted = "REDACTED";

// The text with every occurrence of each secret replaced, as it is and percent-encoded. Secrets
// shorter than four bytes are left alone: they would tear ordinary words.
[[nodiscard]] std::string redact(std::string_view text, std::span<const std::string> secrets);

// Headers fit for the archive: values of Authorization, Cookie, Set-Cookie, X-Api-Key and their
// like become REDACTED, and the secrets are taken out of all others.
[[nodiscard]] std::vector<Header> redact(std::vector<Header> headers,
                                         std::span<const std::string> secrets);

}  // namespace testigo::archive
