#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace testigo::test {

// A real nginx on loopback with HTTP/2, behind a certificate of a throwaway authority, in a folder
// of its own that goes with it. Every path answers with a text; headers say over which of nginx's
// connections the request came (X-Connection) and in which version (X-Protocol).
class Nginx {
 public:
  // Nothing where nginx or openssl is not installed; `why_not` says what is missing.
  [[nodiscard]] static std::optional<Nginx> start(std::string& why_not);

  Nginx(Nginx&& other) noexcept;
  Nginx& operator=(Nginx&&) = delete;
  ~Nginx();

  // TLS with HTTP/2 on 127.0.0.1, certificate for 127.0.0.1 and shop.example.
  [[nodiscard]] std::uint16_t tls_port() const { return tls_port_; }
  // The same, but for saying goodbye (GOAWAY) with the first answer over each connection.
  [[nodiscard]] std::uint16_t leaving_port() const { return leaving_port_; }
  // Plain HTTP/1.1 on [::1], with gzip.
  [[nodiscard]] std::uint16_t ipv6_port() const { return ipv6_port_; }
  // The authority's certificate, PEM.
  [[nodiscard]] std::string authority() const { return (folder_ / "authority.pem").string(); }

 private:
  Nginx() = default;

  std::filesystem::path folder_;
  std::uint16_t tls_port_ = 0;
  std::uint16_t leaving_port_ = 0;
  std::uint16_t ipv6_port_ = 0;
  pid_t process_ = -1;
};

}  // namespace testigo::test
