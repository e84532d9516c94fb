// An answer's way from the network to a worker (crawl_loop.h).
#include <algorithm>
#include <span>

#include "app/crawl_loop.h"
#include "app/files.h"
#include "archive/redact.h"
#include "archive/warc_reader.h"
#include "archive/warc_record.h"
#include "fetch/bot_wall.h"
#include "formats/url_display.h"

namespace testigo::app {
namespace {

constexpr int robots_redirects = 5;  // RFC 9309 §2.3.1.2: at least five hops are followed
// Of a robots.txt that comes compressed, of which the first robots_max_bytes are read.
constexpr std::size_t robots_decoded_bytes = 16 * 1024 * 1024;
constexpr std::size_t wall_bytes = 256 * 1024;  // of an error page, to tell whose wall it is

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

void CrawlLoop::land(fetch::TransferResult&& result) {
  const std::int64_t ticket = result.id;
  const auto found = flights_.find(ticket);
  if (found == flights_.end()) return;
  Flight& flight = found->second;
  if (parts_.replay == nullptr) result.page.fetched_at = now();  // by the configured clock
  const FetchStatus status = fetch::classify_answer(result.page.status, result.error);
  schedule_.finished(flight.host, pace(), result.page.took,
                     flight.hasty ? FetchStatus::fetched : status);
  bytes_ += static_cast<std::int64_t>(result.page.body_as_sent.size());
  if (!flight.lease || flight.hops > 0) count_answer(flight.host);
  if (flight.login) return land_login(ticket, result);
  if (!flight.lease) return land_robots(ticket, result);
  if (parts_.replay != nullptr && result.error == fetch::TransferError::cancelled)
    return pass_over(ticket);
  ++answers_;
  if (renew_token(ticket, result)) return;
  if (result.error == fetch::TransferError::none && result.redirect)
    return follow_redirect(ticket, result);
  const std::string host = flight.host;
  const std::optional<Millis> rest = spent_quota(result);
  settle(ticket, std::move(result));
  if (rest) hold_host(host, *rest);
}

// The end of a lease counts the answer of the request's own host; this is for all others.
void CrawlLoop::count_answer(const std::string& host) {
  if (parts_.replay != nullptr) return;
  WriteTask task;
  task.answered = host;
  parts_.writer.add(std::move(task), small_task_bytes);
}

// The end of a request's way, or of this attempt at it.
void CrawlLoop::settle(std::int64_t ticket, fetch::TransferResult&& result) {
  const Flight& flight = flights_.at(ticket);
  const FetchStatus status = fetch::classify_answer(result.page.status, result.error);
  const bool limited = says_slow_down(flight, result);
  switch (limited ? FetchStatus::retry_later : status) {
    case FetchStatus::fetched:
    case FetchStatus::gone:
    case FetchStatus::not_modified:
      return hand_over(ticket, std::move(result), status);
    default:
      break;
  }
  if (says_nothing(flight, result)) return hand_over(ticket, std::move(result), status);
  const auto wall =
      result.error == fetch::TransferError::none ? wall_of(result.page) : std::nullopt;
  archive_answer(flight, result);
  if (limited || (status == FetchStatus::retry_later && !wall))
    return try_later(ticket, failure_name(result), asked_patience(result, limited), result.detail);
  if (wall) return give_up(ticket, *wall, FetchStatus::refused);
  if (const auto why = refused_login(flight, result))
    return give_up(ticket, *why, FetchStatus::failed);
  const std::string advice = status == FetchStatus::refused ? advice_for(flight) : "";
  tell_error(flight, result.page, failure_name(result));
  tell_detail(ticket, failure_name(result), result.detail);
  give_up(ticket, failure_name(result) + advice, status);
}

void CrawlLoop::land_robots(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (result.redirect && flight.hops < robots_redirects) {
    if (auto destination = destination_of(*result.redirect)) {
      ++flight.hops;
      flight.other->url = flight.other->archive_url = *result.redirect;
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
  const auto asked = asked_patience(result);
  const bool asks_patience = asked && fetch::classify_answer(status, result.error) ==
                                          FetchStatus::retry_later;  // 429 as well
  if (unrecorded) {
    robots_.learn(site, fetch::RobotsRules::allow_all(), 0, pace());
  } else if (result.error != fetch::TransferError::none && hopeless) {
    const std::string why(to_string(result.error));
    for (const std::int64_t one : waiting) {
      tell_detail(one, why, result.detail);
      give_up(one, why, FetchStatus::failed);
    }
    return;
  } else if (fetch::robots_policy(status) == fetch::RobotsPolicy::disallow_all || asks_patience) {
    const std::string why = (status == 0 ? "" : "robots.txt ") + failure_name(result);
    for (const std::int64_t one : waiting) try_later(one, why, asked, result.detail);
    return;
  } else {
    const auto decoded = fetch::decode_page(result.page, robots_decoded_bytes);
    if (!decoded && fetch::robots_policy(status) == fetch::RobotsPolicy::follow_rules) {
      // Rules that nobody can read may forbid anything.
      const std::string why(to_string(fetch::transfer_error_of(decoded.error())));
      for (const std::int64_t one : waiting) try_later(one, "robots.txt " + why, std::nullopt);
      return;
    }
    const std::string body = decoded ? decoded->body.substr(0, fetch::robots_max_bytes) : "";
    robots_.learn(site, fetch::RobotsRules::from_answer(status, body), body.size(), pace());
  }
  for (const std::int64_t one : waiting) board(one);
}

void CrawlLoop::follow_redirect(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  archive_answer(flight, result);
  if (++flight.hops > bounds_.max_redirects)
    return give_up(ticket, "redirect loop", FetchStatus::failed);
  const bool for_good = result.page.status == 301 || result.page.status == 308;  // RFC 9110 §15.4
  if (takes_key_away(flight, *result.redirect))
    return give_up(ticket, "a redirect would take the key where it is not meant for",
                   FetchStatus::refused);
  const PlannedWatch& watch = watch_of(flight);
  if (!sources::may_lead_to(*watch.source, watch.watch, flight.lease->request, *result.redirect))
    return leave(ticket);
  const std::string destination =
      archive::redact(formats::without_user(*result.redirect), secret_values_);
  const bool by_address = watch.source->steps.front().url.starts_with("{+");
  if (for_good && by_address && flight.lease->request.entry && flight.hops == 1)
    tell(flight.current().archive_url,
         "has moved for good to " + destination + ": put the new address into testigo.toml");
  if (!flight.other) flight.other = flight.lease->request;
  redirect_method(*flight.other, result.page.status);
  flight.other->url = *result.redirect;
  flight.other->archive_url = destination;
  board(ticket);
}

// Servers lead on with the query that they were asked with, a key in it.
bool CrawlLoop::takes_key_away(const Flight& flight, const std::string& redirect) const {
  const sources::Source& source = *watch_of(flight).source;
  const auto key = parts_.secrets.find(source.auth.env);
  return source.auth.kind == sources::AuthKind::query && key != parts_.secrets.end() &&
         archive::redact(redirect, std::span(&key->second, 1)) != redirect &&
         !sources::is_meant_for(source, redirect);
}

// An error that is an answer by the source's description: "404", "403 commentsDisabled".
bool CrawlLoop::says_nothing(const Flight& flight, const fetch::TransferResult& result) const {
  if (result.error != fetch::TransferError::none) return false;
  const auto decoded = fetch::decode_page(result.page, wall_bytes);
  return decoded && sources::says_nothing(*watch_of(flight).source, flight.lease->request,
                                          result.page.status, decoded->body);
}

// The same of one that asks for patience: "403 rate limit".
bool CrawlLoop::says_slow_down(const Flight& flight, const fetch::TransferResult& result) const {
  const sources::Source& source = *watch_of(flight).source;
  const int status = result.page.status;
  const bool may_be = std::any_of(source.limited.begin(), source.limited.end(),
                                  [&](const auto& mark) { return mark.status == status; });
  if (result.error != fetch::TransferError::none || !may_be) return false;
  const auto decoded = fetch::decode_page(result.page, wall_bytes);
  return decoded && sources::says_slow_down(source, status, decoded->body);
}

void CrawlLoop::hand_over(std::int64_t ticket, fetch::TransferResult&& result, FetchStatus status) {
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
  job.token = flight.token;
  job.page = std::move(result.page);
  job.page.url = flight.current().archive_url;
  job.lease = std::move(*flight.lease);
  flights_.erase(ticket);
  const std::size_t weight = job.weight();
  parts_.jobs.push(std::move(job), weight);
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
