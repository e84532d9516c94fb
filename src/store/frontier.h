#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "core/time.h"
#include "store/store.h"

namespace testigo::store {

// The set of requests waiting to be asked, kept in the store so that a crawl killed at any instant
// goes on where it was.
//
// A *pass* is one round of a watch: its entry requests and all that follows from them. A request is
// queued, leased to a run, done (its answer is stored) or dead (given up, with a reason). Within a
// pass a request is asked once, however often it is enqueued; a new pass asks again.
//
// Secrets never enter: PageRequest::url is not kept. A leased request comes back with url equal to
// archive_url, and the caller puts secrets into URL, headers and body at the moment of sending.
// Header fields named Authorization, Proxy-Authorization or Cookie are dropped.

// What a request is, whichever run or pass asks it: source, watch, step, method, archive_url, body.
[[nodiscard]] RequestKey request_key(const PageRequest& request);

struct PassState {
  std::int64_t pass = 0;    // number within the watch, from 1
  bool resumed = false;     // it was begun by an earlier run that did not finish it
  std::size_t waiting = 0;  // requests queued or leased in it
  std::size_t done = 0;
  std::size_t dead = 0;
  std::size_t not_due = 0;  // standing pages whose rhythm does not ask for them in this pass
};

// An unfinished pass older than this is given up for a new one: cursors in it have expired.
inline constexpr std::chrono::hours stale_pass_after{7 * 24};

// Goes on with the watch's unfinished pass, or begins a new one. That forgets the requests of the
// one before, but for standing ones: of these, those whose page is due (PageState: seen_at +
// revisit_after is past at `due_by`, else at `now`, or unknown) are queued, and the others are not asked in this pass. What is
// known of pages stays. The caller then enqueues the entry requests: if the pass was resumed, those
// already asked are not asked again. An entry is asked in each pass, due or not.
[[nodiscard]] Result<PassState> begin_pass(Store& store, std::string_view watch, UtcTime now,
                                           std::optional<UtcTime> due_by = std::nullopt);

// Adds requests to the current passes of their watches; returns how many were new there.
// Errc::not_found for a watch without a begun pass.
[[nodiscard]] Result<std::size_t> enqueue(Store& store, std::span<const PageRequest> requests,
                                          UtcTime now);

// Closes the watch's pass if nothing in it waits, and says whether it did. `last_finished` of the
// watch becomes `now`.
[[nodiscard]] Result<bool> finish_pass(Store& store, std::string_view watch, UtcTime now);

// Gives up whatever still waits in the watch's current pass, with a reason ("capped: max_pages").
// Returns how many. The pass can then be finished.
[[nodiscard]] Result<std::size_t> abandon_pass(Store& store, std::string_view watch,
                                               std::string_view reason);

struct WatchState {
  std::string watch;
  std::int64_t pass = 0;
  UtcTime started{};
  std::optional<UtcTime> last_finished;  // when a pass last came to its end; due = this + every
  std::size_t waiting = 0;
  std::size_t done = 0;
  std::size_t dead = 0;
  std::size_t not_due = 0;  // standing pages whose rhythm does not ask for them in this pass
};
[[nodiscard]] Result<std::vector<WatchState>> watches(Store& store);

struct LeaseLimits {
  std::vector<std::string> watches;  // if any: requests of these only
  std::size_t requests = 32;         // at most so many in one call
  std::size_t per_host = 1;          // counting those already leased and not yet answered
  std::chrono::milliseconds duration{std::chrono::minutes(10)};  // then it is taken back
  std::optional<std::int64_t> per_host_daily;  // answers of one host and UTC day, then not before
                                               // the next day
};

// What is known of a page from the last time it was asked for: RFC 9111 validators and the rhythm
// of its changes.
struct PageState {
  std::optional<std::string> etag;
  std::optional<std::string> last_modified;
  std::string payload_digest;  // "sha256:…" of the body as sent
  int status = 0;
  UtcTime seen_at{};                                  // last answered
  std::optional<UtcTime> changed_at;                  // last answered with other bytes
  std::optional<std::chrono::seconds> revisit_after;  // adaptive interval, where one is known
  std::optional<EvidenceRef> evidence;  // read only: where those bytes lie, set by ingest from
                                        // Answer::evidence and kept through answers without one

  friend bool operator==(const PageState&, const PageState&) = default;
};

struct Lease {
  RequestKey key;
  PageRequest request;            // url == archive_url
  std::string host;               // of the URL, lower case, with the port where one is written
  int attempts = 0;               // earlier ones that were postponed
  std::optional<PageState> page;  // validators for a conditional request
};

// Leases requests that may be asked now, hosts in turn, nearest to the entry first, to a run.
[[nodiscard]] Result<std::vector<Lease>> lease(Store& store, RunId run, UtcTime now,
                                               const LeaseLimits& limits);

// Ends of a lease. That of a request whose answer brought posts is in ingest.h, in the transaction
// that stores them; `complete` is for an answer that leaves nothing to store.
// Errc::not_found if no such request is known.
[[nodiscard]] Result<void> complete(Store& store, RequestKey key);
[[nodiscard]] Result<void> postpone(Store& store, RequestKey key, UtcTime not_before,
                                    std::string_view reason);  // counts an attempt
[[nodiscard]] Result<void> bury(Store& store, RequestKey key, std::string_view reason);
// Back to the queue as if never leased (interrupted before it was asked).
[[nodiscard]] Result<void> give_back(Store& store, RequestKey key);

// Leases past their time, and those of runs that have ended, go back to the queue.
[[nodiscard]] Result<std::size_t> reclaim_leases(Store& store, UtcTime now);

// For the start of a crawl by the only crawler (the caller holds a lock): runs that never ended are
// marked as killed (exit 1, ended now) and their leases returned. Returns the number of requests.
[[nodiscard]] Result<std::size_t> reclaim_killed_runs(Store& store, UtcTime now);

// Nothing of this host is leased before `until` (Retry-After); survives a restart.
[[nodiscard]] Result<void> hold_host(Store& store, std::string_view host, UtcTime until);

// Hosts whose requests wait for the next UTC day, since this day's budget is used up.
[[nodiscard]] Result<std::size_t> over_budget(Store& store, UtcTime now);

// The earliest time at which a queued request (of these watches, if any) may be asked, long past
// where it may be asked at once; none if none is queued.
[[nodiscard]] Result<std::optional<UtcTime>> next_due(Store& store,
                                                      std::span<const std::string> watches = {});

struct DeadRequest {
  std::string watch;
  std::string archive_url;
  std::string reason;
  int attempts = 0;
  bool entry = false;
};
[[nodiscard]] Result<std::vector<DeadRequest>> dead_requests(Store& store, std::string_view watch);

[[nodiscard]] Result<std::optional<PageState>> find_page(Store& store, RequestKey key);

}  // namespace testigo::store
