#pragma once

#include <string>

namespace testigo::fetch {

// Whether libcurl takes a text for a proxy's address: "http://proxy.example:3128", with
// "user:password@" before the host, or without a scheme. What stands behind the host must not hold
// an "@", which tells of a password that is not percent-encoded.
[[nodiscard]] bool is_proxy(const std::string& address);

}  // namespace testigo::fetch
