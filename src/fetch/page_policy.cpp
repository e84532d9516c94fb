#include "fetch/page_policy.h"

#include "formats/html_scan.h"
#include "text/normalize.h"

namespace testigo::fetch {
namespace {

using text::ascii_lower;
using text::trim;

// The head of a page; a robots meta tag further down is obeyed by nobody.
constexpr std::size_t looked_at_bytes = 64 * 1024;

void obey(PagePolicy& policy, std::string_view directive) {
  if (directive == "none") policy.noindex = policy.nofollow = true;
  if (directive == "noindex") policy.noindex = true;
  if (directive == "noarchive") policy.noarchive = true;
  if (directive == "nofollow") policy.nofollow = true;
}

PagePolicy merged(PagePolicy a, PagePolicy b) {
  return {a.noindex || b.noindex, a.noarchive || b.noarchive, a.nofollow || b.nofollow};
}

// Directives with a value, which are no agent's name.
bool takes_value(std::string_view directive) {
  return directive == "max-snippet" || directive == "max-image-preview" ||
         directive == "max-video-preview" || directive == "unavailable_after";
}

// "noindex, testigo: nofollow": what follows an agent's name is for that agent alone.
PagePolicy policy_of_directives(std::string_view value, std::string_view agent) {
  PagePolicy policy;
  bool for_us = true;
  while (!value.empty()) {
    const auto comma = value.find(',');
    std::string item = ascii_lower(trim(value.substr(0, comma)));
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
    const auto colon = item.find(':');
    if (colon != std::string::npos) {
      const std::string name(trim(std::string_view(item).substr(0, colon)));
      if (takes_value(name)) continue;
      for_us = name == agent || name == "robots" || name == "*";
      item = std::string(trim(std::string_view(item).substr(colon + 1)));
    }
    if (for_us) obey(policy, item);
  }
  return policy;
}

bool is_html(const Page& page) {
  const auto type = find_header(page.headers, "Content-Type");
  return !type || ascii_lower(*type).find("html") != std::string::npos;
}

}  // namespace

PagePolicy policy_of_headers(const std::vector<Header>& headers, std::string_view agent) {
  const std::string name = ascii_lower(agent);
  PagePolicy policy;
  for (const Header& header : headers) {
    if (ascii_lower(header.name) != "x-robots-tag") continue;
    policy = merged(policy, policy_of_directives(header.value, name));
  }
  return policy;
}

PagePolicy policy_of_html(std::string_view html, std::string_view agent) {
  const std::string name = ascii_lower(agent);
  PagePolicy policy;
  for (const auto& meta : formats::scan_metas(html.substr(0, looked_at_bytes))) {
    if (meta.name != "robots" && meta.name != name) continue;
    policy = merged(policy, policy_of_directives(meta.content, name));
  }
  return policy;
}

PagePolicy page_policy(const Page& page, std::string_view agent) {
  const PagePolicy from_headers = policy_of_headers(page.headers, agent);
  return is_html(page) ? merged(from_headers, policy_of_html(page.body, agent)) : from_headers;
}

}  // namespace testigo::fetch
