#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/time.h"
#include "fetch/robots.h"

namespace testigo::app {

// What is known of each site's robots.txt (RFC 9309) during a crawl, as far as it fits: the site
// asked for longest ago goes first, and its file is fetched again when it is needed again.
// Arithmetic on what the caller brings; asking for the file is the caller's part.
class RobotsGate {
 public:
  // RFC 9309 §2.4: a cached file is not used for longer than a day.
  static constexpr std::chrono::hours lifetime{24};
  // Of files as sent. A few thousand ordinary sites, or thirty with files of the largest size.
  static constexpr std::size_t max_bytes = 16 * 1024 * 1024;

  explicit RobotsGate(std::string agent) : agent_(std::move(agent)) {}

  [[nodiscard]] static std::string robots_url(std::string_view site);

  // The rules of a site if they are known at `now`; else somebody has to ask for them. The pointer
  // holds until the next learn().
  [[nodiscard]] const fetch::RobotsRules* rules(const std::string& site, UtcTime now);
  // `bytes` is the size of the file that they were read from.
  void learn(const std::string& site, fetch::RobotsRules rules, std::size_t bytes, UtcTime now);

  [[nodiscard]] bool allowed(const fetch::RobotsRules& rules, std::string_view url) const {
    return rules.allowed(agent_, url).allowed;
  }
  [[nodiscard]] Millis crawl_delay(const fetch::RobotsRules& rules) const {
    return rules.crawl_delay(agent_).value_or(Millis(0));
  }

 private:
  struct Known {
    std::string site;
    fetch::RobotsRules rules;
    std::size_t bytes = 0;
    UtcTime until;
  };
  void forget_oldest();

  std::string agent_;
  std::list<Known> known_;  // used last comes first
  std::unordered_map<std::string, std::list<Known>::iterator> by_site_;
  std::size_t bytes_ = 0;
};

}  // namespace testigo::app
