#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/url.h"

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

// The same, sooner for an address of the site of the one before.
class Destinations {
 public:
  [[nodiscard]] std::optional<Destination> of(std::string_view address) {
    if (last_ && address.starts_with(last_->site) &&
        is_plain_path(address.substr(last_->site.size()))) {
      auto url = formats::parse_url(address.substr(last_->site.size()), last_->url);
      if (url) return Destination{last_->site, last_->host, std::move(*url)};
    }
    auto destination = destination_of(address);
    if (destination && destination->url.username.empty() && destination->url.password.empty())
      last_ = destination;
    return destination;
  }

 private:
  // A path that cannot be read as another host: "//other.example" could, also with a tab between
  // the slashes.
  static bool is_plain_path(std::string_view text) {
    const auto is_slash = [](char c) { return c == '/' || c == '\\'; };
    return text.starts_with('/') && (text.size() == 1 || !is_slash(text[1])) &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
  }

  std::optional<Destination> last_;
};

}  // namespace testigo::app
