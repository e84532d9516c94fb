#include "app/crawl_loop.h"

#include <algorithm>
#include <thread>

#include "archive/redact.h"
#include "archive/warc_reader.h"
#include "archive/warc_record.h"
#include "app/files.h"
#include "fetch/validators.h"
#include "formats/url.h"

namespace testigo::app {
namespace {

constexpr std::chrono::milliseconds frontier_pause{100};  // between two empty-handed looks
constexpr std::chrono::milliseconds longest_wait{200};    // so that stop and progress are prompt
constexpr std::chrono::milliseconds progress_pause{250};
constexpr std::string_view agent = "testigo";
constexpr int robots_redirects = 5;  // RFC 9309 §2.3.1.2: at least five hops are followed

std::string host_of(std::string_view url) {
  const auto parsed = formats::parse_url(url);
  if (!parsed || !parsed->host) return {};
  return *parsed->host + (parsed->port ? ":" + std::to_string(*parsed->port) : "");
}

fetch::PolitenessLimits politeness(const LoopBounds& bounds, bool replay) {
  fetch::PolitenessLimits limits;
  limits.in_flight = bounds.connections_per_host;
  limits.gap = Millis(0);  // each host's own gap is set when its first request boards
  if (replay || bounds.hasty_on_trusted) limits.adaptive = 0.0;
  return limits;
}

std::string failure_name(const fetch::TransferResult& result) {
  if (result.error != fetch::TransferError::none) return std::string(to_string(result.error));
  return "http " + std::to_string(result.page.status);
}

// RFC 9110 §15.4: 303 always, and 301 and 302 by custom, turn a POST into a GET.
void redirect_method(PageRequest& request, int status) {
  if (status == 307 || status == 308 || request.method == "HEAD") return;
  request.method = "GET";
  request.body.clear();
}

}  // namespace

CrawlLoop::CrawlLoop(const Parts& parts, const LoopBounds& bounds)
    : parts_(parts),
      bounds_(bounds),
      robots_(std::string(agent)),
      schedule_(politeness(bounds, parts.replay != nullptr)) {
  for (const auto& [key, watch] : parts_.watches) watch_keys_.push_back(key);
}

Result<void> CrawlLoop::run() {
  while (true) {
    if (parts_.tools.stop.load()) interrupted_ = true;
    if (parts_.writer.failed()) return {};  // the writer has the error
    if (interrupted_ || bound_reached()) {
      partial_ = partial_ || !interrupted_;
      return put_back();
    }
    auto more = refill();
    if (!more) return fail(std::move(more.error()));
    dispatch();
    if (flights_.empty() && !*more) {
      auto going = wait_or_end();
      if (!going) return fail(std::move(going.error()));
      if (!*going) break;
      continue;
    }
    wait_for_answers();
    report_progress(false);
  }
  report_progress(true);
  return {};
}

bool CrawlLoop::bound_reached() const {
  return answers_ >= bounds_.max_pages || bytes_ >= bounds_.max_bytes ||
         std::chrono::steady_clock::now() - started_ >= bounds_.max_time;
}

// Enough requests at hand to keep all connections busy, few enough to lose little time on a kill.
Result<bool> CrawlLoop::refill() {
  const std::size_t enough = 4 * bounds_.connections + 16;
  if (flights_.size() >= enough / 2) return true;
  const auto time = std::chrono::steady_clock::now();
  const std::size_t ended = parts_.writer.ended();
  if (ended == ended_before_ && time - asked_frontier_ < frontier_pause) return false;
  asked_frontier_ = time;
  ended_before_ = ended;
  store::LeaseLimits limits;
  limits.watches = watch_keys_;
  limits.requests = enough - flights_.size();
  limits.per_host = 4 + 4 * bounds_.connections_per_host;
  auto leases = store::lease(parts_.frontier, parts_.run, now(), limits);
  if (!leases) return fail(std::move(leases.error()));
  for (store::Lease& lease : *leases) {
    ++leased_;
    const std::int64_t ticket = next_ticket_++;
    Flight flight;
    flight.current = lease.request;
    flight.lease = std::move(lease);
    flights_.emplace(ticket, std::move(flight));
    board(ticket);
  }
  return !leases->empty();
}

// Nothing is under way and the frontier gave nothing. False when the crawl has come to its end.
Result<bool> CrawlLoop::wait_or_end() {
  if (parts_.writer.ended() < leased_) {  // answers are still being stored: they may lead on
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return true;
  }
  if (ended_before_ != parts_.writer.ended()) return true;  // look again: new requests may be there
  auto due = store::next_due(parts_.frontier, watch_keys_);
  if (!due) return fail(std::move(due.error()));
  if (!*due) return false;
  const Millis wait = **due - now();
  if (wait > bounds_.patience) {
    partial_ = true;
    return false;
  }
  std::this_thread::sleep_for(std::clamp<Millis>(wait, Millis(1), longest_wait));
  report_progress(false);
  return true;
}

// Interrupted or bounded: what is not answered goes back as if it had never been leased.
Result<void> CrawlLoop::put_back() {
  for (auto& [ticket, flight] : flights_) {
    parts_.transfers.cancel(ticket);
    if (!flight.lease) continue;
    if (auto back = store::give_back(parts_.frontier, flight.lease->key); !back) return back;
  }
  flights_.clear();
  report_progress(true);
  return {};
}

// Sees to it that robots.txt is known before a request takes its place in its host's queue.
void CrawlLoop::board(std::int64_t ticket) {
  Flight& flight = flights_.at(ticket);
  const PlannedWatch& watch = parts_.watches.at(flight.lease->request.watch);
  flight.site = RobotsGate::site_of(flight.current.url);
  flight.host = host_of(flight.current.url);
  if (flight.site.empty()) return give_up(ticket, "bad_url", FetchStatus::failed);
  Millis gap = std::max(bounds_.gap, watch.source->gap);
  if (watch.source->robots) {
    const fetch::RobotsRules* rules = robots_.rules(flight.site, now());
    if (rules == nullptr) {
      const std::string site = flight.site;
      waiting_for_robots_[site].push_back(ticket);
      if (waiting_for_robots_[site].size() == 1) ask_robots(site);
      return;
    }
    if (!robots_.allowed(*rules, flight.current.url))
      return give_up(ticket, "robots", FetchStatus::disallowed);
    gap = std::max(gap, robots_.crawl_delay(*rules));
  }
  flight.hasty = is_hasty(flight.current.url);
  if (!flight.hasty) schedule_.set_gap(flight.host, gap);
  schedule_.add(flight.host, ticket);
}

// Whether a host needs no consideration: our own test server, or the archive under replay.
bool CrawlLoop::is_hasty(const std::string& address) const {
  if (parts_.replay != nullptr) return true;
  if (!bounds_.hasty_on_trusted) return false;
  const auto url = formats::parse_url(address);
  return url && url->host && parts_.guard.trusts(*url->host, url->effective_port().value_or(0));
}

void CrawlLoop::ask_robots(const std::string& site) {
  const std::int64_t ticket = next_ticket_++;
  Flight flight;
  flight.current.url = flight.current.archive_url = RobotsGate::robots_url(site);
  flight.site = site;
  flight.host = host_of(flight.current.url);
  flight.hasty = is_hasty(flight.current.url);
  schedule_.add(flight.host, ticket);
  flights_.emplace(ticket, std::move(flight));
}

void CrawlLoop::dispatch() {
  while (schedule_.in_flight() < bounds_.connections && parts_.jobs.has_room()) {
    const auto turn = schedule_.next(now());
    if (!turn) return;
    send(turn->ticket);
  }
}

void CrawlLoop::send(std::int64_t ticket) {
  Flight& flight = flights_.at(ticket);
  fetch::TransferRequest transfer;
  transfer.id = ticket;
  if (!flight.lease) {
    transfer.url = flight.current.url;
    transfer.max_body_bytes = fetch::robots_max_bytes;
    transfer.cut_at_max = true;
    parts_.transfers.start(std::move(transfer));
    return;
  }
  PageRequest request = flight.current;
  // Secrets go to the host that they were meant for, and under replay to none.
  const bool same_host = flight.host == host_of(flight.lease->request.url);
  if (same_host && parts_.replay == nullptr) {
    const PlannedWatch& watch = parts_.watches.at(flight.lease->request.watch);
    auto authorized = sources::authorize(*watch.source, std::move(request), parts_.secrets);
    if (!authorized) {
      schedule_.finished(flight.host, now(), Millis(0), FetchStatus::failed);
      return give_up(ticket, authorized.error().what, FetchStatus::failed);
    }
    request = std::move(*authorized);
  }
  transfer.method = request.method;
  transfer.url = request.url;
  transfer.headers = request.headers;
  transfer.body = request.body;
  const auto& known = flight.lease->page;
  if (known && known->evidence && request.method == "GET") {
    const fetch::Validators validators{known->etag.value_or(""),
                                       known->last_modified.value_or("")};
    for (Header& header : fetch::conditional_headers(validators))
      transfer.headers.push_back(std::move(header));
  }
  flight.sent_headers = transfer.headers;
  parts_.transfers.start(std::move(transfer));
}

void CrawlLoop::wait_for_answers() {
  Millis wait = longest_wait;
  if (const auto next = schedule_.next_time())
    wait = std::clamp<Millis>(*next - now(), Millis(0), longest_wait);
  if (!parts_.jobs.has_room()) wait = Millis(5);
  if (schedule_.in_flight() == 0) {
    std::this_thread::sleep_for(std::max(wait, Millis(1)));
    return;
  }
  for (fetch::TransferResult& result : parts_.transfers.wait(wait)) land(std::move(result));
}

void CrawlLoop::land(fetch::TransferResult result) {
  const std::int64_t ticket = result.id;
  const auto found = flights_.find(ticket);
  if (found == flights_.end()) return;
  Flight& flight = found->second;
  if (parts_.replay == nullptr && result.page.fetched_at == UtcTime{})
    result.page.fetched_at = now();
  const FetchStatus status = fetch::classify_answer(result.page.status, result.error);
  schedule_.finished(flight.host, now(), result.page.took,
                     flight.hasty ? FetchStatus::fetched : status);
  bytes_ += static_cast<std::int64_t>(result.page.body_as_sent.size());
  if (!flight.lease) return land_robots(ticket, result);
  ++answers_;
  if (parts_.replay != nullptr && result.error == fetch::TransferError::cancelled)
    return give_up(ticket, "not in the archive", FetchStatus::gone);
  if (result.error == fetch::TransferError::none && result.redirect)
    return follow_redirect(ticket, result);
  switch (status) {
    case FetchStatus::fetched:
    case FetchStatus::not_modified: return hand_over(ticket, std::move(result), status);
    case FetchStatus::retry_later: return try_later(ticket, &result, failure_name(result));
    default: break;
  }
  archive_answer(flight, result);
  give_up(ticket, failure_name(result), status);
}

void CrawlLoop::land_robots(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (result.redirect && flight.hops < robots_redirects) {
    ++flight.hops;
    flight.current.url = flight.current.archive_url = *result.redirect;
    flight.host = host_of(flight.current.url);
    return schedule_.add(flight.host, ticket);
  }
  const std::string site = flight.site;
  flights_.erase(ticket);
  const std::vector<std::int64_t> waiting = std::move(waiting_for_robots_[site]);
  waiting_for_robots_.erase(site);
  const bool unrecorded =
      parts_.replay != nullptr && result.error == fetch::TransferError::cancelled;
  const int status = result.error == fetch::TransferError::none ? result.page.status : 0;
  const bool hopeless = fetch::classify_answer(status, result.error) == FetchStatus::failed;
  if (unrecorded) {
    robots_.learn(site, fetch::RobotsRules::allow_all(), now());
  } else if (result.error != fetch::TransferError::none && hopeless) {
    for (const std::int64_t one : waiting)
      give_up(one, std::string(to_string(result.error)), FetchStatus::failed);
    return;
  } else if (fetch::robots_policy(status) == fetch::RobotsPolicy::disallow_all) {
    for (const std::int64_t one : waiting) try_later(one, nullptr, "robots.txt unreachable");
    return;
  } else {
    const auto decoded = fetch::decode_page(result.page, fetch::robots_max_bytes);
    robots_.learn(site, fetch::RobotsRules::from_answer(status, decoded ? decoded->body : ""),
                  now());
  }
  for (const std::int64_t one : waiting) board(one);
}

void CrawlLoop::follow_redirect(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (++flight.hops > bounds_.max_redirects)
    return give_up(ticket, "redirect loop", FetchStatus::failed);
  redirect_method(flight.current, result.page.status);
  flight.current.url = flight.current.archive_url = *result.redirect;
  board(ticket);
}

void CrawlLoop::hand_over(std::int64_t ticket, fetch::TransferResult result, FetchStatus status) {
  Flight& flight = flights_.at(ticket);
  PageJob job;
  job.exchange = exchange_of(flight, result.page);
  if (parts_.replay != nullptr) job.evidence = parts_.replay->take_evidence(ticket);
  if (status == FetchStatus::not_modified) {
    job.unchanged = kept_page(*flight.lease);
    if (!job.unchanged) {
      archive_answer(flight, result);
      return give_up(ticket, "304 for a page that is not kept", FetchStatus::failed);
    }
  }
  job.page = std::move(result.page);
  job.page.url = flight.current.archive_url;
  job.lease = std::move(*flight.lease);
  flights_.erase(ticket);
  const std::size_t weight = job.weight();
  parts_.jobs.push(std::move(job), weight);
}

void CrawlLoop::try_later(std::int64_t ticket, const fetch::TransferResult* result,
                          const std::string& why) {
  const Flight& flight = flights_.at(ticket);
  if (result != nullptr) archive_answer(flight, *result);
  std::optional<Millis> asked;
  if (result != nullptr)
    if (const auto header = find_header(result->page.headers, "Retry-After"))
      asked = fetch::parse_retry_after(*header, now());
  const double share = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  auto delay = fetch::retry_delay(bounds_.retry, flight.lease->attempts + 1, share, asked);
  if (!delay) return give_up(ticket, why, FetchStatus::retry_later);
  if (parts_.replay != nullptr) delay = Millis(0);
  if (asked && parts_.replay == nullptr) schedule_.postpone(flight.host, now() + *asked);
  WriteTask task;
  task.postponement = {flight.lease->key, now() + *delay, why};
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), 512);
}

void CrawlLoop::give_up(std::int64_t ticket, const std::string& why, FetchStatus status) {
  const Flight& flight = flights_.at(ticket);
  const PlannedWatch& watch = parts_.watches.at(flight.lease->request.watch);
  WriteTask task;
  task.burial = WriteTask::Burial{flight.lease->key, why, {}};
  CoverageCounts& coverage = task.burial->coverage;
  coverage.brand = watch.settings.brand;
  coverage.source = watch.settings.source;
  const bool blocked = status == FetchStatus::disallowed || status == FetchStatus::refused;
  coverage.asked = status == FetchStatus::disallowed ? 0 : 1;
  coverage.allowed = coverage.asked;
  (blocked ? coverage.blocked : coverage.failed) = 1;
  if (status != FetchStatus::disallowed) ++failures_[why];
  // A page that is gone, or that robots refuse, is an answer; the rest was given up.
  const bool answer = status == FetchStatus::disallowed || status == FetchStatus::gone;
  if (!answer || (flight.lease->request.entry && status != FetchStatus::disallowed))
    partial_ = true;
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), 512);
}

// An answer that is not handed to a worker is evidence all the same.
void CrawlLoop::archive_answer(const Flight& flight, const fetch::TransferResult& result) {
  if (parts_.replay != nullptr || result.error != fetch::TransferError::none) return;
  WriteTask task;
  task.exchange = exchange_of(flight, result.page);
  const std::size_t weight = result.page.body_as_sent.size() + 1024;
  parts_.writer.add(std::move(task), weight);
}

archive::Exchange CrawlLoop::exchange_of(const Flight& flight, const Page& page) const {
  if (parts_.replay != nullptr) return {};
  const std::vector<std::string> secrets = secret_values();
  archive::Exchange exchange;
  exchange.method = flight.current.method;
  exchange.archive_url = flight.current.archive_url;
  exchange.request_headers = archive::redact(flight.sent_headers, secrets);
  exchange.request_body = archive::redact(flight.current.body, secrets);
  exchange.page = page;
  exchange.page.url = flight.current.archive_url;
  exchange.page.headers = archive::redact(page.headers, secrets);
  return exchange;
}

std::optional<Page> CrawlLoop::kept_page(const store::Lease& lease) const {
  if (!lease.page || !lease.page->evidence) return std::nullopt;
  const std::string path =
      resolve_path(parts_.tools.archive_folder, lease.page->evidence->file);
  auto record = archive::read_record_at(path, lease.page->evidence->offset);
  if (!record) return std::nullopt;
  auto page = archive::page_of(*record);
  return page ? std::optional(std::move(*page)) : std::nullopt;
}

std::vector<std::string> CrawlLoop::secret_values() const {
  std::vector<std::string> values;
  for (const auto& [name, value] : parts_.secrets) values.push_back(value);
  return values;
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
  progress.waiting = schedule_.waiting();
  progress.in_flight = schedule_.in_flight();
  progress.hosts_waiting = schedule_.waiting_hosts();
  progress.elapsed = std::chrono::duration_cast<Millis>(time - started_);
  parts_.tools.progress(progress);
}

}  // namespace testigo::app
