#include "fetch/page_policy.h"

#include "formats/date.h"
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
         directive == "max-video-preview";
}

// The next part of a list, taken off its front. Between them stand commas; many write semicolons.
std::string_view take_item(std::string_view& list) {
  const auto end = list.find_first_of(",;");
  const std::string_view item = trim(list.substr(0, end));
  list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  return item;
}

// "25 Jun 2030 15:00:00 PST"; where the name of a day stands before it, the rest is the next item.
bool has_passed(std::string date, std::string_view& list, UtcTime now) {
  if (date.find_first_of("0123456789") == std::string::npos)
    date.append(", ").append(take_item(list));
  const auto time = formats::parse_date(date, now);
  return time && *time <= now;
}

void obey_all(PagePolicy& policy, std::string_view directives) {
  while (!directives.empty()) {
    const auto blank = directives.find_first_of(" \t");
    obey(policy, directives.substr(0, blank));
    directives =
        blank == std::string_view::npos ? std::string_view() : trim(directives.substr(blank));
  }
}

// "noindex, testigo: nofollow": what follows an agent's name is for that agent alone. It may stand
// there with a version, "testigo/1.0".
PagePolicy policy_of_directives(std::string_view written, std::string_view agent, UtcTime now) {
  const std::string lower = ascii_lower(written);
  PagePolicy policy;
  bool for_us = true;
  for (std::string_view list = lower; !list.empty();) {
    std::string_view item = take_item(list);
    const auto colon = item.find(':');
    if (colon != std::string_view::npos) {
      const std::string_view name = trim(item.substr(0, colon));
      item = trim(item.substr(colon + 1));
      if (takes_value(name)) continue;
      if (name == "unavailable_after") {
        if (has_passed(std::string(item), list, now) && for_us) policy.noindex = true;
        continue;
      }
      const std::string_view product = name.substr(0, name.find('/'));
      for_us = product == agent || product == "robots" || product == "*";
    }
    if (for_us) obey_all(policy, item);
  }
  return policy;
}

bool is_html(const Page& page) {
  const auto type = find_header(page.headers, "Content-Type");
  return !type || ascii_lower(*type).find("html") != std::string::npos;
}

}  // namespace

PagePolicy policy_of_headers(const std::vector<Header>& headers, std::string_view agent,
                             UtcTime now) {
  const std::string name = ascii_lower(agent);
  PagePolicy policy;
  for (const Header& header : headers) {
    if (ascii_lower(header.name) != "x-robots-tag") continue;
    policy = merged(policy, policy_of_directives(header.value, name, now));
  }
  return policy;
}

PagePolicy policy_of_html(std::string_view html, std::string_view agent, UtcTime now) {
  const std::string name = ascii_lower(agent);
  PagePolicy policy;
  for (const auto& meta : formats::scan_metas(html.substr(0, looked_at_bytes))) {
    if (meta.name != "robots" && meta.name != name) continue;
    policy = merged(policy, policy_of_directives(meta.content, name, now));
  }
  return policy;
}

PagePolicy page_policy(const Page& page, std::string_view agent) {
  const PagePolicy from_headers = policy_of_headers(page.headers, agent, page.fetched_at);
  return is_html(page) ? merged(from_headers, policy_of_html(page.body, agent, page.fetched_at))
                       : from_headers;
}

}  // namespace testigo::fetch
