#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/page.h"
#include "core/time.h"

namespace testigo::fetch {

// How a host is treated where neither it nor its source says anything stricter.
struct PolitenessLimits {
  Millis gap{1000};           // from one answer's end to the next request
  std::size_t in_flight = 1;  // per host
  double adaptive = 1.0;      // the gap is at least this many times the last answer's duration
  Millis longest_adaptive{30'000};  // but never more than this for that reason
};

// A request that may be sent now.
struct Turn {
  std::string host;
  std::int64_t ticket = 0;  // the caller's own number for the request

  friend bool operator==(const Turn&, const Turn&) = default;
};

// A host that is waited for.
struct HostWait {
  std::string host;
  std::size_t waiting = 0;  // requests
  Millis gap{0};            // that it is asked with
  Millis left{0};           // until its last waiting request may be sent

  friend bool operator==(const HostWait&, const HostWait&) = default;
};

// Who may be asked, when: waiting requests per host, first come first served, each host with its
// own next time. Arithmetic only; the caller brings the time and does the asking. A step costs
// O(log hosts). A host that nothing is wanted of is forgotten, gap and all, a minute after it could
// have been asked: memory is for the hosts at hand, however many a crawl sees.
class HostSchedule {
 public:
  explicit HostSchedule(PolitenessLimits limits = {});
  HostSchedule(HostSchedule&&) = default;
  HostSchedule& operator=(HostSchedule&&) = default;

  // Puts a request in its host's queue. `host` is any key under which requests share politeness:
  // "example.com" or "example.com:8080".
  void add(std::string_view host, std::int64_t ticket);

  // A request whose host may be asked at `now`; it counts as in flight until finished().
  [[nodiscard]] std::optional<Turn> next(UtcTime now);

  // When next() may have something again: none while nothing waits, or while all that waits is
  // behind a request in flight.
  [[nodiscard]] std::optional<UtcTime> next_time();

  // The answer to a Turn has come (or failed) at `now` after `took`.
  void finished(std::string_view host, UtcTime now, Millis took, FetchStatus status);

  // A least gap for the host, from robots' crawl-delay or the source's own rate: the greatest of
  // ours and all that was passed wins, from the host's last answer on.
  void set_gap(std::string_view host, Millis gap);

  // Nobody asks this host before `until` (Retry-After, back-off). An earlier time changes nothing.
  void postpone(std::string_view host, UtcTime until);

  // Takes all waiting requests of a host out of its queue, in order (the host is given up).
  [[nodiscard]] std::vector<std::int64_t> drop(std::string_view host);

  [[nodiscard]] std::size_t waiting() const { return waiting_; }
  [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
  // Hosts that are remembered.
  [[nodiscard]] std::size_t known_hosts() const { return index_.size(); }
  // Hosts that have requests waiting, for the progress line.
  [[nodiscard]] std::size_t waiting_hosts() const { return waiting_hosts_; }

  // The gap that now holds for a host.
  [[nodiscard]] Millis gap_of(std::string_view host) const;

  // The hosts that keep us waiting longest, the longest first, `count` at most. Looks at each host.
  [[nodiscard]] std::vector<HostWait> slowest(std::size_t count, UtcTime now) const;

 private:
  struct Host {
    std::string name;
    std::vector<std::int64_t> queue;  // first come at `head`
    std::size_t head = 0;
    UtcTime not_before{};
    std::optional<UtcTime> gap_from;  // where the gap to the next request begins, once it was asked
    Millis gap{0};       // the strictest that was set
    Millis adaptive{0};  // from the last answer
    std::size_t in_flight = 0;
    std::size_t place = 0;    // in hosts_
    std::uint64_t stamp = 0;  // of its heap entry that counts; 0 if it has none
    UtcTime scheduled{};      // that entry's time
    bool in_idle = false;     // whether idle_ has it

    [[nodiscard]] bool idle() const { return queue.empty() && in_flight == 0; }
  };
  struct HeapEntry {
    UtcTime time;
    std::uint64_t stamp;
    std::size_t host;
    friend bool operator>(const HeapEntry& a, const HeapEntry& b) {
      return a.time != b.time ? a.time > b.time : a.stamp > b.stamp;
    }
  };

  [[nodiscard]] Host& host_named(std::string_view name);
  [[nodiscard]] Millis gap_of(const Host& host) const;
  void keep_gap(Host& host, UtcTime from);
  void schedule(Host& host);
  void note_idle(Host& host);
  void forget_idle(UtcTime now);

  PolitenessLimits limits_;
  std::deque<Host> hosts_;           // stay where they are; places are used again
  std::vector<std::size_t> unused_;  // places in hosts_
  std::unordered_map<std::string_view, std::size_t> index_;  // name, as in hosts_ → place there
  std::deque<std::size_t> idle_;  // places of hosts that may be forgotten, looked at in turn
  std::priority_queue<HeapEntry, std::vector<HeapEntry>, std::greater<>> heap_;
  std::uint64_t stamps_ = 0;
  std::size_t waiting_ = 0;
  std::size_t waiting_hosts_ = 0;
  std::size_t in_flight_ = 0;
};

}  // namespace testigo::fetch
