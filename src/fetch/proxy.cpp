#include "fetch/proxy.h"

#include <charconv>
#include <cstddef>

#include "fetch/address_guard.h"
#include "text/normalize.h"

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

// The bits of an address's network, "10.0.0.0/8"; none where it isn't one.
std::optional<std::size_t> prefix_of(std::string_view digits, bool is_v6) {
  std::size_t bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole && bits <= (is_v6 ? 128u : 32u) ? std::optional(bits) : std::nullopt;
}

// An address, or a network as RFC 4632 writes it.
bool covers_address(std::string_view entry, const IpAddress& address) {
  const std::size_t slash = entry.find('/');
  const auto network = parse_ip(entry.substr(0, slash));
  if (!network || network->is_v6 != address.is_v6) return false;
  if (slash == std::string_view::npos) return *network == address;
  const auto bits = prefix_of(entry.substr(slash + 1), address.is_v6);
  if (!bits) return false;
  for (std::size_t bit = 0; bit < *bits; ++bit) {
    const int mask = 0x80 >> bit % 8;
    if (((network->bytes[bit / 8] ^ address.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

// What stands before an entry's port. An address of IPv6 has one only behind its brackets.
std::string_view host_of(std::string_view entry) {
  if (entry.starts_with('[')) return entry.substr(0, entry.find(']') + 1);
  const std::size_t colon = entry.find(':');
  return colon == entry.rfind(':') ? entry.substr(0, colon) : entry;
}

bool covers(std::string_view entry, std::string_view host, std::uint16_t port) {
  const std::string_view wanted = entry.substr(host_of(entry).size());
  if (!wanted.empty() && wanted != ":" + std::to_string(port)) return false;
  entry = host_of(entry);
  if (entry == "*") return true;
  if (const auto address = parse_ip(host)) return covers_address(entry, *address);
  if (entry.starts_with('*')) entry.remove_prefix(1);
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
  settings.direct = split_list(text::ascii_lower(first({"no_proxy", "NO_PROXY"})));
  return settings;
}

std::optional<std::string> proxy_for(const ProxySettings& settings, std::string_view scheme,
                                     std::string_view host, std::uint16_t port) {
  const std::string& proxy = scheme == "https" ? settings.https : settings.http;
  if (proxy.empty() || is_this_machine(host)) return {};
  for (const std::string& entry : settings.direct) {
    if (covers(entry, host, port)) return {};
  }
  return proxy;
}

}  // namespace testigo::fetch
