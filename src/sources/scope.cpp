#include "sources/scope.h"

#include <algorithm>

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
  const std::string lower = text::ascii_lower(path);
  return std::any_of(std::begin(other_kinds), std::end(other_kinds),
                     [&](std::string_view kind) { return lower.ends_with(kind); });
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
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->is_web() || parsed->origin() != scope.origin) return false;
  if (is_other_kind(parsed->path)) return false;
  return scope.paths.empty() ||
         std::any_of(scope.paths.begin(), scope.paths.end(),
                     [&](const std::string& path) { return parsed->path.starts_with(path); });
}

bool is_same_origin(std::string_view a, std::string_view b) {
  const auto first = formats::parse_url(a);
  const auto second = formats::parse_url(b);
  return first && second && first->origin() == second->origin();
}

}  // namespace testigo::sources
