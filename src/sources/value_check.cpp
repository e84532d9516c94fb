#include "sources/value_check.h"

#include <algorithm>
#include <charconv>

#include "formats/url.h"

namespace testigo::sources {
namespace {

constexpr int deepest = 20;  // as for a source's own max_depth

// Whether a request's address begins with the parameter, as "{+url}" does.
bool is_address(const Source& source, const std::string& name) {
  return std::any_of(source.steps.begin(), source.steps.end(),
                     [&](const Step& step) { return step.url.starts_with("{+" + name + "}"); });
}

bool discovers(const Discovery& looks_for) {
  return looks_for.links || looks_for.sitemap || looks_for.feeds ||
         !looks_for.comment_feeds.empty();
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::optional<std::string> address_fault(const std::string& name, const std::string& value) {
  const auto url = formats::parse_url(value);
  if (url && url->is_web()) {
    if (url->username.empty() && url->password.empty()) return {};
    return quoted(name) +
           " has a user name or password in it, which is never sent: take out what " +
           "stands before the @";
  }
  // What cannot be read may hold a password anywhere before an "@".
  const bool may_show = value.find('@') == std::string::npos;
  const std::string what =
      quoted(name) + (may_show ? ": " + quoted(value) : "") + " is no address on the web; write ";
  const bool has_scheme = value.find("://") != std::string::npos || value.starts_with('/');
  const auto meant = formats::parse_url("https://" + value);
  if (may_show && !has_scheme && meant && meant->host->find('.') != std::string::npos)
    return what + quoted("https://" + value);
  return what + "one such as \"https://shop.example/\"";
}

std::optional<std::string> path_fault(const std::string& value) {
  const bool is_whole = value.find("://") != std::string::npos;
  const std::string slash = value.starts_with('/') ? "" : "/";
  const auto url = formats::parse_url(is_whole ? value : "https://site.example" + slash + value);
  if (url && url->path == value) return {};
  const std::string meant = url ? url->path : "/reviews/";
  return "\"path\": no address has a path that begins with " + quoted(value) + "; write " +
         quoted(meant);
}

std::optional<std::string> depth_fault(const std::vector<std::string>& values) {
  if (values.size() == 1 && (values.front().empty() || parse_depth(values.front()))) return {};
  return "\"depth\" is how many links away from the beginning to go; write one number from 0 to " +
         std::to_string(deepest);
}

}  // namespace

std::optional<std::string> value_fault(const Source& source, const std::string& name,
                                       const std::vector<std::string>& values) {
  if (name == "depth" && discovers(source.discovery)) return depth_fault(values);
  const bool is_path = name == "path" && discovers(source.discovery);
  if (!is_path && !is_address(source, name)) return {};
  for (const std::string& value : values) {
    if (value.empty()) continue;
    auto fault = is_path ? path_fault(value) : address_fault(name, value);
    if (fault) return fault;
  }
  return {};
}

std::optional<int> parse_depth(std::string_view text) {
  int depth = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), depth);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return depth >= 0 && depth <= deepest ? std::optional(depth) : std::nullopt;
}

}  // namespace testigo::sources
