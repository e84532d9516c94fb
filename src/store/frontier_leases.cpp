// The requests under way, as frontier_memory.h keeps them.
#include <algorithm>

#include "store/frontier_memory.h"
#include "store/requests.h"

namespace testigo::store {

void FrontierMemory::load_leases(Connection& c) {
  std::vector<std::pair<std::int64_t, std::string>> leases;
  {
    Rows rows = c.query("SELECT id, requests FROM lease");
    while (rows.step()) leases.emplace_back(rows.integer(0), rows.text(1));
  }
  for (const auto& [id, numbers] : leases) load_lease(c, id, numbers);
}

// Numbers without a queued request have ended.
void FrontierMemory::load_lease(Connection& c, std::int64_t lease, std::string_view numbers) {
  for (const std::int64_t number : read_numbers(numbers)) {
    Rows rows =
        c.query("SELECT key, profile, standing AND NOT entry FROM queued WHERE id = ?1", number);
    if (!rows.step()) continue;
    this->lease(RequestKey(rows.integer(0)),
                {number, rows.integer(1), rows.integer(2) != 0, lease});
  }
}

const FrontierMemory::Leased* FrontierMemory::leased(RequestKey key) const {
  const auto found = leased_.find(key.value);
  return found != leased_.end() && found->second.lease != 0 ? &found->second : nullptr;
}

std::optional<std::int64_t> FrontierMemory::number_of(RequestKey key) const {
  const auto found = leased_.find(key.value);
  if (found == leased_.end()) return std::nullopt;
  return found->second.number;
}

std::size_t FrontierMemory::leased_of(std::int64_t host) const {
  const auto found = leased_of_host_.find(host);
  return found != leased_of_host_.end() ? found->second : 0;
}

void FrontierMemory::lease(RequestKey key, const Leased& leased) {
  leased_.emplace(key.value, leased);
  ++leased_of_host_[host_of_number(leased.number)];
  ++left_of_lease_[leased.lease];
}

void FrontierMemory::end(Connection& c, RequestKey key) {
  const Leased ended = leased_.at(key.value);
  unlease(c, key);
  hide(key, ended);
}

void FrontierMemory::hide(RequestKey key, const Leased& request) {
  Leased& hidden = leased_[key.value] = request;
  hidden.lease = 0;
  hidden_.push_back(key.value);
}

void FrontierMemory::unlease(Connection& c, RequestKey key) {
  const auto found = leased_.find(key.value);
  const auto of_host = leased_of_host_.find(host_of_number(found->second.number));
  if (--of_host->second == 0) leased_of_host_.erase(of_host);
  const auto left = left_of_lease_.find(found->second.lease);
  if (--left->second == 0) {
    c.run("DELETE FROM lease WHERE id = ?1", left->first);
    left_of_lease_.erase(left);
  }
  leased_.erase(found);
}

std::vector<RequestKey> FrontierMemory::of_lease(std::int64_t lease) const {
  std::vector<RequestKey> keys;
  for (const auto& [key, leased] : leased_)
    if (leased.lease == lease) keys.emplace_back(key);
  return keys;
}

std::vector<RequestKey> FrontierMemory::of_watch(Connection& c, std::int64_t watch) {
  std::vector<RequestKey> keys;
  for (const auto& [key, leased] : leased_)
    if (leased.lease != 0 && profile(c, leased.profile).watch == watch) keys.emplace_back(key);
  return keys;
}

}  // namespace testigo::store
