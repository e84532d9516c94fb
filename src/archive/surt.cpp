#include "archive/surt.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::archive {
namespace {

// Undoing an escape may make another ("%2525"); more layers than this are nobody's URL.
constexpr int most_layers = 8;

std::string unescape_repeatedly(std::string_view text) {
  std::string last(text);
  for (int i = 0; i < most_layers; ++i) {
    std::string next = formats::percent_decode(last);
    if (next == last) break;
    last = std::move(next);
  }
  return last;
}

// Escapes what cannot stand in a line of the index or would be read as something else.
std::string escape_once(std::string_view text) {
  constexpr std::array<char, 17> digits = {"0123456789ABCDEF"};
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f && c != '#' && c != '%') {
      out += c;
      continue;
    }
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string canonical(std::string_view text) {
  return text::ascii_lower(escape_once(unescape_repeatedly(text)));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "www2.example.com" → "example.com".
std::string_view without_www(std::string_view host) {
  if (!host.starts_with("www")) return host;
  const auto end = host.find_first_not_of("0123456789", 3);
  return end != std::string_view::npos && host[end] == '.' ? host.substr(end + 1) : host;
}

std::string reversed(std::string_view host) {
  const bool is_address =
      host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
  if (is_address) return std::string(host);
  while (host.ends_with('.')) host.remove_suffix(1);
  const std::vector<std::string_view> labels = split(without_www(host), '.');
  std::string out;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    if (!out.empty()) out += ',';
    out += *label;
  }
  return out;
}

std::string path_key(std::string_view path) {
  const std::string text = canonical(path);
  std::string out;
  for (const std::string_view part : split(text, '/')) {
    if (!part.empty()) out.append("/").append(part);
  }
  return out.empty() ? "/" : out;
}

// Parameters in order of name, then of value; one without "=" before the same with.
std::string query_key(std::string_view query) {
  const std::string text = canonical(query);
  using Parameter = std::pair<std::string_view, std::string_view>;  // "=value", or empty
  std::vector<Parameter> parameters;
  for (const std::string_view part : split(text, '&')) {
    const auto equals = std::min(part.find('='), part.size());
    parameters.emplace_back(part.substr(0, equals), part.substr(equals));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out.append(name).append(value);
  }
  return out;
}

}  // namespace

std::string surt_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->host || parsed->host->empty()) return escape_once(url);
  std::string key = reversed(*parsed->host);
  if (parsed->port) key += ":" + std::to_string(*parsed->port);
  key += ")" + path_key(parsed->path);
  if (parsed->query && !parsed->query->empty()) key += "?" + query_key(*parsed->query);
  return key;
}

}  // namespace testigo::archive
