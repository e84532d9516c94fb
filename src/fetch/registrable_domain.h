#pragma once

#include <string>
#include <string_view>

namespace testigo::fetch {

// The domain that somebody could register under the public suffix list: "shop.example.co.uk" →
// "example.co.uk". The host itself where there is none (an address, "localhost", a bare suffix).
// `host` is ASCII (text/idna.h) and in any case; the answer is lower case.
[[nodiscard]] std::string registrable_domain(std::string_view host);

}  // namespace testigo::fetch
