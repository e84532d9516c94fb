#include "app/crawl_loop.h"

#include <algorithm>
#include <thread>

#include "app/crawl_ledger.h"

namespace testigo::app {
namespace {

constexpr std::chrono::milliseconds frontier_pause{100};  // between two empty-handed looks
constexpr std::chrono::milliseconds longest_wait{200};    // so that stop and progress are prompt
constexpr std::chrono::milliseconds queue_pause{5};       // while the workers' queue is full
constexpr std::chrono::milliseconds progress_pause{250};
constexpr std::size_t shown_hosts = 3;  // of those that are waited for, in the progress
constexpr std::string_view agent = "testigo";
// Leases at hand for each connection: enough to keep it busy while the store is asked for more,
// and at most, where slow hosts hold what is at hand, so that they never starve the others.
constexpr std::size_t leases_per_connection = 4;
constexpr std::size_t most_leases_per_connection = 64;

fetch::PolitenessLimits politeness(const LoopBounds& bounds, bool replay) {
  fetch::PolitenessLimits limits;
  limits.in_flight = bounds.connections_per_host;
  limits.gap = Millis(0);  // each host's own gap is set when its first request boards
  if (replay || bounds.hasty_on_trusted) limits.adaptive = 0.0;
  return limits;
}

}  // namespace

CrawlLoop::CrawlLoop(const Parts& parts, const LoopBounds& bounds)
    : parts_(parts),
      bounds_(bounds),
      robots_(std::string(agent)),
      schedule_(politeness(bounds, parts.replay != nullptr)),
      started_at_(parts.tools.clock.now()) {
  for (const auto& [key, watch] : parts_.watches) watch_keys_.push_back(key);
  for (const auto& [name, value] : parts_.secrets) secret_values_.push_back(value);
}

void CrawlLoop::run() {
  while (!parts_.writer.failed()) {
    if (parts_.tools.stop.load()) {
      interrupted_ = true;
      stopped_by_ = "interrupted";
    }
    if (interrupted_ || bound_reached()) return put_back();
    take_leases();
    ask_for_leases();
    hold_hosts_as_asked();
    dispatch();
    if (flights_.empty()) {
      if (!wait_or_end()) break;
    } else {
      wait_for_answers();
    }
    report_progress(false);
  }
  report_progress(true);
}

// Answers under way are waited for when the run has as many pages as it may.
bool CrawlLoop::bound_reached() {
  const auto reached = [&](const char* bound) {
    stopped_by_ = bound;
    return true;
  };
  if (answers_ >= bounds_.max_pages && schedule_.in_flight() == 0) return reached("max_pages");
  if (bytes_ >= bounds_.max_bytes) return reached("max_bytes");
  if (std::chrono::steady_clock::now() - started_ >= bounds_.max_time) return reached("max_time");
  return false;
}

void CrawlLoop::take_leases() {
  std::optional<Supply> supply = parts_.writer.take_supply();
  if (!supply) return;
  asked_for_leases_ = false;
  for (store::Lease& lease : supply->leases) {
    ++leased_;
    const std::int64_t ticket = next_ticket_++;
    put_off_.erase(lease.key.value);
    flights_[ticket].lease = std::move(lease);
    board(ticket);
  }
  queued_ = supply->waiting - std::min(supply->waiting, flights_.size());
  dry_.reset();
  if (!supply->leases.empty()) return;
  dry_ = std::move(supply);
  dry_since_ = std::chrono::steady_clock::now();
}

// Enough requests at hand to keep all connections busy, few enough to lose little time on a kill.
void CrawlLoop::ask_for_leases() {
  if (asked_for_leases_ || !is_hungry() || answers_ >= bounds_.max_pages) return;
  const bool nothing_new = dry_ && dry_->ended == parts_.writer.ended();
  if (nothing_new && std::chrono::steady_clock::now() - dry_since_ < frontier_pause) return;
  store::LeaseLimits limits;
  limits.watches = watch_keys_;
  limits.requests = leases_per_connection * bounds_.connections + 16;
  limits.per_host = 4 + leases_per_connection * bounds_.connections_per_host;
  limits.per_host_daily = bounds_.max_per_host_daily;
  asked_for_leases_ = true;
  parts_.writer.want(std::move(limits));
}

bool CrawlLoop::is_hungry() {
  const std::size_t enough = leases_per_connection * bounds_.connections + 16;
  if (flights_.size() < enough / 2) return true;
  if (flights_.size() >= most_leases_per_connection * bounds_.connections) return false;
  const auto next = schedule_.next_time();
  return schedule_.in_flight() < bounds_.connections && (!next || *next > pace());
}

// Nothing is under way. False when the crawl has come to its end.
bool CrawlLoop::wait_or_end() {
  const bool settled = dry_ && !asked_for_leases_ && dry_->ended == leased_;
  if (settled && !dry_->next_due) return false;
  if (settled && *dry_->next_due - now() > bounds_.patience) {
    partial_ = true;
    return false;
  }
  if (asked_for_leases_) {
    parts_.writer.wait_for_supply(longest_wait);
  } else {
    parts_.writer.wait_for_news(dry_ ? dry_->ended : parts_.writer.ended(),
                                settled ? frontier_pause : longest_wait);
  }
  return true;
}

// Interrupted or bounded: what is not answered goes back as if it had never been leased.
void CrawlLoop::put_back() {
  for (auto& [ticket, flight] : flights_) {
    parts_.transfers.cancel(ticket);
    if (flight.lease) return_lease(*flight.lease);
  }
  flights_.clear();
  if (auto supply = parts_.writer.take_supply())
    for (const store::Lease& lease : supply->leases) return_lease(lease);
  report_progress(true);
}

void CrawlLoop::return_lease(const store::Lease& lease) {
  WriteTask task;
  task.end = store::LeaseEnd{lease.key, store::LeaseEnd::Kind::returned, {}, {}, {}};
  parts_.writer.add(std::move(task), small_task_bytes);
}

void CrawlLoop::dispatch() {
  while (schedule_.in_flight() < bounds_.connections && parts_.jobs.has_room()) {
    const auto under_way = static_cast<std::int64_t>(schedule_.in_flight());
    if (answers_ + under_way >= bounds_.max_pages) return;
    const auto turn = schedule_.next(pace());
    if (!turn) return;
    send(turn->ticket);
  }
}

void CrawlLoop::wait_for_answers() {
  Millis wait = longest_wait;
  if (const auto next = schedule_.next_time())
    wait = std::clamp<Millis>(*next - pace(), Millis(0), longest_wait);
  if (!parts_.jobs.has_room()) wait = queue_pause;
  if (schedule_.in_flight() == 0 && parts_.transfers.running() == 0) {
    parts_.writer.wait_for_news(parts_.writer.ended(), std::max(wait, Millis(1)));
    return;
  }
  for (fetch::TransferResult& result : parts_.transfers.wait(wait)) land(std::move(result));
}

UtcTime CrawlLoop::pace() const {
  return started_at_ +
         std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - started_);
}

void CrawlLoop::report_progress(bool at_once) {
  const auto time = std::chrono::steady_clock::now();
  if (!parts_.tools.progress || (!at_once && time - reported_ < progress_pause)) return;
  reported_ = time;
  const store::IngestCounts counts = parts_.writer.counts();
  CrawlProgress progress;
  progress.pages = parts_.writer.pages();
  progress.bytes = bytes_;
  progress.posts = static_cast<std::int64_t>(counts.new_posts);
  progress.mentions = static_cast<std::int64_t>(counts.new_mentions);
  progress.queued = queued_;
  progress.waiting = schedule_.waiting();
  progress.in_flight = schedule_.in_flight();
  progress.hosts_waiting = schedule_.waiting_hosts();
  progress.slowest = schedule_.slowest(shown_hosts, pace());
  if (flights_.empty() && dry_ && dry_->next_due)
    progress.paused = std::max(Millis(0), *dry_->next_due - now());
  progress.elapsed = std::chrono::duration_cast<Millis>(time - started_);
  parts_.tools.progress(progress);
}

}  // namespace testigo::app
