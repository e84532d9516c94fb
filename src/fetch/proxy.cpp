#include "fetch/proxy.h"

#include "fetch/address_guard.h"

namespace testigo::fetch {
namespace {

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (true) {
    const auto begin = text.find_first_not_of(" ,\t");
    if (begin == std::string_view::npos) return items;
    text.remove_prefix(begin);
    const auto end = text.find_first_of(" ,\t");
    items.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return items;
    text.remove_prefix(end);
  }
}

bool is_this_machine(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  const auto address = parse_ip(host);
  return address && special_purpose(*address) == "loopback";
}

bool covers(std::string_view entry, std::string_view host) {
  if (entry == "*") return true;
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty() || !host.ends_with(entry)) return false;
  return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

}  // namespace

ProxySettings ProxySettings::from(const std::function<std::string(const char*)>& variable) {
  const auto first = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (std::string value = variable(name); !value.empty()) return value;
    }
    return std::string();
  };
  ProxySettings settings;
  settings.http = first({"http_proxy", "all_proxy", "ALL_PROXY"});
  settings.https = first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  settings.direct = split_list(first({"no_proxy", "NO_PROXY"}));
  return settings;
}

std::optional<std::string> proxy_for(const ProxySettings& settings, std::string_view scheme,
                                     std::string_view host) {
  const std::string& proxy = scheme == "https" ? settings.https : settings.http;
  if (proxy.empty() || is_this_machine(host)) return {};
  for (const std::string& entry : settings.direct) {
    if (covers(entry, host)) return {};
  }
  return proxy;
}

}  // namespace testigo::fetch
