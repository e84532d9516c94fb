#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "formats/url.h"
#include "store/frontier.h"

namespace testigo::app {

// Where a request goes: under which names robots.txt and politeness know it.
struct Destination {
  std::string site;  // "https://example.com:8443": whose robots.txt holds
  std::string host;  // "example.com:8443": whose gap and queue
  formats::Url url;
};

// None if it is no web address.
[[nodiscard]] inline std::optional<Destination> destination_of(std::string_view address) {
  auto url = formats::parse_url(address);
  if (!url || !url->is_web() || !url->host) return std::nullopt;
  std::string host = *url->host + (url->port ? ":" + std::to_string(*url->port) : "");
  std::string site = url->origin();
  return Destination{std::move(site), std::move(host), std::move(*url)};
}

// One request under way, or waiting for its turn. One for a robots.txt or a login has no lease.
struct Flight {
  std::optional<store::Lease> lease;
  PageRequest current;     // what to send: the lease's request, or where a redirect led
  formats::Url url;        // where `current` goes, until it is sent
  std::string site;
  std::string host;
  std::string first_host;  // secrets go to this one only
  std::optional<SourceId> login;  // it asks for this source's token
  std::string token;              // sent with it, of a source that logs in
  bool renewed = false;           // it was refused with an old token, and is asked with a new one
  std::vector<Header> sent_headers;
  int hops = 0;
  bool hasty = false;  // its host is asked without a pause and never slows us down
};

}  // namespace testigo::app
