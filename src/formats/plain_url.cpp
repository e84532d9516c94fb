#include "formats/plain_url.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/normalize.h"

namespace testigo::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Which bytes stand for themselves in a path, and in a host.
constexpr std::array<bool, 256> make_set(std::string_view others, bool upper) {
  std::array<bool, 256> set{};
  for (int c = 'a'; c <= 'z'; ++c) set[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) set[static_cast<std::size_t>(c)] = upper;
  for (int c = '0'; c <= '9'; ++c) set[static_cast<std::size_t>(c)] = true;
  for (const char c : others) set[static_cast<unsigned char>(c)] = true;
  return set;
}
constexpr std::array<bool, 256> path_bytes = make_set("/-._~!$&()*+,;=:@", true);
constexpr std::array<bool, 256> query_bytes = make_set("/-._~!$&()*+,;=:@?%", true);
constexpr std::array<bool, 256> host_bytes = make_set("-.", false);

bool all_in(std::string_view text, const std::array<bool, 256>& set) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return set[static_cast<unsigned char>(c)]; });
}

bool is_plain_octet(std::string_view text) {
  if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit))
    return false;
  if (text.size() > 1 && text[0] == '0') return false;
  return text.size() < 3 || text <= "255";
}

// "127.0.0.1", in the one form that an address is written in.
bool is_plain_ipv4(std::string_view host) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = host.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return false;
    if (!is_plain_octet(host.substr(0, dot))) return false;
    host.remove_prefix(part == 3 ? host.size() : dot + 1);
  }
  return true;
}

// The length of a host that nobody would write otherwise, 0 where one may.
std::size_t plain_host_length(std::string_view text) {
  char before = '.';
  std::size_t last = 0;  // label
  std::size_t end = 0;
  for (; end < text.size() && host_bytes[static_cast<unsigned char>(text[end])]; ++end) {
    const char c = text[end];
    // "xn--" must be checked by UTS 46, and other double hyphens are odd enough to be.
    if (c == before && (c == '.' || c == '-')) return 0;
    if (c == '.') last = end + 1;
    before = c;
  }
  if (last == end) return 0;
  return !is_digit(text[last]) || is_plain_ipv4(text.substr(0, end)) ? end : 0;
}

bool is_plain_port(std::string_view port, bool secure) {
  if (port.empty() || port.size() > 5 || port[0] == '0') return false;
  if (port.size() == 5 && port > "65535") return false;
  return std::all_of(port.begin(), port.end(), is_digit) && port != (secure ? "443" : "80");
}

}  // namespace

std::size_t plain_origin_length(std::string_view url) {
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) return 0;
  const std::size_t begin = secure ? 8 : 7;
  const std::size_t host = plain_host_length(url.substr(begin));
  if (host == 0) return 0;
  std::size_t end = begin + host;
  if (end < url.size() && url[end] == ':') {
    const std::size_t port = end + 1;
    for (++end; end < url.size() && is_digit(url[end]);) ++end;
    if (!is_plain_port(url.substr(port, end - port), secure)) return 0;
  }
  constexpr std::string_view after = "/?#\\";
  return end == url.size() || after.find(url[end]) != std::string_view::npos ? end : 0;
}

bool is_plain_path(std::string_view path) {
  if (path.size() > max_url_bytes / 2 || !path.starts_with('/') || !all_in(path, path_bytes))
    return false;
  for (std::size_t at = 0; at != std::string_view::npos; at = path.find('/', at + 1)) {
    const char next = at + 1 < path.size() ? path[at + 1] : 'a';
    if (next == '/' || next == '.') return false;  // ".well-known" too: the parser knows
  }
  return true;
}

bool is_plain_reference(std::string_view path_and_query) {
  const std::size_t path = std::min(path_and_query.find('?'), path_and_query.size());
  return path_and_query.size() <= max_url_bytes / 2 &&
         all_in(path_and_query.substr(path), query_bytes) &&
         is_plain_path(path_and_query.substr(0, path));
}

LinkBase::LinkBase(std::string_view base) : base_(parse_url(base)) {
  if (base_ && base_->is_web() && base_->username.empty() && base_->password.empty())
    origin_ = base_->origin();
}

std::optional<std::string> LinkBase::resolve(std::string_view reference) const {
  reference = text::trim(reference);
  if (reference.empty()) return std::nullopt;
  if (reference[0] == '/' && !origin_.empty() && is_plain_reference(reference))
    return origin_ + std::string(reference);
  if (const std::size_t origin = plain_origin_length(reference);
      origin > 0 && is_plain_reference(reference.substr(origin))) {
    return std::string(reference);
  }
  const Result<Url> url = base_ ? parse_url(reference, *base_) : parse_url(reference);
  if (!url || !url->is_web() || !url->host || url->host->empty()) return std::nullopt;
  return url->href();
}

}  // namespace testigo::formats
