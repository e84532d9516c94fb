// What becomes of one request: from its lease to the answer's way to a worker (crawl_loop.h).
#include <algorithm>

#include "app/crawl_ledger.h"
#include "app/crawl_loop.h"
#include "app/files.h"
#include "archive/redact.h"
#include "archive/warc_reader.h"
#include "archive/warc_record.h"
#include "fetch/bot_wall.h"
#include "fetch/validators.h"

namespace testigo::app {
namespace {

constexpr int robots_redirects = 5;  // RFC 9309 §2.3.1.2: at least five hops are followed
constexpr std::size_t small_task_bytes = 512;
constexpr std::size_t wall_bytes = 256 * 1024;  // of an error page, to tell whose wall it is
// A host that asks for more patience than this keeps no leases from others meanwhile.
constexpr Millis long_hold{5'000};

std::string failure_name(const fetch::TransferResult& result) {
  if (result.error != fetch::TransferError::none) return std::string(to_string(result.error));
  return "http " + std::to_string(result.page.status);
}

// The name of the wall that an answer is, in the ledger's words.
std::optional<std::string> wall_of(const Page& page) {
  auto decoded = fetch::decode_page(page, wall_bytes);
  const auto wall = fetch::bot_wall(decoded ? *decoded : page);
  return wall ? std::optional("bot wall: " + std::string(*wall)) : std::nullopt;
}

// RFC 9110 §15.4: 303 always, and 301 and 302 by custom, turn a POST into a GET.
void redirect_method(PageRequest& request, int status) {
  if (status == 307 || status == 308 || request.method == "HEAD") return;
  request.method = "GET";
  request.body.clear();
}

}  // namespace

// Sees to it that robots.txt is known before a request takes its place in its host's queue.
void CrawlLoop::board(std::int64_t ticket) {
  Flight& flight = flights_.at(ticket);
  const PlannedWatch& watch = watch_of(flight);
  auto destination = destination_of(flight.current.url);
  if (!destination) return give_up(ticket, "bad_url", FetchStatus::failed);
  flight.site = std::move(destination->site);
  flight.host = std::move(destination->host);
  if (flight.hops == 0) flight.first_host = flight.host;
  flight.hasty = is_hasty(destination->url);
  Millis gap = std::max(bounds_.gap, watch.source->gap);
  if (watch.source->robots) {
    const fetch::RobotsRules* rules = robots_.rules(flight.site, pace());
    if (rules == nullptr) {
      std::vector<std::int64_t>& waiting = waiting_for_robots_[flight.site];
      waiting.push_back(ticket);
      if (waiting.size() == 1) ask_robots(flight.site);
      return;
    }
    if (!robots_.allowed(*rules, flight.current.url))
      return give_up(ticket, "robots", FetchStatus::disallowed);
    gap = std::max(gap, robots_.crawl_delay(*rules));
    if (flight.lease->request.entry && flight.hops == 0) follow_sitemaps(flight, *rules);
  }
  if (!flight.hasty) schedule_.set_gap(flight.host, gap);
  schedule_.add(flight.host, ticket);
}

// Sitemaps that robots.txt names, for sources that look for them.
void CrawlLoop::follow_sitemaps(const Flight& flight, const fetch::RobotsRules& rules) {
  const PlannedWatch& watch = watch_of(flight);
  WriteTask task;
  task.answer.emplace();
  task.answer->coverage = ledger_line(watch);
  task.answer->discovered =
      sources::sitemap_requests(*watch.source, flight.lease->request, rules.sitemaps());
  if (!task.answer->discovered.empty()) parts_.writer.add(std::move(task), small_task_bytes);
}

// Whether a host needs no consideration: our own test server, or the archive under replay.
bool CrawlLoop::is_hasty(const formats::Url& url) const {
  if (parts_.replay != nullptr) return true;
  return bounds_.hasty_on_trusted &&
         parts_.guard.trusts(*url.host, url.effective_port().value_or(0));
}

void CrawlLoop::ask_robots(const std::string& site) {
  Flight flight;
  flight.current.url = flight.current.archive_url = RobotsGate::robots_url(site);
  auto destination = destination_of(flight.current.url);
  flight.site = site;
  flight.host = std::move(destination->host);
  flight.hasty = is_hasty(destination->url);
  const std::int64_t ticket = next_ticket_++;
  schedule_.add(flight.host, ticket);
  flights_.emplace(ticket, std::move(flight));
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
  if (auto refused = add_secrets(flight, request)) {
    schedule_.finished(flight.host, pace(), Millis(0), FetchStatus::failed);
    return give_up(ticket, *refused, FetchStatus::failed);
  }
  transfer.method = std::move(request.method);
  transfer.url = std::move(request.url);
  transfer.headers = std::move(request.headers);
  transfer.body = std::move(request.body);
  const PlannedWatch& watch = watch_of(flight);
  if (watch.source->cookies) transfer.cookie_jar = watch.settings.key;
  const auto& known = flight.lease->page;
  if (known && known->evidence && transfer.method == "GET" && parts_.replay == nullptr) {
    const fetch::Validators validators{known->etag.value_or(""),
                                       known->last_modified.value_or("")};
    for (Header& header : fetch::conditional_headers(validators))
      transfer.headers.push_back(std::move(header));
  }
  flight.sent_headers = transfer.headers;
  parts_.transfers.start(std::move(transfer));
}

// Secrets go to the host that they were meant for, and under replay to none. Why the request cannot
// be sent without one that is missing.
std::optional<std::string> CrawlLoop::add_secrets(const Flight& flight,
                                                  PageRequest& request) const {
  if (flight.host != flight.first_host || parts_.replay != nullptr) return std::nullopt;
  auto authorized =
      sources::authorize(*watch_of(flight).source, std::move(request), parts_.secrets);
  if (!authorized) return std::move(authorized.error().what);
  request = std::move(*authorized);
  return std::nullopt;
}

void CrawlLoop::land(fetch::TransferResult result) {
  const std::int64_t ticket = result.id;
  const auto found = flights_.find(ticket);
  if (found == flights_.end()) return;
  Flight& flight = found->second;
  if (parts_.replay == nullptr) result.page.fetched_at = now();  // by the configured clock
  const FetchStatus status = fetch::classify_answer(result.page.status, result.error);
  schedule_.finished(flight.host, pace(), result.page.took,
                     flight.hasty ? FetchStatus::fetched : status);
  bytes_ += static_cast<std::int64_t>(result.page.body_as_sent.size());
  if (!flight.lease) return land_robots(ticket, result);
  if (parts_.replay != nullptr && result.error == fetch::TransferError::cancelled)
    return pass_over(ticket);
  ++answers_;
  if (result.error == fetch::TransferError::none && result.redirect)
    return follow_redirect(ticket, result);
  switch (status) {
    case FetchStatus::fetched:
    case FetchStatus::gone:
    case FetchStatus::not_modified: return hand_over(ticket, std::move(result), status);
    default: break;
  }
  const auto wall = result.error == fetch::TransferError::none ? wall_of(result.page)
                                                               : std::nullopt;
  if (status == FetchStatus::retry_later && !wall)
    return try_later(ticket, &result, failure_name(result));
  archive_answer(flight, result);
  if (wall) return give_up(ticket, *wall, FetchStatus::refused);
  give_up(ticket, failure_name(result), status);
}

void CrawlLoop::land_robots(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (result.redirect && flight.hops < robots_redirects) {
    if (auto destination = destination_of(*result.redirect)) {
      ++flight.hops;
      flight.current.url = flight.current.archive_url = *result.redirect;
      flight.host = std::move(destination->host);
      return schedule_.add(flight.host, ticket);
    }
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
    robots_.learn(site, fetch::RobotsRules::allow_all(), 0, pace());
  } else if (result.error != fetch::TransferError::none && hopeless) {
    for (const std::int64_t one : waiting)
      give_up(one, std::string(to_string(result.error)), FetchStatus::failed);
    return;
  } else if (fetch::robots_policy(status) == fetch::RobotsPolicy::disallow_all) {
    const std::string why = (status == 0 ? "" : "robots.txt ") + failure_name(result);
    for (const std::int64_t one : waiting) try_later(one, nullptr, why);
    return;
  } else {
    const auto decoded = fetch::decode_page(result.page, fetch::robots_max_bytes);
    const std::string_view body = decoded ? std::string_view(decoded->body) : std::string_view();
    robots_.learn(site, fetch::RobotsRules::from_answer(status, body), body.size(), pace());
  }
  for (const std::int64_t one : waiting) board(one);
}

void CrawlLoop::follow_redirect(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (++flight.hops > bounds_.max_redirects)
    return give_up(ticket, "redirect loop", FetchStatus::failed);
  redirect_method(flight.current, result.page.status);
  flight.current.url = *result.redirect;
  flight.current.archive_url = archive::redact(*result.redirect, secret_values_);
  board(ticket);
}

void CrawlLoop::hand_over(std::int64_t ticket, fetch::TransferResult result, FetchStatus status) {
  Flight& flight = flights_.at(ticket);
  PageJob job;
  job.status = status;
  if (parts_.replay != nullptr)
    job.evidence = parts_.replay->take_evidence(ticket);
  else
    job.exchange = exchange_of(flight);
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
  if (parts_.replay != nullptr) {
    delay = asked = Millis(0);
  }
  WriteTask task;
  task.end = store::LeaseEnd{flight.lease->key, store::LeaseEnd::Kind::postponed, now() + *delay,
                             why, {}};
  const std::string host = flight.host;
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
  if (asked && *asked > Millis(0)) hold_host(host, *asked);
}

// The host asked to be left alone (Retry-After): by this run, and by later ones.
void CrawlLoop::hold_host(const std::string& host, Millis wait) {
  schedule_.postpone(host, pace() + wait);
  WriteTask task;
  task.hold = store::HostHold{host, now() + wait};
  parts_.writer.add(std::move(task), small_task_bytes);
  if (wait < long_hold) return;
  for (const std::int64_t ticket : schedule_.drop(host)) {
    const Flight& flight = flights_.at(ticket);
    if (!flight.lease) {  // others wait for this robots.txt
      schedule_.add(host, ticket);
      continue;
    }
    return_lease(*flight.lease);
    flights_.erase(ticket);
  }
}

void CrawlLoop::give_up(std::int64_t ticket, const std::string& why, FetchStatus status) {
  const Flight& flight = flights_.at(ticket);
  WriteTask task;
  task.end = store::LeaseEnd{flight.lease->key, store::LeaseEnd::Kind::dead, {}, why,
                             without_answer(watch_of(flight), status, why)};
  // What robots.txt refuses is an answer; the rest was given up.
  if (status != FetchStatus::disallowed) {
    ++failures_[why];
    partial_ = true;
  }
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
}

// Under replay: it was not asked in the recorded pass, and so neither it nor the ledger hears of it.
void CrawlLoop::pass_over(std::int64_t ticket) {
  WriteTask task;
  task.answer.emplace();
  task.answer->request = flights_.at(ticket).lease->key;
  task.answer->coverage = ledger_line(watch_of(flights_.at(ticket)));
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
}

// An answer that is not handed to a worker is evidence all the same.
void CrawlLoop::archive_answer(const Flight& flight, const fetch::TransferResult& result) {
  if (parts_.replay != nullptr || result.error != fetch::TransferError::none) return;
  WriteTask task;
  task.exchange = exchange_of(flight);
  task.exchange->page = result.page;
  task.exchange->page.url = flight.current.archive_url;
  task.exchange->page.headers = archive::redact(result.page.headers, secret_values_);
  const std::size_t weight = result.page.body_as_sent.size() + 2 * small_task_bytes;
  parts_.writer.add(std::move(task), weight);
}

// The request as the archive may see it.
archive::Exchange CrawlLoop::exchange_of(const Flight& flight) const {
  archive::Exchange exchange;
  exchange.method = flight.current.method;
  exchange.archive_url = flight.current.archive_url;
  exchange.request_headers = archive::redact(flight.sent_headers, secret_values_);
  exchange.request_body = archive::redact(flight.current.body, secret_values_);
  return exchange;
}

// The page that a 304 says is still the same.
std::optional<Page> CrawlLoop::kept_page(const store::Lease& lease) const {
  if (!lease.page || !lease.page->evidence) return std::nullopt;
  const EvidenceRef& evidence = *lease.page->evidence;
  const auto path = parts_.replay != nullptr
                        ? parts_.replay->replay().path_of(evidence.file)
                        : resolve_path(parts_.tools.archive_folder, evidence.file);
  if (!path) return std::nullopt;
  auto record = archive::read_record_at(*path, evidence.offset);
  if (!record) return std::nullopt;
  auto page = archive::page_of(*record);
  return page ? std::optional(std::move(*page)) : std::nullopt;
}

}  // namespace testigo::app
