#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/time.h"
#include "fetch/robots.h"

namespace testigo::app {

// What is known of each site's robots.txt (RFC 9309) during a crawl. Arithmetic on what the caller
// brings; asking for the file is the caller's part.
class RobotsGate {
 public:
  // RFC 9309 §2.4: a cached file is not used for longer than a day.
  static constexpr std::chrono::hours lifetime{24};

  explicit RobotsGate(std::string agent) : agent_(std::move(agent)) {}

  // "https://example.com" of a URL, under which its robots.txt stands; empty if it is no web URL.
  [[nodiscard]] static std::string site_of(std::string_view url);
  [[nodiscard]] static std::string robots_url(std::string_view site);

  // The rules of a site if they are known at `now`; else somebody has to ask for them.
  [[nodiscard]] const fetch::RobotsRules* rules(const std::string& site, UtcTime now) const;
  void learn(const std::string& site, fetch::RobotsRules rules, UtcTime now);
  void forget(const std::string& site) { known_.erase(site); }

  [[nodiscard]] bool allowed(const fetch::RobotsRules& rules, std::string_view url) const {
    return rules.allowed(agent_, url).allowed;
  }
  [[nodiscard]] Millis crawl_delay(const fetch::RobotsRules& rules) const {
    return rules.crawl_delay(agent_).value_or(Millis(0));
  }

 private:
  struct Known {
    fetch::RobotsRules rules;
    UtcTime until;
  };
  std::string agent_;
  std::unordered_map<std::string, Known> known_;
};

}  // namespace testigo::app
