#include "app/robots_gate.h"

namespace testigo::app {
namespace {

constexpr std::size_t bookkeeping_bytes = 512;  // of a site, beside its file

}  // namespace

std::string RobotsGate::robots_url(std::string_view site) {
  return std::string(site) + "/robots.txt";
}

const fetch::RobotsRules* RobotsGate::rules(const std::string& site, UtcTime now) {
  const auto found = by_site_.find(site);
  if (found == by_site_.end() || found->second->until <= now) return nullptr;
  known_.splice(known_.begin(), known_, found->second);
  return &found->second->rules;
}

void RobotsGate::learn(const std::string& site, fetch::RobotsRules rules, std::size_t bytes,
                       UtcTime now) {
  if (const auto old = by_site_.find(site); old != by_site_.end()) {
    bytes_ -= old->second->bytes;
    known_.erase(old->second);
    by_site_.erase(old);
  }
  const std::size_t weight = bytes + bookkeeping_bytes;
  known_.push_front({site, std::move(rules), weight, now + lifetime});
  by_site_[site] = known_.begin();
  bytes_ += weight;
  while (bytes_ > max_bytes && known_.size() > 1) forget_oldest();
}

void RobotsGate::forget_oldest() {
  bytes_ -= known_.back().bytes;
  by_site_.erase(known_.back().site);
  known_.pop_back();
}

}  // namespace testigo::app
