#include "fetch/curl_transfers.h"

#include <algorithm>
#include <curl/curl.h>
#include <utility>

#include "fetch/request_check.h"

namespace testigo::fetch {
namespace {

using Clock = Lane::Clock;

// How often the limits that libcurl does not know (first byte) are looked at.
constexpr Millis look_interval{250};

}  // namespace

CurlTransfers::CurlTransfers(Multi multi, LaneSettings settings, ProxySettings proxies)
    : settings_(std::move(settings)),
      proxies_(std::move(proxies)),
      multi_(std::move(multi)),
      sockets_(multi_.get(), watched_) {
  settings_.sockets = &watched_;
  settings_.plain_headers = header_list(settings_.user_agent, {}, false);
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                    static_cast<long>(settings_.limits.max_connections));
}

CurlTransfers::~CurlTransfers() {
  for (const LanePtr& lane : running_) curl_multi_remove_handle(multi_.get(), lane->easy());
}

void CurlTransfers::start(TransferRequest request) {
  auto job = std::make_unique<Job>();
  job->result.id = request.id;
  job->result.page.url = request.archive_url.empty() ? request.url : request.archive_url;
  auto url = request.parsed ? Result<formats::Url>(*std::exchange(request.parsed, {}))
                            : formats::parse_url(request.url);
  if (!url) return fail_at_once(std::move(job), TransferError::bad_url, url.error().what);
  if (auto fault = find_fault(request, *url, settings_.guard)) {
    return fail_at_once(std::move(job), fault->error, std::move(fault->detail));
  }
  job->url = *std::move(url);
  job->url.fragment.reset();
  job->request = std::move(request);
  job->proxy =
      proxy_for(proxies_, job->url.scheme, *job->url.host, *job->url.effective_port()).value_or("");
  if (needs_lookup(*job)) {
    look_up(std::move(job));
  } else {
    waiting_.push_back(std::move(job));
  }
}

std::vector<TransferResult> CurlTransfers::wait(Millis longest) {
  const auto deadline = Clock::now() + longest;
  Millis pause{0};
  while (true) {
    step(pause);
    if (!done_.empty()) return std::exchange(done_, {});
    const auto now = Clock::now();
    if (woken_.exchange(false) || now >= deadline) return {};
    const auto left = std::chrono::ceil<Millis>(deadline - now);
    pause = running_.empty() ? left : std::min(left, look_interval);
  }
}

void CurlTransfers::wake() {
  woken_ = true;
  sockets_.wake();
}

void CurlTransfers::cancel(std::int64_t id) {
  constexpr const char* words = "given up";
  for (const LanePtr& lane : running_) {
    if (lane->job().result.id == id) return give_up(*lane, TransferError::cancelled, words);
  }
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [id](const JobPtr& job) { return job->result.id == id; });
  if (found != waiting_.end()) {
    JobPtr job = std::move(*found);
    waiting_.erase(found);
    return fail_at_once(std::move(job), TransferError::cancelled, words);
  }
  const auto asked = std::find_if(looking_up_.begin(), looking_up_.end(),
                                  [id](const auto& one) { return one.second->result.id == id; });
  if (asked != looking_up_.end()) {
    fail_at_once(std::move(looking_up_.extract(asked).mapped()), TransferError::cancelled, words);
  }
}

std::size_t CurlTransfers::running() const {
  return running_.size() + waiting_.size() + looking_up_.size();
}

void CurlTransfers::step(Millis pause) {
  take_lookups();
  while (!waiting_.empty() && may_launch()) {
    JobPtr job = std::move(waiting_.front());
    waiting_.pop_front();
    launch(std::move(job));
  }
  sockets_.work(done_.empty() ? pause : Millis(0));
  collect();
  give_up_silent();
}

bool CurlTransfers::may_launch() const {
  if (running_.empty()) return true;
  return running_.size() < settings_.limits.max_connections &&
         bytes_in_flight_ < settings_.limits.max_bytes_in_flight;
}

void CurlTransfers::launch(JobPtr job) {
  if (idle_.empty()) idle_.push_back(std::make_unique<Lane>(settings_, bytes_in_flight_));
  LanePtr lane = std::move(idle_.back());
  idle_.pop_back();
  void* const jar = jars_.jar(job->request.cookie_jar);
  constexpr const char* no_memory = "no memory for another transfer";
  if (lane->easy() == nullptr)
    return fail_at_once(std::move(job), TransferError::connect, no_memory);
  if (!lane->load(std::move(job), jar) ||
      curl_multi_add_handle(multi_.get(), lane->easy()) != CURLM_OK) {
    TransferResult result = lane->unload(CURLE_OUT_OF_MEMORY);
    result.error = TransferError::connect;
    result.detail = no_memory;
    return add_done(std::move(result));
  }
  lane->place = running_.size();
  running_.push_back(std::move(lane));
}

void CurlTransfers::collect() {
  int queued = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &queued)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    void* lane = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &lane);
    auto& ended = *static_cast<Lane*>(lane);
    if (ended.was_not_taken(code)) {
      ask_anew(ended);
    } else {
      add_done(finish(ended, code));
    }
  }
}

TransferResult CurlTransfers::finish(Lane& lane, int code) {
  curl_multi_remove_handle(multi_.get(), lane.easy());
  TransferResult result = lane.unload(code);
  free_lane(lane);
  return result;
}

void CurlTransfers::ask_anew(Lane& lane) {
  curl_multi_remove_handle(multi_.get(), lane.easy());
  waiting_.push_front(lane.take_back());
  free_lane(lane);
}

void CurlTransfers::free_lane(const Lane& lane) {
  const std::size_t place = lane.place;
  LanePtr free = std::exchange(running_[place], std::move(running_.back()));
  if (running_[place]) running_[place]->place = place;
  running_.pop_back();
  if (free->can_be_used_again()) idle_.push_back(std::move(free));
}

// Servers that accept and then say nothing: libcurl's speed limit alone would wait for longer.
void CurlTransfers::give_up_silent() {
  const auto now = Clock::now();
  if (now < next_look_) return;
  next_look_ = now + look_interval;
  const Millis longest = settings_.limits.first_byte;
  std::vector<Lane*> silent;
  for (const LanePtr& lane : running_) {
    if (!lane->answered() && now - lane->started() > longest) silent.push_back(lane.get());
  }
  for (Lane* lane : silent) {
    give_up(*lane, TransferError::timeout,
            "no answer within " + std::to_string(longest.count()) + " ms");
  }
}

void CurlTransfers::give_up(Lane& lane, TransferError error, std::string detail) {
  TransferResult result = finish(lane, CURLE_ABORTED_BY_CALLBACK);
  result.error = error;
  result.detail = std::move(detail);
  add_done(std::move(result));
}

void CurlTransfers::fail_at_once(JobPtr job, TransferError error, std::string detail) {
  job->result.error = error;
  job->result.detail = std::move(detail);
  add_done(std::move(job->result));
}

void CurlTransfers::add_done(TransferResult&& result) {
  if (result.error != TransferError::none) {
    result.page.body_as_sent.clear();
    result.page.body_as_sent.shrink_to_fit();
  }
  result.page.fetched_at = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  done_.push_back(std::move(result));
}

bool CurlTransfers::needs_lookup(const Job& job) const {
  return !job.proxy.empty() && !parse_ip(*job.url.host) &&
         !settings_.guard.trusts(*job.url.host, *job.url.effective_port());
}

void CurlTransfers::look_up(JobPtr job) {
  if (!resolver_) resolver_ = std::make_unique<Resolver>([this] { sockets_.wake(); });
  const std::int64_t ticket = ++lookups_;
  resolver_->look_up(ticket, *job->url.host);
  looking_up_.emplace(ticket, std::move(job));
}

void CurlTransfers::take_lookups() {
  if (!resolver_) return;
  for (const Resolved& resolved : resolver_->take()) {
    auto node = looking_up_.extract(resolved.id);
    if (node.empty()) continue;  // cancelled
    JobPtr job = std::move(node.mapped());
    if (resolved.addresses.empty()) {
      fail_at_once(std::move(job), TransferError::dns, "the name has no address here");
    } else if (auto refused = refuse_any(*job, resolved.addresses)) {
      fail_at_once(std::move(job), TransferError::refused_address, *std::move(refused));
    } else {
      waiting_.push_back(std::move(job));
    }
  }
}

// The proxy will choose among the addresses, so each of them must be fit.
std::optional<std::string> CurlTransfers::refuse_any(
    const Job& job, const std::vector<IpAddress>& addresses) const {
  for (const IpAddress& address : addresses) {
    auto refused = settings_.guard.refuse(*job.url.host, *job.url.effective_port(), address);
    if (refused) return refused;
  }
  return {};
}

}  // namespace testigo::fetch
