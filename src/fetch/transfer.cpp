#include "fetch/transfer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <curl/curl.h>
#include <deque>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>

#include "fetch/answer_head.h"
#include "fetch/proxy.h"
#include "fetch/request_check.h"
#include "fetch/resolver.h"
#include "formats/url.h"
#include "text/normalize.h"

namespace testigo::fetch {
namespace {

using Clock = std::chrono::steady_clock;

// How often the limits that libcurl does not know (first byte) are looked at.
constexpr Millis look_interval{250};
constexpr long buffer_bytes = 64L * 1024;
constexpr long max_idle_s = 60;  // a kept connection older than this is opened anew

struct CleanEasy {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct CleanMulti {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CleanEasy>;
using Multi = std::unique_ptr<CURLM, CleanMulti>;
using List = std::unique_ptr<curl_slist, FreeList>;

// One transfer: what libcurl's callbacks write to while it runs. Callbacks never throw: their
// buffers are bounded, and running out of memory ends the program as everywhere.
struct Job {
  TransferRequest request;
  formats::Url url;
  const AddressGuard* guard = nullptr;  // outlives the job
  std::string proxy;                    // empty: asked directly
  std::size_t max_header_bytes = 0;
  std::size_t max_body_bytes = 0;
  List headers;
  std::array<char, CURL_ERROR_SIZE> message{};
  Clock::time_point started{};
  bool answered = false;  // the first byte has come
  bool cut = false;
  std::string too_large;  // which limit was passed
  std::string refused;    // what the guard said at connect
  std::size_t header_bytes = 0;
  AnswerHead head;
  TransferResult result;
  Easy easy;  // last: it goes first, while the rest is still there for its callbacks
};

extern "C" {

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) noexcept {
  Job& job = *static_cast<Job*>(user);
  job.answered = true;
  job.header_bytes += size * count;
  if (job.header_bytes > job.max_header_bytes) {
    job.too_large =
        "the headers are longer than " + std::to_string(job.max_header_bytes) + " bytes";
    return 0;
  }
  job.head.take_line(std::string_view(bytes, size * count));
  return size * count;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) noexcept {
  Job& job = *static_cast<Job*>(user);
  job.answered = true;
  std::string& body = job.result.page.body_as_sent;
  const std::size_t room = job.max_body_bytes - body.size();
  if (size * count <= room) {
    body.append(bytes, size * count);
    return size * count;
  }
  if (job.request.cut_at_max) {
    body.append(bytes, room);
    job.cut = true;
  } else {
    job.too_large = "the body is longer than " + std::to_string(job.max_body_bytes) + " bytes";
  }
  return 0;
}

// Each address that a connection is tried to, after DNS: here a name cannot change its mind.
curl_socket_t on_open_socket(void* user, curlsocktype purpose, curl_sockaddr* address) noexcept {
  Job& job = *static_cast<Job*>(user);
  if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
  if (job.proxy.empty()) {
    const auto ip = ip_of(address->addr);
    if (!ip) return CURL_SOCKET_BAD;
    const auto refused = job.guard->refuse(*job.url.host, *job.url.effective_port(), *ip);
    if (refused) {
      job.refused = *refused;
      return CURL_SOCKET_BAD;
    }
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// The address of the connection that is about to be used, a kept one too.
int on_connected(void* user, char* remote, char* /*local*/, int /*remote_port*/,
                 int /*local_port*/) noexcept {
  Job& job = *static_cast<Job*>(user);
  if (!job.proxy.empty()) return CURL_PREREQFUNC_OK;
  const auto ip = parse_ip(remote);
  if (!ip) return CURL_PREREQFUNC_ABORT;
  const auto refused = job.guard->refuse(*job.url.host, *job.url.effective_port(), *ip);
  if (!refused) return CURL_PREREQFUNC_OK;
  job.refused = *refused;
  return CURL_PREREQFUNC_ABORT;
}

}  // extern "C"

TransferError kind_of(CURLcode code, const Job& job) {
  const std::string_view message = job.message.data();
  switch (code) {
    case CURLE_OK:
      return TransferError::none;
    case CURLE_URL_MALFORMAT:
      return TransferError::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return TransferError::dns;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return TransferError::connect;
    case CURLE_OPERATION_TIMEDOUT:
      return TransferError::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return TransferError::tls;
    case CURLE_PARTIAL_FILE:
      return TransferError::bad_content_length;
    case CURLE_BAD_CONTENT_ENCODING:
      return TransferError::bad_encoding;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:  // what libcurl calls one header line of more than 100 kB
      return TransferError::too_large;
    case CURLE_WEIRD_SERVER_REPLY:
      return message.find("Content-Length") != std::string_view::npos
                 ? TransferError::bad_content_length
                 : TransferError::protocol;
    case CURLE_RECV_ERROR:
      // A broken chunk arrives under the same code as a broken connection.
      return message.find("chunk") != std::string_view::npos ? TransferError::bad_encoding
                                                             : TransferError::reset;
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_HTTP2_STREAM:
      return TransferError::reset;
    default:
      return TransferError::protocol;
  }
}

std::string detail_of(CURLcode code, const Job& job) {
  // libcurl's own words may hold the host, never the path or the query.
  return job.message[0] != '\0' ? std::string(job.message.data()) : curl_easy_strerror(code);
}

std::string http_version_of(CURL* easy) {
  long version = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  switch (version) {
    case CURL_HTTP_VERSION_1_0:
      return "1.0";
    case CURL_HTTP_VERSION_1_1:
      return "1.1";
    case CURL_HTTP_VERSION_2_0:
      return "2";
    case CURL_HTTP_VERSION_3:
      return "3";
    default:
      return {};
  }
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Fills in what libcurl knows now that the transfer is over.
TransferResult finished_result(Job& job, CURLcode code) {
  TransferResult& result = job.result;
  Page& page = result.page;
  CURL* easy = job.easy.get();
  page.headers = job.head.headers();
  long status = 0;
  curl_off_t microseconds = 0;
  const char* address = nullptr;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
  page.status = static_cast<int>(status);
  page.http_version = http_version_of(easy);
  page.took = std::chrono::duration_cast<Millis>(std::chrono::microseconds(microseconds));
  if (address != nullptr) page.remote_address = address;
  if (job.cut) code = CURLE_OK;
  result.error = kind_of(code, job);
  if (result.error != TransferError::none) result.detail = detail_of(code, job);
  if (!job.too_large.empty()) {
    result.error = TransferError::too_large;
    result.detail = job.too_large;
  } else if (code != CURLE_OK && !job.refused.empty()) {
    result.error = TransferError::refused_address;
    result.detail = job.refused;
  }
  if (result.error == TransferError::none && is_redirect(page.status)) {
    const auto location = find_header(page.headers, "Location");
    if (location) {
      auto target = formats::resolve_url(*location, job.request.url);
      if (target) result.redirect = *std::move(target);
    }
  }
  return std::move(result);
}

bool append_header(List& list, const Header& header) {
  // "Name;" is how libcurl is told to send a header without a value.
  const std::string line =
      header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
  curl_slist* grown = curl_slist_append(list.get(), line.c_str());
  if (grown == nullptr) return false;
  (void)list.release();
  list.reset(grown);
  return true;
}

class CurlTransfers final : public Transfers {
 public:
  CurlTransfers(Multi multi, TransferLimits limits, AddressGuard guard, std::string user_agent)
      : limits_(limits),
        guard_(std::move(guard)),
        user_agent_(std::move(user_agent)),
        multi_(std::move(multi)) {
    proxies_ = ProxySettings::from([](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value == nullptr ? "" : value);
    });
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                      static_cast<long>(limits.max_connections));
  }

  ~CurlTransfers() override {
    for (auto& [easy, job] : running_) curl_multi_remove_handle(multi_.get(), easy);
  }
  CurlTransfers(const CurlTransfers&) = delete;
  CurlTransfers& operator=(const CurlTransfers&) = delete;

  void start(TransferRequest request) override {
    auto job = std::make_unique<Job>();
    job->result.id = request.id;
    job->result.page.url = request.archive_url.empty() ? request.url : request.archive_url;
    auto url = formats::parse_url(request.url);
    if (!url) return fail_at_once(std::move(job), TransferError::bad_url, url.error().what);
    if (auto fault = find_fault(request, *url, guard_)) {
      return fail_at_once(std::move(job), fault->error, std::move(fault->detail));
    }
    job->url = *std::move(url);
    job->url.fragment.reset();
    job->request = std::move(request);
    job->guard = &guard_;
    job->proxy = proxy_for(proxies_, job->url.scheme, *job->url.host).value_or("");
    if (needs_lookup(*job)) {
      look_up(std::move(job));
    } else {
      waiting_.push_back(std::move(job));
    }
  }

  std::vector<TransferResult> wait(Millis longest) override {
    const auto deadline = Clock::now() + longest;
    while (true) {
      step();
      if (!done_.empty()) return std::exchange(done_, {});
      const auto now = Clock::now();
      if (woken_.exchange(false) || now >= deadline) return {};
      const auto left = std::chrono::ceil<Millis>(deadline - now);
      const auto pause = running_.empty() ? left : std::min(left, look_interval);
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()), nullptr);
    }
  }

  void wake() override {
    woken_ = true;
    curl_multi_wakeup(multi_.get());
  }

  void cancel(std::int64_t id) override {
    const auto is_it = [id](const auto& job) { return job->result.id == id; };
    for (auto& [easy, job] : running_) {
      if (is_it(job)) return give_up(easy, TransferError::cancelled, "given up");
    }
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), is_it);
    if (found != waiting_.end()) {
      auto job = std::move(*found);
      waiting_.erase(found);
      return fail_at_once(std::move(job), TransferError::cancelled, "given up");
    }
    for (auto& [ticket, job] : looking_up_) {
      if (!is_it(job)) continue;
      auto gone = std::move(job);
      looking_up_.erase(ticket);
      return fail_at_once(std::move(gone), TransferError::cancelled, "given up");
    }
  }

  std::size_t running() const override {
    return running_.size() + waiting_.size() + looking_up_.size();
  }

 private:
  using JobPtr = std::unique_ptr<Job>;

  void step() {
    take_lookups();
    while (!waiting_.empty() && running_.size() < limits_.max_connections) {
      JobPtr job = std::move(waiting_.front());
      waiting_.pop_front();
      launch(std::move(job));
    }
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    collect();
    give_up_silent();
  }

  void collect() {
    int queued = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &queued)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const easy = message->easy_handle;
      const CURLcode code = message->data.result;
      finish(easy, code);
    }
  }

  void finish(CURL* easy, CURLcode code) {
    curl_multi_remove_handle(multi_.get(), easy);
    auto node = running_.extract(easy);
    add_done(finished_result(*node.mapped(), code));
  }

  // Servers that accept and then say nothing: libcurl's speed limit alone would wait for longer.
  void give_up_silent() {
    const auto now = Clock::now();
    std::vector<CURL*> silent;
    for (const auto& [easy, job] : running_) {
      if (!job->answered && now - job->started > limits_.first_byte) silent.push_back(easy);
    }
    for (CURL* easy : silent) {
      give_up(easy, TransferError::timeout,
              "no answer within " + std::to_string(limits_.first_byte.count()) + " ms");
    }
  }

  void give_up(CURL* easy, TransferError error, std::string detail) {
    curl_multi_remove_handle(multi_.get(), easy);
    auto node = running_.extract(easy);
    TransferResult result = finished_result(*node.mapped(), CURLE_ABORTED_BY_CALLBACK);
    result.error = error;
    result.detail = std::move(detail);
    add_done(std::move(result));
  }

  void fail_at_once(JobPtr job, TransferError error, std::string detail) {
    job->result.error = error;
    job->result.detail = std::move(detail);
    add_done(std::move(job->result));
  }

  void add_done(TransferResult result) {
    if (result.error != TransferError::none) {
      result.page.body_as_sent.clear();
      result.page.body_as_sent.shrink_to_fit();
    }
    result.page.fetched_at = std::chrono::floor<Millis>(std::chrono::system_clock::now());
    done_.push_back(std::move(result));
  }

  bool needs_lookup(const Job& job) const {
    return !job.proxy.empty() && !parse_ip(*job.url.host) &&
           !guard_.trusts(*job.url.host, *job.url.effective_port());
  }

  void look_up(JobPtr job) {
    if (!resolver_)
      resolver_ = std::make_unique<Resolver>([this] { curl_multi_wakeup(multi_.get()); });
    const std::int64_t ticket = ++lookups_;
    resolver_->look_up(ticket, *job->url.host);
    looking_up_.emplace(ticket, std::move(job));
  }

  void take_lookups() {
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
  std::optional<std::string> refuse_any(const Job& job,
                                        const std::vector<IpAddress>& addresses) const {
    for (const IpAddress& address : addresses) {
      auto refused = guard_.refuse(*job.url.host, *job.url.effective_port(), address);
      if (refused) return refused;
    }
    return {};
  }

  void launch(JobPtr job) {
    job->easy.reset(curl_easy_init());
    CURL* const easy = job->easy.get();
    if (easy == nullptr || !set_headers(*job)) {
      return fail_at_once(std::move(job), TransferError::connect, "no memory for another transfer");
    }
    set_bounds(*job);
    set_request(*job);
    set_callbacks(*job);
    job->started = Clock::now();
    const CURLMcode code = curl_multi_add_handle(multi_.get(), easy);
    if (code != CURLM_OK) {
      return fail_at_once(std::move(job), TransferError::connect, curl_multi_strerror(code));
    }
    running_.emplace(easy, std::move(job));
  }

  bool set_headers(Job& job) const {
    std::vector<Header> headers = {
        {"User-Agent", user_agent_}, {"Accept", "*/*"}, {"Accept-Encoding", "gzip, br, zstd"}};
    for (const Header& header : job.request.headers) {
      std::erase_if(headers, [&](const Header& ours) {
        return text::ascii_lower(ours.name) == text::ascii_lower(header.name);
      });
    }
    headers.insert(headers.end(), job.request.headers.begin(), job.request.headers.end());
    for (const Header& header : headers) {
      if (!append_header(job.headers, header)) return false;
    }
    // "Name:" takes away what libcurl would add by itself.
    curl_slist* grown = curl_slist_append(job.headers.get(), "Expect:");
    if (grown != nullptr && !find_header(headers, "Content-Type")) {
      grown = curl_slist_append(grown, "Content-Type:");
    }
    curl_easy_setopt(job.easy.get(), CURLOPT_HTTPHEADER, job.headers.get());
    return grown != nullptr;
  }

  void set_bounds(Job& job) const {
    CURL* const easy = job.easy.get();
    job.max_header_bytes = limits_.max_header_bytes;
    job.max_body_bytes =
        job.request.max_body_bytes == 0 ? limits_.max_body_bytes : job.request.max_body_bytes;
    if (!job.request.cut_at_max) {
      curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                       static_cast<curl_off_t>(job.max_body_bytes));
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT,
                     static_cast<long>(limits_.slow_bytes_per_second));
    const auto slow = std::chrono::ceil<std::chrono::seconds>(limits_.slow);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(slow.count()));
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, buffer_bytes);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, max_idle_s);
  }

  void set_request(const Job& job) const {
    CURL* const easy = job.easy.get();
    const TransferRequest& request = job.request;
    curl_easy_setopt(easy, CURLOPT_URL, job.url.href().c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, job.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    if (!request.body.empty()) {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
    } else if (request.method == "POST") {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L);
    }
    if (request.method == "HEAD") {
      curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else {
      curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
  }

  static void set_callbacks(Job& job) {
    CURL* const easy = job.easy.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, job.message.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &job);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &job);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &job);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_connected);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &job);
  }

  TransferLimits limits_;
  AddressGuard guard_;
  std::string user_agent_;
  ProxySettings proxies_;
  std::atomic<bool> woken_ = false;
  Multi multi_;
  std::unordered_map<CURL*, JobPtr> running_;
  std::deque<JobPtr> waiting_;  // for a place among max_connections
  std::unordered_map<std::int64_t, JobPtr> looking_up_;
  std::vector<TransferResult> done_;
  std::int64_t lookups_ = 0;
  std::unique_ptr<Resolver> resolver_;  // last: its threads wake multi_
};

}  // namespace

Result<std::unique_ptr<Transfers>> make_curl_transfers(TransferLimits limits, AddressGuard guard,
                                                       std::string user_agent) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Multi multi(ready == CURLE_OK ? curl_multi_init() : nullptr);
  if (!multi) return fail(Errc::io, "libcurl cannot be set up", curl_easy_strerror(ready));
  return std::make_unique<CurlTransfers>(std::move(multi), limits, std::move(guard),
                                         std::move(user_agent));
}

}  // namespace testigo::fetch
