#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"

namespace testigo::test {

// What came back over the wire; status 0 where the connection closed without an answer.
struct Reply {
  int status = 0;
  std::vector<Header> headers;
  std::string body;  // as sent

  [[nodiscard]] std::string header(std::string_view name) const {
    return std::string(find_header(headers, name).value_or(""));
  }
};

// A connection to a server on 127.0.0.1 that gives up after ten seconds of silence.
class Connection {
 public:
  explicit Connection(std::uint16_t port);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void send(std::string_view bytes) const;
  [[nodiscard]] Reply read_to_end() const;

 private:
  int socket_;
};

[[nodiscard]] Reply ask(std::uint16_t port, std::string_view method, std::string_view target,
                        const std::vector<Header>& headers = {}, std::string_view body = {});
[[nodiscard]] inline Reply get(std::uint16_t port, std::string_view target,
                               const std::vector<Header>& headers = {}) {
  return ask(port, "GET", target, headers);
}

}  // namespace testigo::test
