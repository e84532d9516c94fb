#include "fetch/robots_pattern.h"

#include <array>
#include <cstring>

namespace testigo::fetch {
namespace {

constexpr auto marks(std::string_view characters) {
  std::array<bool, 256> marked{};
  for (const char c : characters) marked[static_cast<unsigned char>(c)] = true;
  return marked;
}
constexpr auto unreserved = marks(  // RFC 3986 §2.3
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
constexpr auto reserved = marks(":/?#[]@!$&'()*+,;=");  // RFC 3986 §2.2

bool is_unreserved(unsigned char c) { return unreserved[c]; }
bool is_reserved(unsigned char c) { return reserved[c]; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The octet that "%XX" at `at` stands for, or -1.
int escaped_octet(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void append_escaped(std::string& out, unsigned char octet) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += '%';
  out += digits[octet >> 4];
  out += digits[octet & 15];
}

// RFC 9309 §2.2.2: octets that are unreserved stand plainly, all others but reserved ones as %XX. A
// '%' that begins no escape means itself (%25). '*' and '$' are always escaped, so that "%2A" in a
// rule equals '*' in a URL while a bare '*' in a rule stays a wildcard (§2.2.3).
std::string normalised(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int octet = escaped_octet(text, i);
    if (octet >= 0) {
      i += 2;
      const auto byte = static_cast<unsigned char>(octet);
      if (is_unreserved(byte)) {
        out += static_cast<char>(byte);
      } else {
        append_escaped(out, byte);
      }
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (is_unreserved(byte) || (is_reserved(byte) && byte != '$' && byte != '*')) {
      out += text[i];
    } else {
      append_escaped(out, byte);
    }
  }
  return out;
}

// "https://host/path?query#fragment" → "/path?query"; a bare path is taken as it is.
std::string_view path_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  if (!url.empty() && url.front() == '/') return url;
  const auto scheme = url.find("//");
  if (scheme == std::string_view::npos) return url;
  const auto path = url.find_first_of("/?", scheme + 2);
  return path == std::string_view::npos ? std::string_view("/") : url.substr(path);
}

std::size_t find_from(std::string_view text, std::size_t from, std::string_view part) {
  if (part.empty()) return from;
  // memmem is linear in both (two-way search); string_view::find is not.
  const void* hit = memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (hit == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

}  // namespace

std::string normalised_robots_path(std::string_view url) {
  const std::string_view path = path_of(url);
  return (path.starts_with('/') ? "" : "/") + normalised(path);
}

// A rule's path as it is matched: wildcards stay, a '$' keeps its meaning at the very end only.
std::string normalised_robots_pattern(std::string_view pattern) {
  const bool anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored) pattern.remove_suffix(1);
  std::string out;
  while (true) {
    const auto star = pattern.find('*');
    out += normalised(pattern.substr(0, star));
    if (star == std::string_view::npos) break;
    if (out.empty() || out.back() != '*') out += '*';
    pattern.remove_prefix(star + 1);
  }
  if (anchored) out += '$';
  return out;
}

// RFC 9309 §2.2.3: '*' stands for any octets, '$' for the end; without it a pattern is a prefix.
// The leftmost place for each piece between stars is as good as any other: linear.
bool robots_pattern_matches(std::string_view pattern, std::string_view path) {
  const bool anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored) pattern.remove_suffix(1);
  auto star = pattern.find('*');
  if (star == std::string_view::npos) {
    return anchored ? path == pattern : path.starts_with(pattern);
  }
  if (!path.starts_with(pattern.substr(0, star))) return false;
  std::size_t at = star;
  while (true) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos && anchored) {
      return path.size() - at >= piece.size() && path.ends_with(piece);
    }
    const std::size_t hit = find_from(path, at, piece);
    if (hit == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    at = hit + piece.size();
  }
}

}  // namespace testigo::fetch
