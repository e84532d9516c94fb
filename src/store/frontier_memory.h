#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/page.h"
#include "store/connection.h"
#include "store/host_blocks.h"
#include "store/known_keys.h"
#include "store/store.h"

namespace testigo::store {

// A queued request's number is its place in the order of asking: host, then depth, then age.
inline constexpr int age_bits = 30;   // begins anew after a billion requests, long asked by then
inline constexpr int depth_bits = 5;  // deeper ones are asked in order of age
inline constexpr int host_shift = age_bits + depth_bits;  // leaves 28 bits: 268 million hosts

[[nodiscard]] constexpr std::int64_t queue_number(std::int64_t host, int depth, std::int64_t age) {
  constexpr std::int64_t deepest = (1 << depth_bits) - 1;
  constexpr std::int64_t oldest = (std::int64_t{1} << age_bits) - 1;
  const std::int64_t near = depth < 0 ? 0 : depth > deepest ? deepest : depth;
  return host << host_shift | near << age_bits | (age & oldest);
}
[[nodiscard]] constexpr std::int64_t host_of_number(std::int64_t number) {
  return number >> host_shift;
}

// What one connection remembers of the frontier between transactions: what is asked for each
// request and changes seldom, and the few requests that are under way. Bounded, whatever the
// number of hosts and requests. True until another connection changes the frontier.
class FrontierMemory {
 public:
  explicit FrontierMemory(Connection& c);

  // Whether the tables are still as this connection left them.
  [[nodiscard]] bool is_true(Connection& c);
  // Writes what changed in this transaction.
  void save(Connection& c);

  struct Watch {
    std::int64_t id = 0;
    std::int64_t pass = 0;
    bool open = false;
    UtcTime started{};
    bool has_standing = false;  // from former passes
  };
  // Null where no pass of it has been begun.
  [[nodiscard]] const Watch* watch(Connection& c, const std::string& name);
  void forget_watches() { watches_.clear(); }

  struct Profile {
    std::int64_t watch = 0;
    std::string watch_name;
    std::int64_t pass = 0;  // of the watch
    std::string source;
    std::string step;  // without variables
    std::string method;
    std::vector<Header> headers;
  };
  [[nodiscard]] std::int64_t profile_id(Connection& c, std::int64_t watch,
                                        const PageRequest& request, std::string_view step);
  [[nodiscard]] const Profile& profile(Connection& c, std::int64_t id);
  void forget_profiles();

  struct Host {
    std::int64_t id = 0;
    bool fresh = false;  // never seen before
  };
  [[nodiscard]] Host host(Connection& c, const std::string& name);
  // Says that the host has a request that may be asked, as far as the host itself may.
  void has_request(Connection& c, Host host);
  void has_no_request(Connection& c, std::int64_t host) { ready_.erase(c, host); }
  // Hosts with a request that may be asked now. Those of a range only between transactions, or
  // after save_hosts.
  [[nodiscard]] ReadyHosts& ready_hosts() { return ready_; }

  // Whether this request of this pass is known: queued, under way, answered or dead.
  [[nodiscard]] bool knows(Connection& c, std::int64_t watch, std::int64_t host, RequestKey key);
  void know(std::int64_t watch, std::int64_t host, RequestKey key);
  void forget_known(Connection& c, std::int64_t watch) { known_.forget(c, watch); }
  // The same set, for others who keep keys in a space of their own, below 0.
  [[nodiscard]] KnownKeys& known_keys() { return known_; }

  [[nodiscard]] std::int64_t next_request() { return next_request_++; }
  // Takes so many numbers at once; the first of them.
  [[nodiscard]] std::int64_t next_requests(std::size_t count);

  // Added to the counts of a watch with this transaction.
  struct Counts {
    std::int64_t waiting = 0;
    std::int64_t leased = 0;
    std::int64_t done = 0;
    std::int64_t dead = 0;
  };
  [[nodiscard]] Counts& counts(std::int64_t watch) { return counts_[watch]; }
  void save_counts(Connection& c);

  // A request under way. One that has ended is hidden until its row goes, with the transaction.
  struct Leased {
    std::int64_t number = 0;
    std::int64_t profile = 0;
    bool remembered = false;  // standing, and no entry
    std::int64_t lease = 0;   // its row; 0: ended, or was not leased
  };
  [[nodiscard]] const Leased* leased(RequestKey key) const;
  [[nodiscard]] bool hides(RequestKey key) const { return leased_.contains(key.value); }
  // Of one that is under way or hidden.
  [[nodiscard]] std::optional<std::int64_t> number_of(RequestKey key) const;
  [[nodiscard]] std::size_t leased_of(std::int64_t host) const;
  void lease(RequestKey key, const Leased& leased);
  // It is under way no more, but hidden: its row goes with the transaction.
  void end(Connection& c, RequestKey key);
  // It is under way no more. Its row is no longer this one, or the lease was rewritten.
  void unlease(Connection& c, RequestKey key);
  // Hides a request that was not leased, and has ended.
  void hide(RequestKey key, const Leased& request);
  // The requests of a lease, or of all whose profile is of a watch.
  [[nodiscard]] std::vector<RequestKey> of_lease(std::int64_t lease) const;
  [[nodiscard]] std::vector<RequestKey> of_watch(Connection& c, std::int64_t watch);

  // Counts an answer against the day's budget of a host.
  void count_answer(std::int64_t host, UtcTime at);
  // Those of that day, as far as they are saved.
  [[nodiscard]] std::int64_t answers_of(Connection& c, std::int64_t host, UtcTime at);
  // Writes what changed of hosts.
  void save_hosts(Connection& c);

  // Standing requests that ended in this transaction, with the answers in a row before this one
  // that said they were gone.
  struct Ended {
    std::int64_t watch = 0;
    std::int64_t host = 0;
    int gone = 0;
  };
  std::unordered_map<std::int64_t, Ended> ended_standing;

  std::int64_t last_host = 0;  // whose turn was last
  UtcTime now{};               // when requests were leased last
  std::optional<std::int64_t> budget;
  bool budget_is_known = false;

 private:
  [[nodiscard]] std::int64_t find_profile(Connection& c, std::int64_t watch,
                                          const PageRequest& request, std::string_view step);
  void load_leases(Connection& c);
  void load_lease(Connection& c, std::int64_t lease, std::string_view numbers);
  void delete_hidden(Connection& c);
  void sort_in_former(Connection& c);
  void count_in_former(Connection& c);
  [[nodiscard]] static KnownKeys::Key known_key(std::int64_t watch, std::int64_t host,
                                                RequestKey key);

  KnownKeys known_;
  ReadyHosts ready_;
  HostAnswers answers_;
  std::int64_t data_version_ = 0;
  std::int64_t version_ = 0;
  std::int64_t next_host_ = 1;
  std::int64_t next_request_ = 1;
  std::unordered_map<std::string, Watch> watches_;
  std::unordered_map<std::int64_t, Profile> profiles_;
  std::unordered_map<std::string, std::int64_t> profile_ids_;
  PageRequest last_like_;  // only what profiles are told apart by
  std::int64_t last_profile_ = 0;
  std::string last_name_;
  std::int64_t last_id_ = 0;
  std::unordered_map<std::int64_t, Counts> counts_;
  std::unordered_map<std::int64_t, Leased> leased_;
  std::unordered_map<std::int64_t, std::size_t> leased_of_host_;
  std::unordered_map<std::int64_t, std::size_t> left_of_lease_;
  std::vector<std::int64_t> hidden_;  // keys in leased_ whose rows go with the transaction
};

}  // namespace testigo::store
