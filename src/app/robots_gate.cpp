#include "app/robots_gate.h"

#include "formats/url.h"

namespace testigo::app {

std::string RobotsGate::site_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  return parsed && parsed->is_web() ? parsed->origin() : std::string();
}

std::string RobotsGate::robots_url(std::string_view site) {
  return std::string(site) + "/robots.txt";
}

const fetch::RobotsRules* RobotsGate::rules(const std::string& site, UtcTime now) const {
  const auto found = known_.find(site);
  if (found == known_.end() || found->second.until <= now) return nullptr;
  return &found->second.rules;
}

void RobotsGate::learn(const std::string& site, fetch::RobotsRules rules, UtcTime now) {
  known_.insert_or_assign(site, Known{std::move(rules), now + lifetime});
}

}  // namespace testigo::app
