#include "serve/support/client.h"

#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace testigo::test {
namespace {

Reply parse_reply(const std::string& bytes) {
  Reply reply;
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string::npos || bytes.rfind("HTTP/1.1 ", 0) != 0) return reply;
  reply.status = std::atoi(bytes.c_str() + 9);
  std::size_t at = bytes.find("\r\n") + 2;
  while (at < head_end) {
    const std::size_t end = bytes.find("\r\n", at);
    const std::size_t colon = bytes.find(':', at);
    reply.headers.push_back(
        {bytes.substr(at, colon - at), bytes.substr(colon + 2, end - colon - 2)});
    at = end + 2;
  }
  reply.body = bytes.substr(head_end + 4);
  return reply;
}

}  // namespace

Connection::Connection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    shutdown(socket_, SHUT_RDWR);
}

Connection::~Connection() { close(socket_); }

void Connection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

Reply Connection::read_to_end() const {
  std::string bytes;
  std::array<char, 16384> buffer{};
  for (;;) {
    const ssize_t got = recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return parse_reply(bytes);
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Reply ask(std::uint16_t port, std::string_view method, std::string_view target,
          const std::vector<Header>& headers, std::string_view body) {
  std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  bytes += "Host: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n";
  for (const Header& header : headers) bytes += header.name + ": " + header.value + "\r\n";
  if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const Connection connection(port);
  connection.send(bytes + "\r\n" + std::string(body));
  return connection.read_to_end();
}

}  // namespace testigo::test
