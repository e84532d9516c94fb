#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace testigo::text {

// The WHATWG URL standard's "domain to ASCII" (beStrict false): UTS 46, non-transitional, bidi and
// joiner checks, no hyphen check, no STD3 rules; "xn--" labels must be sound. Errc::malformed.
[[nodiscard]] Result<std::string> domain_to_ascii(std::string_view domain);

// For showing: "xn--e1afmkfd.example" → "пример.example"; what is not sound stays as it is.
[[nodiscard]] std::string domain_to_unicode(std::string_view domain);

}  // namespace testigo::text
