#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/byte_queue.h"
#include "app/crawl.h"
#include "app/crawl_writer.h"
#include "app/page_work.h"
#include "app/replay_transfers.h"
#include "app/robots_gate.h"
#include "fetch/politeness.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "store/frontier.h"

namespace testigo::app {

// Bounds of one crawl's loop. Each is a reason to stop asking, never to lose what was asked.
struct LoopBounds {
  std::size_t connections = 16;
  std::size_t connections_per_host = 1;
  Millis gap{1000};
  std::int64_t max_pages = 10'000;
  std::int64_t max_bytes = 2'000'000'000;
  Millis max_time{6 * 3600 * 1000};
  Millis patience{10 * 60 * 1000};  // longest wait for a postponed request within this run
  int max_redirects = 10;           // browsers give up at 20, honest sites need three
  fetch::RetryLimits retry;
  bool hasty_on_trusted = false;    // no gap on hosts that the configuration allows by name
};

// The thread that asks: leases requests from the frontier, sees robots.txt before anything else of
// a site, keeps each host's gap, follows redirects hop by hop, and hands answers to the workers.
class CrawlLoop {
 public:
  struct Parts {
    store::Store& frontier;  // this thread's own connection
    store::RunId run;
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

  // Until nothing is left to ask, a bound is reached, or somebody says stop. Returns when every
  // lease that it took has ended in the store. Errors are the store's.
  [[nodiscard]] Result<void> run();

  [[nodiscard]] bool interrupted() const { return interrupted_; }
  // A bound was reached, an entry request failed, or one was given up: exit 5.
  [[nodiscard]] bool partial() const { return partial_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& failures() const { return failures_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // One request under way, or waiting for its turn. One for a robots.txt has no lease.
  struct Flight {
    std::optional<store::Lease> lease;
    PageRequest current;  // what to send: the lease's request, or where a redirect led
    std::string site;
    std::string host;  // under which it is scheduled
    std::vector<Header> sent_headers;
    int hops = 0;
    bool hasty = false;  // its host is asked without a pause and never slows us down
  };

  [[nodiscard]] bool bound_reached() const;
  [[nodiscard]] Result<bool> refill();  // false where the frontier has nothing for now
  [[nodiscard]] Result<bool> wait_or_end();
  [[nodiscard]] Result<void> put_back();
  void board(std::int64_t ticket);
  [[nodiscard]] bool is_hasty(const std::string& address) const;
  void ask_robots(const std::string& site);
  void dispatch();
  void send(std::int64_t ticket);
  void wait_for_answers();
  void land(fetch::TransferResult result);
  void land_robots(std::int64_t ticket, const fetch::TransferResult& result);
  void follow_redirect(std::int64_t ticket, const fetch::TransferResult& result);
  void hand_over(std::int64_t ticket, fetch::TransferResult result, FetchStatus status);
  void try_later(std::int64_t ticket, const fetch::TransferResult* result, const std::string& why);
  void give_up(std::int64_t ticket, const std::string& why, FetchStatus status);
  void archive_answer(const Flight& flight, const fetch::TransferResult& result);
  [[nodiscard]] archive::Exchange exchange_of(const Flight& flight, const Page& page) const;
  [[nodiscard]] std::optional<Page> kept_page(const store::Lease& lease) const;
  [[nodiscard]] std::vector<std::string> secret_values() const;
  [[nodiscard]] UtcTime now() const { return parts_.tools.clock.now(); }
  void report_progress(bool at_once);

  Parts parts_;
  LoopBounds bounds_;
  std::vector<std::string> watch_keys_;
  RobotsGate robots_;
  fetch::HostSchedule schedule_;
  std::unordered_map<std::int64_t, Flight> flights_;
  std::unordered_map<std::string, std::vector<std::int64_t>> waiting_for_robots_;  // by site
  std::int64_t next_ticket_ = 1;
  std::size_t leased_ = 0;       // so far; the writer knows how many of them ended
  std::size_t ended_before_ = 0;  // when the frontier was asked last
  SteadyTime asked_frontier_{};
  SteadyTime reported_{};
  const SteadyTime started_ = std::chrono::steady_clock::now();
  std::int64_t answers_ = 0;
  std::int64_t bytes_ = 0;
  std::map<std::string, std::int64_t> failures_;
  std::mt19937_64 random_{std::random_device{}()};
  bool interrupted_ = false;
  bool partial_ = false;
};

}  // namespace testigo::app
