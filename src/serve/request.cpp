#include <algorithm>
#include <string>
#include <string_view>

#include "serve/http_server.h"

namespace testigo::serve {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3986 §2.1; in query strings "+" is a space (application/x-www-form-urlencoded).
std::string decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int high = c == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += c == '+' && plus_is_space ? ' ' : c;
    }
  }
  return out;
}

std::vector<QueryParameter> parse_query_string(std::string_view text) {
  std::vector<QueryParameter> parameters;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::string_view name = pair.substr(0, pair.find('='));
    const std::string_view value = pair.substr(std::min(pair.size(), name.size() + 1));
    parameters.push_back({decode(name, true), decode(value, true)});
  }
  return parameters;
}

}  // namespace

std::optional<std::string_view> find_parameter(const Request& request, std::string_view name) {
  for (const QueryParameter& parameter : request.query)
    if (parameter.name == name) return parameter.value;
  return std::nullopt;
}

Request request_of_target(std::string_view method, std::string_view target) {
  target = target.substr(0, target.find('#'));
  const std::string_view path = target.substr(0, target.find('?'));
  Request request;
  request.method = method;
  request.path = path.empty() || path.front() != '/' ? "/" : decode(path, false);
  if (path.size() < target.size())
    request.query = parse_query_string(target.substr(path.size() + 1));
  return request;
}

}  // namespace testigo::serve
