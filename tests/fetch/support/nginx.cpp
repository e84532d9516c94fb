#include "fetch/support/nginx.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace testigo::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* certificates = R"(cd "$1" && (
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key \
  -out authority.pem -days 2 -subj "/CN=Throwaway" &&
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key \
  -out server.csr -subj "/CN=shop.example" &&
printf 'subjectAltName=IP:127.0.0.1,DNS:shop.example' > names &&
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
  -days 2 -extfile names -out server.pem ) > openssl.log 2>&1)";

std::string configuration(std::uint16_t tls_port, std::uint16_t leaving_port,
                          std::uint16_t ipv6_port) {
  return std::string(geteuid() == 0 ? "user root;\n" : "") + R"(worker_processes 1;
daemon off;
pid nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path temp;
  proxy_temp_path temp;
  fastcgi_temp_path temp;
  uwsgi_temp_path temp;
  scgi_temp_path temp;
  default_type text/html;
  add_header X-Connection $connection;
  add_header X-Protocol $server_protocol;
  gzip on;
  gzip_min_length 1;
  ssl_certificate server.pem;
  ssl_certificate_key server.key;
  server {
    listen 127.0.0.1:)" +
         std::to_string(leaving_port) + R"( ssl http2;
    keepalive_timeout 0;
    location / { return 200 "goodbye"; }
  }
  server {
    listen 127.0.0.1:)" +
         std::to_string(tls_port) + R"( ssl http2;
    location / { return 200 "hello over TLS, hello over TLS"; }
  }
  server {
    listen [::1]:)" +
         std::to_string(ipv6_port) + R"(;
    location / { return 200 "hello over IPv6, hello over IPv6"; }
  }
}
)";
}

// Runs a program and waits for it.
bool run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = -1;
  if (posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
    return false;
  }
  int status = 0;
  return waitpid(process, &status, 0) == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(probe, generic, size) == 0) getsockname(probe, generic, &size);
  close(probe);
  return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const bool open = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return open;
}

bool wait_for(std::uint16_t port) {
  for (int i = 0; i < 200; ++i) {
    if (answers(port)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

std::string nginx_program() {
  for (const char* path : {"/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"}) {
    if (fs::exists(path)) return path;
  }
  return {};
}

}  // namespace

std::optional<Nginx> Nginx::start(std::string& why_not) {
  const std::string program = nginx_program();
  if (program.empty()) {
    why_not = "nginx is not installed";
    return {};
  }
  std::string name = (fs::temp_directory_path() / "testigo-nginx-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    why_not = "no folder for it";
    return {};
  }
  Nginx server;
  server.folder_ = name;
  if (!run({"sh", "-c", certificates, "sh", name})) {
    why_not = "openssl makes no certificates";
    return {};
  }
  server.tls_port_ = free_port();
  server.leaving_port_ = free_port();
  server.ipv6_port_ = free_port();
  std::ofstream(server.folder_ / "nginx.conf")
      << configuration(server.tls_port_, server.leaving_port_, server.ipv6_port_);
  std::array<std::string, 7> words = {program, "-p", name, "-c", "nginx.conf", "-e", "stderr"};
  std::array<char*, 8> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  if (posix_spawn(&server.process_, program.c_str(), nullptr, nullptr, arguments.data(), environ) !=
          0 ||
      !wait_for(server.tls_port_)) {
    why_not = "nginx does not come up";
    return {};
  }
  return server;
}

Nginx::Nginx(Nginx&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      tls_port_(other.tls_port_),
      leaving_port_(other.leaving_port_),
      ipv6_port_(other.ipv6_port_),
      process_(std::exchange(other.process_, -1)) {}

Nginx::~Nginx() {
  if (process_ > 0) {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  std::error_code error;
  if (!folder_.empty()) fs::remove_all(folder_, error);
}

}  // namespace testigo::test
