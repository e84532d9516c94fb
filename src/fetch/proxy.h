#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testigo::fetch {

// Proxies as the environment names them. Read by us, not by libcurl, since whoever checks addresses
// must know which connections go to a proxy.
struct ProxySettings {
  std::string http;  // "http://proxy.example:3128"; empty: none
  std::string https;
  // no_proxy, in lower case: hosts, domains with those below them ("corp.example", ".corp.example",
  // "*.corp.example"), addresses and networks ("10.0.0.0/8", for hosts that are addresses), or "*";
  // with a port ("corp.example:8080", "[::1]:8080") for that port alone.
  std::vector<std::string> direct;

  // From http_proxy (lower case only: servers put a request's "Proxy:" header into HTTP_PROXY),
  // https_proxy, all_proxy and no_proxy, in either case. `variable` is getenv, "" where unset.
  [[nodiscard]] static ProxySettings from(const std::function<std::string(const char*)>& variable);
};

// The proxy for a host and port, if there is one. This machine itself is always asked directly.
[[nodiscard]] std::optional<std::string> proxy_for(const ProxySettings& settings,
                                                   std::string_view scheme, std::string_view host,
                                                   std::uint16_t port);

}  // namespace testigo::fetch
