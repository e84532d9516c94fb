#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/byte_queue.h"
#include "app/crawl.h"
#include "app/crawl_writer.h"
#include "app/destination.h"
#include "app/flight.h"
#include "app/page_work.h"
#include "app/replay_transfers.h"
#include "app/robots_gate.h"
#include "app/source_logins.h"
#include "fetch/politeness.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "store/frontier.h"

namespace testigo::app {

// What the ledger says where a run ended although nothing stopped it: hosts asked for patience.
inline constexpr std::string_view waiting_for_hosts = "waiting";

// Bounds of one crawl's loop. Each is a reason to stop asking, never to lose what was asked.
struct LoopBounds {
  std::size_t connections = 16;
  std::size_t connections_per_host = 1;
  Millis gap{1000};
  std::int64_t max_pages = 10'000;
  std::int64_t max_bytes = 2'000'000'000;
  std::optional<std::int64_t> max_per_host_daily;
  Millis max_time{6 * 3600 * 1000};
  Millis patience{10 * 60 * 1000};  // longest wait for a postponed request within this run
  int max_redirects = 10;           // browsers give up at 20, honest sites need three
  fetch::RetryLimits retry;
  bool hasty_on_trusted = false;  // no gap on hosts that the configuration allows by name
};

// The thread that asks: takes leases from the writer, sees robots.txt before anything else of a
// site, keeps each host's gap, follows redirects hop by hop, and hands answers to the workers.
class CrawlLoop {
 public:
  struct Parts {
    fetch::Transfers& transfers;
    ReplayTransfers* replay;  // the same transfers, under replay; else null
    CrawlWriter& writer;
    ByteQueue<PageJob>& jobs;
    const std::map<std::string, PlannedWatch>& watches;
    const CrawlTools& tools;
    const std::map<std::string, std::string>& secrets;
    const fetch::AddressGuard& guard;
  };

  CrawlLoop(const Parts& parts, const LoopBounds& bounds);

  // Until nothing is left to ask, a bound is reached, somebody says stop, or the writer failed (it
  // has the error). What was leased and not asked has then been given back to the writer.
  void run();

  // From any thread: an answer of this host, read by a worker, asks to be left alone so long.
  void leave_alone(const std::string& host, Millis wait);

  [[nodiscard]] bool interrupted() const { return interrupted_; }
  // Why requests wait that an attempt was made at, and how many do: of 10,000 at most.
  [[nodiscard]] std::map<std::string, std::size_t> put_off() const;
  // A request was given up, or waits for longer than this run does: exit 5. So does what a bound
  // has left, which the frontier knows.
  [[nodiscard]] bool partial() const { return partial_; }
  // Why requests may be left for another run, in the words of the ledger.
  [[nodiscard]] const std::string& stopped_by() const { return stopped_by_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& failures() const { return failures_; }
  // What people should know of single requests: errors in a service's own words, addresses that
  // have changed for good.
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  [[nodiscard]] bool bound_reached();
  void take_leases();
  void ask_for_leases();
  [[nodiscard]] bool is_hungry();
  [[nodiscard]] bool wait_or_end();
  void put_back();
  void return_lease(const store::Lease& lease);

  void board(std::int64_t ticket);
  void follow_sitemaps(const Flight& flight, const fetch::RobotsRules& rules);
  [[nodiscard]] bool is_hasty(const formats::Url& url) const;
  void ask_robots(const std::string& site);
  void dispatch();
  void send(std::int64_t ticket);
  [[nodiscard]] Result<std::optional<PageRequest>> add_secrets(Flight& flight) const;
  void wait_for_answers();

  void land(fetch::TransferResult&& result);
  void count_answer(const std::string& host);
  void land_robots(std::int64_t ticket, const fetch::TransferResult& result);

  [[nodiscard]] bool takes_token(const Flight& flight) const;
  void wait_for_login(std::int64_t ticket);
  void send_login(std::int64_t ticket);
  void land_login(std::int64_t ticket, const fetch::TransferResult& result);
  [[nodiscard]] bool renew_token(std::int64_t ticket, const fetch::TransferResult& result);
  [[nodiscard]] std::optional<std::string> refused_login(const Flight& flight,
                                                         const fetch::TransferResult& result) const;
  [[nodiscard]] std::string advice_for(const Flight& flight) const;

  void follow_redirect(std::int64_t ticket, const fetch::TransferResult& result);
  [[nodiscard]] bool takes_key_away(const Flight& flight, const std::string& redirect) const;
  [[nodiscard]] bool says_nothing(const Flight& flight, const fetch::TransferResult& result) const;
  void hand_over(std::int64_t ticket, fetch::TransferResult&& result, FetchStatus status);
  [[nodiscard]] bool says_slow_down(const Flight& flight,
                                    const fetch::TransferResult& result) const;
  [[nodiscard]] std::optional<Millis> asked_patience(const fetch::TransferResult& result,
                                                     bool limited = false) const;
  [[nodiscard]] std::optional<Millis> spent_quota(const fetch::TransferResult& result) const;
  void settle(std::int64_t ticket, fetch::TransferResult&& result);
  void tell_error(const Flight& flight, const Page& page, const std::string& why);
  void tell(const std::string& where, const std::string& what);
  void tell_detail(std::int64_t ticket, const std::string& why, const std::string& detail);
  // `detail`: for a person, where it is tried no more.
  void try_later(std::int64_t ticket, const std::string& why, std::optional<Millis> asked,
                 const std::string& detail = {});
  void hold_host(const std::string& host, Millis wait);
  void hold_hosts_as_asked();
  void give_up(std::int64_t ticket, const std::string& why, FetchStatus status);
  void pass_over(std::int64_t ticket);
  void leave(std::int64_t ticket);

  void archive_answer(const Flight& flight, const fetch::TransferResult& result);
  [[nodiscard]] archive::Exchange exchange_of(const Flight& flight) const;
  [[nodiscard]] std::optional<Page> kept_page(const store::Lease& lease) const;
  [[nodiscard]] const PlannedWatch& watch_of(const Flight& flight) const {
    return parts_.watches.at(flight.lease->request.watch);
  }
  // The configured clock, for what is written down; it may be set back or forth at any time.
  [[nodiscard]] UtcTime now() const { return parts_.tools.clock.now(); }
  // Time that only goes forward, for gaps.
  [[nodiscard]] UtcTime pace() const;
  void report_progress(bool at_once);

  Parts parts_;
  LoopBounds bounds_;
  std::vector<std::string> watch_keys_;
  std::vector<std::string> secret_values_;
  Destinations destinations_;
  RobotsGate robots_;
  fetch::HostSchedule schedule_;
  std::unordered_map<std::int64_t, Flight> flights_;
  std::unordered_map<std::string, std::vector<std::int64_t>> waiting_for_robots_;  // by site
  SourceLogins logins_;
  std::mutex asked_mutex_;
  std::vector<std::pair<std::string, Millis>> asked_;  // by leave_alone(): host, how long
  std::int64_t next_ticket_ = 1;

  std::size_t leased_ = 0;         // so far; the writer knows how many of them ended
  bool asked_for_leases_ = false;  // and not yet answered
  std::optional<Supply> dry_;      // the last answer, where it brought no lease
  SteadyTime dry_since_{};

  const SteadyTime started_ = std::chrono::steady_clock::now();
  const UtcTime started_at_;
  SteadyTime reported_{};
  std::int64_t answers_ = 0;
  std::int64_t bytes_ = 0;
  std::size_t queued_ = 0;  // in the store, as last heard
  std::map<std::string, std::int64_t> failures_;
  std::vector<std::string> messages_;
  std::set<std::string> told_;  // what they say, without where
  std::mt19937_64 random_{std::random_device{}()};
  bool interrupted_ = false;
  std::map<std::int64_t, std::string> put_off_;  // by the request's key
  bool partial_ = false;
  std::string stopped_by_{waiting_for_hosts};
};

}  // namespace testigo::app
