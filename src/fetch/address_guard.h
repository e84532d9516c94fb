#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace testigo::fetch {

// An IPv4 or IPv6 address. IPv4 stands in the first four bytes.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v6 = false;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

// Reads a literal: dotted quad, or RFC 4291 with or without brackets. Zone ids are refused.
[[nodiscard]] std::optional<IpAddress> parse_ip(std::string_view text);
[[nodiscard]] std::string to_string(const IpAddress& address);
// The address of an AF_INET or AF_INET6 socket address, which must have that family's full size.
[[nodiscard]] std::optional<IpAddress> ip_of(const sockaddr& address);

// Why an address is not on the public Internet ("loopback", "private network", …); none if it is.
// Forms that carry an IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo)
// are judged by the address they carry as well as by their own.
[[nodiscard]] std::optional<std::string_view> special_purpose(const IpAddress& address);

// Keeps a crawler that follows other people's links out of its owner's network. It is asked before
// a transfer, and again at connect with each resolved address, so that a name which changes its
// address between the two gains nothing.
class AddressGuard {
 public:
  AddressGuard() = default;
  // Hosts that the configuration trusts whatever their address or port: "localhost", "10.1.2.3",
  // "[::1]", "intranet.example:8080" (that port only), "*.corp.example" (any name below it).
  explicit AddressGuard(const std::vector<std::string>& allowed_hosts);

  // Whether a text is written as such a host is; any other trusts nobody.
  [[nodiscard]] static bool is_entry(std::string_view text);

  // Whether the configuration names this host. `host` is as in a URL, lower case.
  [[nodiscard]] bool trusts(std::string_view host, std::uint16_t port) const;

  // Why a URL's host and port must not be asked; none if they may. Looks at literal addresses and
  // at ports only: names are judged when they are resolved.
  [[nodiscard]] std::optional<std::string> refuse(std::string_view host, std::uint16_t port) const;

  // Why this resolved address must not be connected to on behalf of host and port.
  [[nodiscard]] std::optional<std::string> refuse(std::string_view host, std::uint16_t port,
                                                  const IpAddress& address) const;

 private:
  struct Trusted {
    std::string host;                   // without brackets and "*."
    std::optional<std::uint16_t> port;  // any port where absent
    bool with_subdomains = false;       // then the host itself is not meant
  };
  [[nodiscard]] static Trusted read_entry(std::string_view text);

  std::vector<Trusted> trusted_;
};

}  // namespace testigo::fetch
