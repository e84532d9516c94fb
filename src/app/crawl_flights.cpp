// A request's way from its lease to the network (crawl_loop.h).
#include <algorithm>

#include "app/crawl_ledger.h"
#include "app/crawl_loop.h"
#include "fetch/validators.h"

namespace testigo::app {

// Sees to it that robots.txt is known before a request takes its place in its host's queue.
void CrawlLoop::board(std::int64_t ticket) {
  Flight& flight = flights_.at(ticket);
  const PlannedWatch& watch = watch_of(flight);
  auto destination = destinations_.of(flight.current().url);
  if (!destination) return give_up(ticket, "bad_url", FetchStatus::failed);
  flight.site = std::move(destination->site);
  flight.host = std::move(destination->host);
  if (flight.hops == 0) flight.first_host = flight.host;
  flight.url = std::move(destination->url);
  flight.hasty = is_hasty(flight.url);
  Millis gap = std::max(bounds_.gap, watch.source->gap);
  if (!flight.hasty) schedule_.set_gap(flight.host, gap);  // from robots.txt to the page, too
  if (watch.source->robots) {
    const fetch::RobotsRules* rules = robots_.rules(flight.site, pace());
    if (rules == nullptr) {
      std::vector<std::int64_t>& waiting = waiting_for_robots_[flight.site];
      waiting.push_back(ticket);
      if (waiting.size() == 1) ask_robots(flight.site);
      return;
    }
    if (!robots_.allowed(*rules, flight.current().url))
      return give_up(ticket, "robots", FetchStatus::disallowed);
    gap = std::max(gap, robots_.crawl_delay(*rules));
    if (flight.lease->request.entry && flight.hops == 0) follow_sitemaps(flight, *rules);
  }
  if (!flight.hasty) schedule_.set_gap(flight.host, gap);
  if (takes_token(flight) && !logins_.has_token(watch.source->id, pace()))
    return wait_for_login(ticket);
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
  flight.other.emplace();
  flight.other->url = flight.other->archive_url = RobotsGate::robots_url(site);
  auto destination = destination_of(flight.current().url);
  flight.site = site;
  flight.host = std::move(destination->host);
  flight.hasty = is_hasty(destination->url);
  const std::int64_t ticket = next_ticket_++;
  schedule_.add(flight.host, ticket);
  flights_.emplace(ticket, std::move(flight));
}

void CrawlLoop::send(std::int64_t ticket) {
  Flight& flight = flights_.at(ticket);
  if (flight.login) return send_login(ticket);
  if (flight.lease && takes_token(flight) && !logins_.token(watch_of(flight).source->id)) {
    // Another request found meanwhile that the token had ended.
    schedule_.finished(flight.host, pace(), Millis(0), FetchStatus::fetched);
    return wait_for_login(ticket);
  }
  fetch::TransferRequest transfer;
  transfer.id = ticket;
  if (!flight.lease) {
    transfer.url = flight.current().url;
    transfer.max_body_bytes = fetch::robots_max_bytes;
    transfer.cut_at_max = true;
    parts_.transfers.start(std::move(transfer));
    return;
  }
  const auto with_secrets = add_secrets(flight);
  if (!with_secrets) {
    schedule_.finished(flight.host, pace(), Millis(0), FetchStatus::failed);
    return give_up(ticket, with_secrets.error().what, FetchStatus::failed);
  }
  const PageRequest& request = *with_secrets ? **with_secrets : flight.current();
  transfer.method = request.method;
  transfer.url = request.url;
  if (transfer.url == flight.current().url) transfer.parsed = std::move(flight.url);
  transfer.headers = request.headers;
  transfer.body = request.body;
  if (sources::asks_for_sitemap(flight.lease->request))
    transfer.max_body_bytes =
        std::max(parts_.tools.configuration.fetch.max_body_bytes, sources::max_sitemap_bytes);
  const PlannedWatch& watch = watch_of(flight);
  if (watch.source->cookies) transfer.cookie_jar = watch.settings.key;
  // Validators are the request's own: what a redirect leads to has others.
  const auto& known = flight.lease->page;
  const bool is_own = flight.hops == 0 && parts_.replay == nullptr;
  if (is_own && known && known->evidence && transfer.method == "GET") {
    const fetch::Validators validators{known->etag.value_or(""), known->last_modified.value_or("")};
    for (Header& header : fetch::conditional_headers(validators))
      transfer.headers.push_back(std::move(header));
  }
  flight.sent_headers = transfer.headers;
  parts_.transfers.start(std::move(transfer));
}

// Secrets go to the host that they were meant for, and under replay to none: the request with those
// that it takes, none where it takes none. The error says why it cannot be sent without one that is
// missing.
Result<std::optional<PageRequest>> CrawlLoop::add_secrets(Flight& flight) const {
  flight.token.clear();
  const sources::Source& source = *watch_of(flight).source;
  if (source.auth.kind == sources::AuthKind::none || flight.host != flight.first_host ||
      parts_.replay != nullptr)
    return std::nullopt;
  if (takes_token(flight)) {
    flight.token = logins_.token(source.id).value_or("");
    return sources::add_secret(source.auth, flight.current(), flight.token);
  }
  auto authorized = sources::authorize(source, flight.current(), parts_.secrets);
  if (!authorized) return fail(std::move(authorized.error()));
  return std::move(*authorized);
}

}  // namespace testigo::app
