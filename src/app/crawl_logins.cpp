// How requests of sources that log in get their token (crawl_loop.h). The exchange goes through the
// same guard and politeness as any other, follows no redirect, and is not archived: it is made of
// secrets and shows nothing of any post.
#include <algorithm>

#include "app/crawl_loop.h"

namespace testigo::app {
namespace {

constexpr std::size_t login_bytes = 256 * 1024;  // of an answer; a token takes a few thousand

std::string_view decoded_body(const fetch::TransferResult& result, Result<Page>& decoded) {
  decoded = fetch::decode_page(result.page, login_bytes);
  return decoded ? std::string_view(decoded->body) : std::string_view();
}

}  // namespace

// Whether a token goes with the request: to the source's own host only, and under replay to none.
bool CrawlLoop::takes_token(const Flight& flight) const {
  const sources::Source& source = *watch_of(flight).source;
  return parts_.replay == nullptr && flight.host == flight.first_host &&
         sources::needs_token(source, parts_.secrets) &&
         sources::is_meant_for(source, flight.current().url);
}

// The first request that waits brings a login about, which takes its place in the queue of the host
// that it goes to.
void CrawlLoop::wait_for_login(std::int64_t ticket) {
  const sources::Source& source = *watch_of(flights_.at(ticket)).source;
  if (const auto why = logins_.refusal(source.id))
    return give_up(ticket, *why, FetchStatus::failed);
  const auto request = sources::login_request(source, parts_.secrets);
  if (!request) return give_up(ticket, request.error().what, FetchStatus::failed);
  auto destination = destination_of(request->url);
  if (!destination) return give_up(ticket, "bad_url", FetchStatus::failed);
  if (!logins_.wait(source.id, ticket)) return;
  Flight login;
  login.login = source.id;
  login.other.emplace();
  login.other->url = login.other->archive_url = request->url;
  login.other->watch = flights_.at(ticket).lease->request.watch;
  login.host = std::move(destination->host);
  login.hasty = is_hasty(destination->url);
  if (!login.hasty) schedule_.set_gap(login.host, std::max(bounds_.gap, source.gap));
  const std::int64_t own = next_ticket_++;
  schedule_.add(login.host, own);
  flights_.emplace(own, std::move(login));
}

// Secrets are put together here and given to the transfer alone.
void CrawlLoop::send_login(std::int64_t ticket) {
  const Flight& flight = flights_.at(ticket);
  auto request =
      sources::login_request(*parts_.watches.at(flight.current().watch).source, parts_.secrets);
  fetch::TransferRequest transfer;
  transfer.id = ticket;
  transfer.method = std::move(request->method);
  transfer.url = std::move(request->url);
  transfer.headers = std::move(request->headers);
  transfer.body = std::move(request->body);
  transfer.max_body_bytes = login_bytes;
  parts_.transfers.start(std::move(transfer));
}

void CrawlLoop::land_login(std::int64_t ticket, const fetch::TransferResult& result) {
  const Flight flight = std::move(flights_.at(ticket));
  flights_.erase(ticket);
  const sources::Source& source = *parts_.watches.at(flight.current().watch).source;
  const std::vector<std::int64_t> waiting = logins_.take_waiting(source.id);
  const FetchStatus status = fetch::classify_answer(result.page.status, result.error);
  const std::string failure = result.error != fetch::TransferError::none
                                  ? std::string(to_string(result.error))
                                  : "http " + std::to_string(result.page.status);
  const std::string fault = result.error != fetch::TransferError::none
                                ? "login failed: " + failure
                                : sources::login_refused(source.auth, result.page.status);
  if (status == FetchStatus::retry_later) {
    const auto asked = asked_patience(result);
    if (asked && *asked > Millis(0)) hold_host(flight.host, *asked);
    for (const std::int64_t one : waiting) try_later(one, "login " + failure, asked);
    return;
  }
  Result<Page> decoded = fail(Errc::malformed, "");
  Result<sources::Token> token = status == FetchStatus::fetched
                                     ? sources::read_token(source, decoded_body(result, decoded))
                                     : fail(Errc::refused, fault);
  if (!token) {
    logins_.refuse(source.id, token.error().what);
  } else {
    secret_values_.push_back(token->value);
    logins_.learn(source.id, std::move(*token), pace());
  }
  for (const std::int64_t one : waiting) board(one);
}

// A token that the service takes no more: the request waits for a new one, once. Such an answer is
// part of the login, not of what was asked.
bool CrawlLoop::renew_token(std::int64_t ticket, const fetch::TransferResult& result) {
  Flight& flight = flights_.at(ticket);
  if (flight.token.empty() || result.error != fetch::TransferError::none) return false;
  const sources::Source& source = *watch_of(flight).source;
  Result<Page> decoded = fail(Errc::malformed, "");
  if (result.page.status < 400 ||
      !sources::token_ended(source.auth, result.page.status, decoded_body(result, decoded)))
    return false;
  if (flight.renewed) return false;  // a new token does not help
  logins_.forget(source.id, flight.token);
  flight.renewed = true;
  board(ticket);
  return true;
}

// Where the service does not take the login or the key that the request was sent with: a fault of
// the login, and none of what was asked. Says so in the ledger's words.
std::optional<std::string> CrawlLoop::refused_login(const Flight& flight,
                                                    const fetch::TransferResult& result) const {
  const sources::Source& source = *watch_of(flight).source;
  const bool sent = parts_.replay == nullptr && flight.host == flight.first_host &&
                    sources::is_meant_for(source, flight.current().url);
  if (!sent || result.error != fetch::TransferError::none || result.page.status < 400)
    return std::nullopt;
  Result<Page> decoded = fail(Errc::malformed, "");
  if (!sources::refuses_secret(source.auth, parts_.secrets, result.page.status,
                               decoded_body(result, decoded)))
    return std::nullopt;
  return sources::login_refused(source.auth, result.page.status);
}

// What a person can do about a refusal: set the key that was optional until then.
std::string CrawlLoop::advice_for(const Flight& flight) const {
  const sources::Source& source = *watch_of(flight).source;
  const std::string missing = sources::missing_secrets(source.auth, parts_.secrets);
  return missing.empty() || parts_.replay != nullptr ? "" : "; " + missing;
}

}  // namespace testigo::app
