#include "formats/url_host.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "formats/url.h"
#include "formats/url_encode.h"
#include "text/idna.h"
#include "text/utf8.h"

namespace testigo::formats {
namespace {

constexpr std::string_view forbidden_host("\0\t\n\r #/:<>?@[\\]^|", 17);

bool is_forbidden_in_domain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x1F || byte == 0x7F || c == '%' ||
         forbidden_host.find(c) != std::string_view::npos;
}

std::vector<std::string_view> split_labels(std::string_view text) {
  std::vector<std::string_view> parts;
  constexpr std::size_t usual_labels = 4;
  parts.reserve(usual_labels);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// §3.5 IPv4 number parser: decimal, 0 octal, 0x hexadecimal. Beyond 2^32 it stays there.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return {};
  int base = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  if (text.empty()) return value;
  const char* last = text.data() + text.size();
  const auto result = std::from_chars(text.data(), last, value, base);
  if (result.ptr != last || text[0] == '-') return {};
  return result.ec == std::errc() ? value : std::uint64_t{1} << 33;
}

bool ends_in_number(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  if (domain.empty()) return false;
  const std::string_view last = domain.substr(domain.rfind('.') + 1);
  if (!last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos) return true;
  return ipv4_number(last).has_value();
}

// A name of small ASCII letters, digits, hyphens and dots without labels in Punycode: UTS 46 maps
// it to itself, so ICU need not be asked.
bool is_plain_domain(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  constexpr std::size_t longest_name = 253;  // RFC 1035; what is longer is not plain
  return plain && !text.empty() && text.size() <= longest_name &&
         text.find("xn--") == std::string_view::npos;
}

std::optional<std::string> parse_ipv4(std::string_view text) {
  std::vector<std::string_view> parts = split_labels(text);
  if (parts.back().empty() && parts.size() > 1) parts.pop_back();
  if (parts.size() > 4) return {};
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<std::uint64_t> number = ipv4_number(parts[i]);
    if (!number) return {};
    const bool last = i + 1 == parts.size();
    // The last number fills the bytes that are left.
    if (last ? *number >= std::uint64_t{1} << (8 * (5 - parts.size())) : *number > 255) return {};
    address |= last ? *number : *number << (8 * (3 - i));
  }
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 255);
    if (shift > 0) out += '.';
  }
  return out;
}

using Pieces = std::array<std::uint16_t, 8>;

// The dotted tail of "::ffff:1.2.3.4", strictly decimal, into two pieces.
bool parse_ipv4_tail(std::string_view text, Pieces& pieces, std::size_t at) {
  const std::vector<std::string_view> parts = split_labels(text);
  if (parts.size() != 4) return false;
  for (std::size_t i = 0; i < 4; ++i) {
    unsigned value = 0;
    const std::string_view part = parts[i];
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0')) return false;
    if (part.find_first_not_of("0123456789") != std::string_view::npos) return false;
    std::from_chars(part.data(), part.data() + part.size(), value);
    if (value > 255) return false;
    std::uint16_t& piece = pieces[at + i / 2];
    piece = static_cast<std::uint16_t>(piece * 256 + value);
  }
  return true;
}

// §3.5 IPv6 parser.
std::optional<Pieces> parse_ipv6(std::string_view text) {
  Pieces pieces{};
  std::size_t count = 0;
  std::optional<std::size_t> compress;
  std::size_t at = 0;
  if (text.substr(0, 1) == ":") {
    if (text.substr(0, 2) != "::") return {};
    at = 2;
    compress = 0;
  }
  while (at < text.size()) {
    if (count == 8) return {};
    if (text[at] == ':') {
      if (compress) return {};
      ++at;
      compress = count;
      continue;
    }
    const char* first = text.data() + at;
    const char* limit = text.data() + std::min(at + 4, text.size());
    const auto result = std::from_chars(first, limit, pieces[count], 16);
    const bool number = result.ptr != first;
    const std::size_t end = at + static_cast<std::size_t>(result.ptr - first);
    if (end < text.size() && text[end] == '.') {
      if (!number || count > 6) return {};
      pieces[count] = 0;
      if (!parse_ipv4_tail(text.substr(at), pieces, count)) return {};
      count += 2;
      break;
    }
    if (!number || (end < text.size() && text[end] != ':')) return {};
    ++count;
    at = end + 1;
    if (end < text.size() && at == text.size()) return {};  // a lone colon at the end
  }
  if (!compress) return count == 8 ? std::optional(pieces) : std::nullopt;
  if (count == 8) return {};
  Pieces out{};
  for (std::size_t i = 0; i < *compress; ++i) out[i] = pieces[i];
  for (std::size_t i = *compress; i < count; ++i) out[8 - count + i] = pieces[i];
  return out;
}

// The longest run of two or more zero pieces, the first of equals; its length 0 if there is none.
std::pair<std::size_t, std::size_t> longest_zeros(const Pieces& pieces) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > std::max<std::size_t>(best.second, 1)) best = {i, end - i};
    if (end > i) i = end;
  }
  return best;
}

std::string show_ipv6(const Pieces& pieces) {
  const auto [zeros, length] = longest_zeros(pieces);
  std::string out = "[";
  for (std::size_t i = 0; i < 8; ++i) {
    if (length > 0 && i == zeros) {
      out += i == 0 ? "::" : ":";
      i += length - 1;
      continue;
    }
    std::array<char, 4> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), pieces[i], 16).ptr;
    out.append(digits.data(), end);
    if (i < 7) out += ':';
  }
  return out + "]";
}

std::optional<std::string> parse_opaque_host(std::string_view text) {
  if (text.find_first_of(forbidden_host) != std::string_view::npos) return {};
  return percent_encode_set(text, EncodeSet::control);
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text, bool special) {
  if (!text.empty() && text[0] == '[') {
    if (text.back() != ']') return {};
    const std::optional<Pieces> pieces = parse_ipv6(text.substr(1, text.size() - 2));
    return pieces ? std::optional(show_ipv6(*pieces)) : std::nullopt;
  }
  if (!special) return parse_opaque_host(text);
  if (is_plain_domain(text)) return ends_in_number(text) ? parse_ipv4(text) : std::string(text);
  const Result<std::string> domain =
      text::domain_to_ascii(text::replace_invalid(percent_decode(text)));
  if (!domain || domain->empty()) return {};
  for (const char c : *domain) {
    if (is_forbidden_in_domain(c)) return {};
  }
  return ends_in_number(*domain) ? parse_ipv4(*domain) : *domain;
}

}  // namespace testigo::formats
