#include "fetch/politeness.h"

#include <algorithm>
#include <cassert>

namespace testigo::fetch {
namespace {

// How an overloaded host's gap grows with each refusal, from where, and how it comes back.
constexpr Millis first_slowdown{2'000};
constexpr int slowdown_factor = 2;
constexpr int recovery_divisor = 2;

// How long an idle host is remembered: as long as the longest usual gap, by when what slowed us
// down is over.
constexpr Millis idle_memory{60'000};
constexpr int forgotten_a_step = 2;  // at most: more than come in, and still no pause

}  // namespace

HostSchedule::HostSchedule(PolitenessLimits limits) : limits_(limits) {
  assert(limits.in_flight > 0 && "a host that may never be asked would wait for ever");
}

void HostSchedule::add(std::string_view name, std::int64_t ticket) {
  Host& host = host_named(name);
  if (host.queue.empty()) ++waiting_hosts_;
  host.queue.push_back(ticket);
  ++waiting_;
  schedule(host);
}

std::optional<Turn> HostSchedule::next(UtcTime now) {
  forget_idle(now);
  while (!heap_.empty() && hosts_[heap_.top().host].stamp != heap_.top().stamp) heap_.pop();
  if (heap_.empty() || heap_.top().time > now) return {};
  Host& host = hosts_[heap_.top().host];
  heap_.pop();
  host.stamp = 0;
  const Turn turn{host.name, host.queue[host.head++]};
  if (host.head == host.queue.size()) {
    host.queue = {};
    host.head = 0;
    --waiting_hosts_;
  }
  --waiting_;
  ++host.in_flight;
  ++in_flight_;
  keep_gap(host, now);
  schedule(host);
  return turn;
}

std::optional<UtcTime> HostSchedule::next_time() {
  while (!heap_.empty() && hosts_[heap_.top().host].stamp != heap_.top().stamp) heap_.pop();
  if (heap_.empty()) return {};
  return heap_.top().time;
}

void HostSchedule::finished(std::string_view name, UtcTime now, Millis took, FetchStatus status) {
  Host& host = host_named(name);
  assert(host.in_flight > 0 && "finished() without the next() it answers");
  --host.in_flight;
  --in_flight_;
  const Millis paced(
      static_cast<std::int64_t>(limits_.adaptive * static_cast<double>(took.count())));
  const Millis settled = status == FetchStatus::retry_later
                             ? std::max(host.adaptive * slowdown_factor, first_slowdown)
                             : host.adaptive / recovery_divisor;
  host.adaptive = std::min(std::max(paced, settled), limits_.longest_adaptive);
  // With one request at a time the gap counts from the answer's end, so that a host which answers
  // slowly is not asked again at once.
  if (limits_.in_flight == 1) keep_gap(host, now);
  schedule(host);
}

void HostSchedule::set_gap(std::string_view name, Millis gap) {
  Host& host = host_named(name);
  if (gap <= host.gap) return;
  host.gap = gap;
  if (!host.gap_from) return;
  keep_gap(host, *host.gap_from);
  schedule(host);
}

void HostSchedule::postpone(std::string_view name, UtcTime until) {
  Host& host = host_named(name);
  host.not_before = std::max(host.not_before, until);
  schedule(host);
}

std::vector<std::int64_t> HostSchedule::drop(std::string_view name) {
  Host& host = host_named(name);
  if (host.queue.empty()) return {};
  std::vector<std::int64_t> dropped(host.queue.begin() + static_cast<std::ptrdiff_t>(host.head),
                                    host.queue.end());
  host.queue = {};
  host.head = 0;
  --waiting_hosts_;
  waiting_ -= dropped.size();
  schedule(host);
  return dropped;
}

Millis HostSchedule::gap_of(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? limits_.gap : gap_of(hosts_[found->second]);
}

Millis HostSchedule::gap_of(const Host& host) const {
  return std::max({limits_.gap, host.gap, host.adaptive});
}

std::vector<HostWait> HostSchedule::slowest(std::size_t count, UtcTime now) const {
  std::vector<HostWait> waits;
  for (const Host& host : hosts_) {
    const std::size_t waiting = host.queue.size() - host.head;
    if (waiting == 0) continue;
    const Millis gap = gap_of(host);
    const Millis first = std::max<Millis>(host.not_before - now, Millis(0));
    waits.push_back({host.name, waiting, gap, first + gap * static_cast<int>(waiting - 1)});
  }
  const std::size_t kept = std::min(count, waits.size());
  std::partial_sort(waits.begin(), waits.begin() + static_cast<std::ptrdiff_t>(kept), waits.end(),
                    [](const HostWait& a, const HostWait& b) { return a.left > b.left; });
  waits.resize(kept);
  return waits;
}

HostSchedule::Host& HostSchedule::host_named(std::string_view name) {
  const auto found = index_.find(name);
  if (found != index_.end()) return hosts_[found->second];
  if (unused_.empty()) {
    unused_.push_back(hosts_.size());
    hosts_.emplace_back();
  }
  const std::size_t place = unused_.back();
  unused_.pop_back();
  Host& host = hosts_[place];
  host.name = std::string(name);
  host.place = place;
  index_.emplace(host.name, place);
  note_idle(host);
  return host;
}

void HostSchedule::keep_gap(Host& host, UtcTime from) {
  host.gap_from = from;
  host.not_before = std::max(host.not_before, from + gap_of(host));
}

void HostSchedule::note_idle(Host& host) {
  if (host.in_idle) return;
  host.in_idle = true;
  idle_.push_back(host.place);
}

void HostSchedule::forget_idle(UtcTime now) {
  for (int i = 0; i < forgotten_a_step && !idle_.empty(); ++i) {
    Host& host = hosts_[idle_.front()];
    idle_.pop_front();
    host.in_idle = false;
    if (!host.idle()) continue;
    if (now - host.not_before < idle_memory) {
      note_idle(host);
      continue;
    }
    index_.erase(host.name);
    unused_.push_back(host.place);
    host = {};
  }
}

// Gives the host the one heap entry that its state asks for; an older entry becomes void.
void HostSchedule::schedule(Host& host) {
  if (host.idle()) note_idle(host);
  if (host.queue.empty() || host.in_flight >= limits_.in_flight) {
    host.stamp = 0;
    return;
  }
  if (host.stamp != 0 && host.scheduled == host.not_before) return;
  host.stamp = ++stamps_;
  host.scheduled = host.not_before;
  heap_.push({host.not_before, host.stamp, host.place});
}

}  // namespace testigo::fetch
