// How requests end that no worker reads: put off, given up, passed over; and what of them is
// evidence (crawl_loop.h).
#include <algorithm>

#include "app/crawl_ledger.h"
#include "app/crawl_loop.h"
#include "app/live_answer.h"
#include "archive/redact.h"
#include "extract/extract.h"
#include "formats/url_display.h"

namespace testigo::app {
namespace {

constexpr std::size_t max_remembered_delays = 10'000;  // some 1 MB

// A host that asks for more patience than this keeps no leases from others meanwhile.
constexpr Millis long_hold{5'000};

// Of what services say in place of an answer, one example each.
constexpr std::size_t max_told = 50;

// How long a host is to be left alone by what an answer's header says of its limit; the names are
// those of a draft of the IETF (RateLimit-Reset) and of what came before it.
std::optional<Millis> limit_ends(const std::vector<Header>& headers, UtcTime now) {
  for (const std::string_view name : {"RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"})
    if (const auto header = find_header(headers, name))
      return fetch::parse_rate_limit_reset(*header, now);
  return std::nullopt;
}

// "Failed to connect after 3 ms" says the same of each request.
std::string without_numbers(std::string words) {
  std::erase_if(words, [](char c) { return c >= '0' && c <= '9'; });
  return words;
}

// Whether an answer says that its limit is used up: "0", or "0.0".
bool is_spent(const std::vector<Header>& headers) {
  for (const std::string_view name :
       {"RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining"}) {
    const auto header = find_header(headers, name);
    if (!header) continue;
    return !header->empty() && header->find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

}  // namespace

// How long a host asked to be left alone, if it did.
std::optional<Millis> CrawlLoop::asked_patience(const fetch::TransferResult& result,
                                                bool limited) const {
  if (const auto header = find_header(result.page.headers, "Retry-After"))
    return fetch::parse_retry_after(*header, now());
  constexpr int too_many_requests = 429;  // else the header is about requests to come
  if (result.page.status != too_many_requests && !limited) return std::nullopt;
  return limit_ends(result.page.headers, now());
}

// How long its host is to be left alone after an answer that was the last for now.
std::optional<Millis> CrawlLoop::spent_quota(const fetch::TransferResult& result) const {
  const bool spent = parts_.replay == nullptr && result.error == fetch::TransferError::none &&
                     is_spent(result.page.headers);
  return spent ? limit_ends(result.page.headers, now()) : std::nullopt;
}

void CrawlLoop::try_later(std::int64_t ticket, const std::string& why, std::optional<Millis> asked,
                          const std::string& detail) {
  const Flight& flight = flights_.at(ticket);
  const double share = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  auto delay = fetch::retry_delay(bounds_.retry, flight.lease->attempts + 1, share, asked);
  if (!delay) {
    tell_detail(ticket, why, detail);
    return give_up(ticket, why, FetchStatus::retry_later);
  }
  if (parts_.replay != nullptr) {
    delay = asked = Millis(0);
  }
  WriteTask task;
  task.end =
      store::LeaseEnd{flight.lease->key, store::LeaseEnd::Kind::postponed, now() + *delay, why, {}};
  const std::string host = flight.host;
  if (put_off_.size() < max_remembered_delays)
    put_off_[flight.lease->key.value] = detail.empty() ? why : why + ": " + detail;
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
  if (asked && *asked > Millis(0)) hold_host(host, *asked);
}

std::map<std::string, std::size_t> CrawlLoop::put_off() const {
  std::map<std::string, std::size_t> reasons;
  std::map<std::string, std::string> first;  // of those that are alike
  for (const auto& [request, why] : put_off_)
    ++reasons[first.try_emplace(without_numbers(why), why).first->second];
  return reasons;
}

// The host asked to be left alone (Retry-After): by this run, and by later ones, as long as anybody
// may ask for that.
void CrawlLoop::hold_host(const std::string& host, Millis wait) {
  wait = std::min(wait, bounds_.retry.longest_asked);
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

void CrawlLoop::leave_alone(const std::string& host, Millis wait) {
  const std::lock_guard lock(asked_mutex_);
  asked_.emplace_back(host, wait);
}

void CrawlLoop::hold_hosts_as_asked() {
  std::vector<std::pair<std::string, Millis>> asked;
  {
    const std::lock_guard lock(asked_mutex_);
    asked.swap(asked_);
  }
  for (const auto& [host, wait] : asked) hold_host(host, wait);
}

void CrawlLoop::give_up(std::int64_t ticket, const std::string& why, FetchStatus status) {
  const Flight& flight = flights_.at(ticket);
  WriteTask task;
  task.end = store::LeaseEnd{flight.lease->key,
                             store::LeaseEnd::Kind::dead,
                             {},
                             why,
                             without_answer(watch_of(flight), status, why)};
  // What robots.txt refuses is an answer; the rest was given up.
  if (status != FetchStatus::disallowed) {
    ++failures_[why];
    partial_ = true;
  }
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
}

// An error in the service's own words, once for all requests that it is said of.
void CrawlLoop::tell_error(const Flight& flight, const Page& page, const std::string& why) {
  const PlannedWatch& watch = watch_of(flight);
  const auto spec = sources::extractor_for(*watch.source, watch.watch, flight.lease->request);
  constexpr std::size_t longest = 256 * 1024;  // of an error, decoded
  auto decoded = fetch::decode_page(page, longest);
  if (!spec || !decoded) return;
  std::vector<std::string> secrets = secret_values_;
  if (!flight.token.empty()) secrets.push_back(flight.token);
  decoded->body = archive::redact(decoded->body, secrets);  // before words are cut short
  if (const auto said = extract::error_words(*decoded, *spec))
    tell(flight.current().archive_url, why + "; the service says: " + *said);
}

void CrawlLoop::tell(const std::string& where, const std::string& what) {
  if (told_.size() < max_told && told_.insert(what).second)
    messages_.push_back(formats::without_user(where) + ": " + what);
}

// What the network said of a request that is given up.
void CrawlLoop::tell_detail(std::int64_t ticket, const std::string& why,
                            const std::string& detail) {
  const std::string what = why + ": " + detail;
  if (detail.empty() || told_.size() >= max_told || !told_.insert(without_numbers(what)).second)
    return;
  const std::string& url = flights_.at(ticket).current().archive_url;
  messages_.push_back(formats::without_user(url) + ": " + what);
}

// Under replay: it was not asked in the recorded pass, and so neither it nor the ledger hears of
// it.
void CrawlLoop::pass_over(std::int64_t ticket) {
  WriteTask task;
  task.answer.emplace();
  task.answer->request = flights_.at(ticket).lease->key;
  task.answer->coverage = ledger_line(watch_of(flights_.at(ticket)));
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
}

// A link that leads out of its watch's site by a redirect: an answer that holds nothing.
void CrawlLoop::leave(std::int64_t ticket) {
  const Flight& flight = flights_.at(ticket);
  WriteTask task;
  task.answer.emplace();
  task.answer->request = flight.lease->key;
  CoverageCounts& line = task.answer->coverage = ledger_line(watch_of(flight));
  line.asked = line.allowed = line.empty = 1;
  line.reasons["leads off the site"] = 1;
  flights_.erase(ticket);
  parts_.writer.add(std::move(task), small_task_bytes);
}

// An answer that is not handed to a worker is evidence all the same.
void CrawlLoop::archive_answer(const Flight& flight, const fetch::TransferResult& result) {
  if (parts_.replay != nullptr || result.error != fetch::TransferError::none) return;
  WriteTask task;
  task.exchange = exchange_of(flight);
  task.exchange->page = result.page;
  task.exchange->page.url = flight.current().archive_url;
  task.exchange->page.headers = archive::redact(result.page.headers, secret_values_);
  task.exchange->page.reason = archive::redact(result.page.reason, secret_values_);
  const std::size_t weight = result.page.body_as_sent.size() + 2 * small_task_bytes;
  parts_.writer.add(std::move(task), weight);
}

// The request as the archive may see it.
archive::Exchange CrawlLoop::exchange_of(const Flight& flight) const {
  archive::Exchange exchange;
  exchange.method = flight.current().method;
  exchange.archive_url = flight.current().archive_url;
  exchange.request_headers = archive::redact(
      fetch::headers_as_sent(user_agent(parts_.tools.configuration), flight.sent_headers),
      secret_values_);
  exchange.request_body = archive::redact(flight.current().body, secret_values_);
  return exchange;
}

}  // namespace testigo::app
