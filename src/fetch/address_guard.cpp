#include "fetch/address_guard.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <utility>

#include "text/normalize.h"

namespace testigo::fetch {
namespace {

struct Range {
  std::array<std::uint8_t, 16> network;
  unsigned bits;
  std::string_view what;
};

// IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast.
constexpr std::array<Range, 16> ipv4_ranges = {{
    {{0}, 8, "this network"},
    {{10}, 8, "a private network"},
    {{100, 64}, 10, "a carrier's shared network"},
    {{127}, 8, "loopback"},
    {{169, 254}, 16, "link-local"},
    {{172, 16}, 12, "a private network"},
    {{192, 0, 0}, 24, "a protocol assignment"},
    {{192, 0, 2}, 24, "documentation"},
    {{192, 31, 196}, 24, "AS112"},
    {{192, 88, 99}, 24, "a 6to4 relay"},
    {{192, 168}, 16, "a private network"},
    {{198, 18}, 15, "benchmarking"},
    {{198, 51, 100}, 24, "documentation"},
    {{203, 0, 113}, 24, "documentation"},
    {{224}, 4, "multicast"},
    {{240}, 4, "reserved or broadcast"},
}};

// What lies inside 2000::/3 and is not global all the same.
constexpr std::array<Range, 4> ipv6_ranges = {{
    {{0x20, 0x01, 0x00}, 23, "a protocol assignment"},  // Teredo and ORCHID among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x26, 0x20, 0x00, 0x4f, 0x80}, 48, "AS112"},
    {{0x3f, 0xff}, 20, "documentation"},
}};

// Named so that a person reads more than "not global".
constexpr std::array<Range, 5> ipv6_outside = {{
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{0xfc}, 7, "a private network"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfe, 0xc0}, 10, "site-local"},
    {{0xff}, 8, "multicast"},
}};

// Where an IPv4 address stands inside these.
constexpr Range ipv4_mapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "IPv4-mapped"};
constexpr Range nat64 = {{0, 0x64, 0xff, 0x9b}, 96, "NAT64"};  // RFC 6052
constexpr Range six_to_four = {{0x20, 0x02}, 16, "6to4"};      // RFC 3056
constexpr Range global_unicast = {{0x20}, 3, "global unicast"};

bool inside(const IpAddress& address, const Range& range) {
  unsigned bits = range.bits;
  for (std::size_t i = 0; bits > 0; ++i) {
    const unsigned here = std::min(bits, 8u);
    const auto mask = static_cast<std::uint8_t>(0xffu << (8 - here));
    if ((address.bytes[i] & mask) != (range.network[i] & mask)) return false;
    bits -= here;
  }
  return true;
}

template <std::size_t N>
std::optional<std::string_view> first_match(const IpAddress& address,
                                            const std::array<Range, N>& ranges) {
  for (const Range& range : ranges) {
    if (inside(address, range)) return range.what;
  }
  return {};
}

IpAddress carried_ipv4(const IpAddress& address, std::size_t at) {
  IpAddress inner;
  std::copy_n(address.bytes.begin() + static_cast<std::ptrdiff_t>(at), 4, inner.bytes.begin());
  return inner;
}

std::string_view without_brackets(std::string_view host) {
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    return host.substr(1, host.size() - 2);
  }
  return host;
}

// "example.com." is "example.com" to a resolver.
std::string_view without_root_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return port;
}

// The Fetch standard's "bad ports": services that a request's bytes could be mistaken by.
constexpr std::array<std::uint16_t, 83> bad_ports = {
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,
    37,   42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,
    110,  111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,  389,
    427,  465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,  556,
    563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659, 4045,
    4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080};

// Of a host in one of its spellings: an address as RFC 5952 writes it, a name in lower case.
std::string plain_name(std::string_view host) {
  if (const auto address = parse_ip(host)) return to_string(*address);
  return text::ascii_lower(without_root_dot(without_brackets(host)));
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  const std::string literal(without_brackets(text));
  IpAddress address;
  if (inet_pton(AF_INET, literal.c_str(), address.bytes.data()) == 1) return address;
  address = {};
  address.is_v6 = true;
  if (inet_pton(AF_INET6, literal.c_str(), address.bytes.data()) == 1) return address;
  return {};
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.is_v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
  return text.data();
}

std::optional<IpAddress> ip_of(const sockaddr& address) {
  IpAddress ip;
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    std::memcpy(ip.bytes.data(), &v4.sin_addr, sizeof v4.sin_addr);
    return ip;
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    std::memcpy(ip.bytes.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
    ip.is_v6 = true;
    return ip;
  }
  return {};
}

std::optional<std::string_view> special_purpose(const IpAddress& address) {
  if (!address.is_v6) return first_match(address, ipv4_ranges);
  if (inside(address, ipv4_mapped) || inside(address, nat64)) {
    return special_purpose(carried_ipv4(address, 12));
  }
  if (inside(address, six_to_four)) return special_purpose(carried_ipv4(address, 2));
  if (const auto named = first_match(address, ipv6_outside)) return named;
  if (!inside(address, global_unicast)) return "not a global address";
  return first_match(address, ipv6_ranges);
}

AddressGuard::AddressGuard(const std::vector<std::string>& allowed_hosts) {
  for (const std::string& entry : allowed_hosts)
    if (is_entry(entry)) trusted_.push_back(read_entry(entry));
}

bool AddressGuard::is_entry(std::string_view text) {
  const std::string host = read_entry(text).host;
  return !host.empty() &&
         (parse_ip(host) || host.find_first_of(" \t/?#@*:,[]\\") == std::string::npos);
}

AddressGuard::Trusted AddressGuard::read_entry(std::string_view text) {
  Trusted trusted;
  const auto colon = text.rfind(':');
  // A colon inside an address without brackets is not a port's.
  if (colon != std::string_view::npos && !parse_ip(text) && parse_port(text.substr(colon + 1))) {
    trusted.port = parse_port(text.substr(colon + 1));
    text = text.substr(0, colon);
  }
  if (text.starts_with("*.")) {
    trusted.with_subdomains = true;
    text.remove_prefix(2);
  }
  trusted.host = plain_name(text);
  return trusted;
}

bool AddressGuard::trusts(std::string_view host, std::uint16_t port) const {
  const std::string name = plain_name(host);
  return std::any_of(trusted_.begin(), trusted_.end(), [&](const Trusted& trusted) {
    if (trusted.port && *trusted.port != port) return false;
    if (!trusted.with_subdomains) return name == trusted.host;
    return name.size() > trusted.host.size() && name.ends_with(trusted.host) &&
           name[name.size() - trusted.host.size() - 1] == '.';
  });
}

std::optional<std::string> AddressGuard::refuse(std::string_view host, std::uint16_t port) const {
  if (host.empty()) return "the URL has no host";
  if (trusts(host, port)) return {};
  if (std::find(bad_ports.begin(), bad_ports.end(), port) != bad_ports.end()) {
    return "port " + std::to_string(port) + " belongs to another service than HTTP";
  }
  if (const auto address = parse_ip(host)) return refuse(host, port, *address);
  return {};
}

std::optional<std::string> AddressGuard::refuse(std::string_view host, std::uint16_t port,
                                                const IpAddress& address) const {
  const auto special = special_purpose(address);
  if (!special || trusts(host, port)) return {};
  return to_string(address) + " is " + std::string(*special) + "; add \"" + std::string(host) +
         "\" to allow_hosts of [fetch] if it is meant";
}

}  // namespace testigo::fetch
