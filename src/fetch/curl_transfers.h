#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "fetch/cookie_jars.h"
#include "fetch/curl_handles.h"
#include "fetch/curl_lane.h"
#include "fetch/curl_sockets.h"
#include "fetch/proxy.h"
#include "fetch/resolver.h"
#include "fetch/transfer.h"

namespace testigo::fetch {

// Transfers over one multi handle of libcurl: jobs wait for a lane, run, and are done.
class CurlTransfers final : public Transfers {
 public:
  CurlTransfers(Multi multi, LaneSettings settings, ProxySettings proxies);
  ~CurlTransfers() override;
  CurlTransfers(const CurlTransfers&) = delete;
  CurlTransfers& operator=(const CurlTransfers&) = delete;

  void start(TransferRequest request) override;
  std::vector<TransferResult> wait(Millis longest) override;
  void wake() override;
  // False where the system had no descriptors left for it.
  [[nodiscard]] bool ready() const { return sockets_.ready(); }
  void cancel(std::int64_t id) override;
  [[nodiscard]] std::size_t running() const override;

 private:
  using LanePtr = std::unique_ptr<Lane>;

  // One round: what can begin begins, what comes within the pause is taken, what has ended is done.
  void step(Millis pause);
  [[nodiscard]] bool may_launch() const;
  void launch(JobPtr job);
  void collect();
  void give_up_silent();
  // Takes a running lane out; it is kept for the next job if it is fit for that.
  [[nodiscard]] TransferResult finish(Lane& lane, int code);
  void ask_anew(Lane& lane);
  void free_lane(const Lane& lane);
  void give_up(Lane& lane, TransferError error, std::string detail);
  void fail_at_once(JobPtr job, TransferError error, std::string detail);
  void add_done(TransferResult&& result);

  // Behind a proxy: names are resolved and judged here before the proxy is asked.
  [[nodiscard]] bool needs_lookup(const Job& job) const;
  void look_up(JobPtr job);
  void take_lookups();
  [[nodiscard]] std::optional<std::string> refuse_any(
      const Job& job, const std::vector<IpAddress>& addresses) const;

  WatchedSockets watched_;  // before the multi handle that closes some of them in the end
  LaneSettings settings_;
  ProxySettings proxies_;
  std::atomic<bool> woken_ = false;
  std::size_t bytes_in_flight_ = 0;
  Lane::Clock::time_point next_look_{};
  CookieJars jars_;  // before the lanes that share them
  Multi multi_;
  CurlSockets sockets_;  // goes before the multi handle that calls it
  std::vector<LanePtr> running_;
  std::vector<LanePtr> idle_;
  std::deque<JobPtr> waiting_;  // for a place among max_connections
  std::unordered_map<std::int64_t, JobPtr> looking_up_;
  std::vector<TransferResult> done_;
  std::int64_t lookups_ = 0;
  std::unique_ptr<Resolver> resolver_;  // last: its threads wake sockets_
};

}  // namespace testigo::fetch
