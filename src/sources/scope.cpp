#include "sources/scope.h"

#include <algorithm>
#include <optional>

#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::sources {
namespace {

constexpr std::string_view other_kinds[] = {
    ".jpg", ".jpeg", ".png", ".gif",  ".webp", ".svg",  ".ico", ".avif", ".css",  ".js",    ".mjs",
    ".map", ".json", ".xml", ".rss",  ".atom", ".pdf",  ".zip", ".gz",   ".tgz",  ".rar",   ".7z",
    ".exe", ".dmg",  ".apk", ".mp3",  ".mp4",  ".webm", ".avi", ".mov",  ".woff", ".woff2", ".ttf",
    ".doc", ".docx", ".xls", ".xlsx", ".ppt",  ".pptx", ".csv", ".txt"};

bool is_other_kind(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view kind = path.substr(dot);
  return std::any_of(std::begin(other_kinds), std::end(other_kinds), [&](std::string_view other) {
    return kind.size() == other.size() && text::equal_ignoring_case(kind, other);
  });
}

// What follows the origin in an address as the URL standard writes it; nothing where the address is
// of another origin, or is not written so plainly that its path can be read off.
std::optional<std::string_view> plain_path(std::string_view origin, std::string_view url) {
  if (origin.empty() || !url.starts_with(origin)) return std::nullopt;
  url.remove_prefix(origin.size());
  if (!url.starts_with('/')) return std::nullopt;
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view dubious : {"/.", "\\", "%2e", "%2E"}) {
    if (path.find(dubious) != std::string_view::npos) return std::nullopt;
  }
  return path;
}

bool is_below(const std::vector<std::string>& paths, std::string_view path) {
  return paths.empty() || std::any_of(paths.begin(), paths.end(), [&](const std::string& begin) {
           return path.starts_with(begin);
         });
}

// The path of an address of that origin.
std::optional<std::string> path_within(const Scope& scope, std::string_view url) {
  if (const auto path = plain_path(scope.origin, url)) return std::string(*path);
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->is_web() || parsed->origin() != scope.origin) return std::nullopt;
  return parsed->path;
}

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

// "a.shop.example" is below "shop.example", and everything with a dot in it below itself.
bool is_subdomain(std::string_view host, std::string_view domain) {
  if (host == domain) return true;
  return domain.find('.') != std::string_view::npos && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

Scope scope_of(const Watch& watch, std::string_view url) {
  Scope scope;
  if (const auto parsed = formats::parse_url(url)) scope.origin = parsed->origin();
  const auto paths = watch.parameters.find("path");
  if (paths != watch.parameters.end()) scope.paths = paths->second;
  return scope;
}

bool is_within(const Scope& scope, std::string_view url) {
  const std::optional<std::string> path = path_within(scope, url);
  return path && !is_other_kind(*path) && is_below(scope.paths, *path);
}

bool offers_within(const Scope& scope, std::string_view url) {
  if (const auto path = path_within(scope, url)) return is_below(scope.paths, *path);
  return scope.paths.empty() && is_same_site(url, scope.origin);
}

bool leads_within(const Scope& scope, std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && is_below(scope.paths, parsed->path) && is_same_site(url, scope.origin);
}

bool is_same_site(std::string_view url, std::string_view other) {
  const auto first = formats::parse_url(url);
  const auto second = formats::parse_url(other);
  if (!first || !second || !first->is_web() || !second->is_web()) return false;
  if (first->port != second->port) return false;  // another service, maybe of the same machine
  const std::string_view a = without_www(*first->host);
  const std::string_view b = without_www(*second->host);
  return is_subdomain(a, b) || is_subdomain(b, a);
}

bool is_same_origin(std::string_view a, std::string_view b) {
  const auto first = formats::parse_url(a);
  const auto second = formats::parse_url(b);
  return first && second && first->origin() == second->origin();
}

}  // namespace testigo::sources
