#include "fetch/curl_lane.h"

#include <algorithm>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "fetch/curl_outcome.h"
#include "text/normalize.h"

namespace testigo::fetch {
namespace {

// libcurl asks for a byte more with each transfer, and gives it back: what an allocator keeps at
// hand for one thread ends at 32 KiB.
constexpr long buffer_bytes = 32L * 1024 - 1;
constexpr long max_idle_s = 60;  // a kept connection older than this is opened anew
// What an announced length may claim before its bytes have come.
constexpr std::size_t max_reserved_bytes = 1024 * 1024;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool has_header(const std::vector<Header>& headers, std::string_view name) {
  return find_header(headers, name).has_value();
}

// An empty one is sent with POST.
bool has_body(const TransferRequest& request) {
  return !request.body.empty() || request.method == "POST";
}

}  // namespace

std::vector<Header> headers_as_sent(const std::string& user_agent,
                                    const std::vector<Header>& headers) {
  std::vector<Header> all = {
      {"User-Agent", user_agent}, {"Accept", "*/*"}, {"Accept-Encoding", "gzip, br, zstd"}};
  std::erase_if(all, [&](const Header& ours) { return has_header(headers, ours.name); });
  all.insert(all.end(), headers.begin(), headers.end());
  return all;
}

List header_list(const std::string& user_agent, const std::vector<Header>& headers, bool has_body) {
  List list;
  for (const Header& header : headers_as_sent(user_agent, headers)) {
    // "Name;" is how libcurl is told to send a header without a value.
    const std::string line =
        header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
    if (!append(list, line.c_str())) return {};
  }
  // "Name:" takes away what libcurl would add to a body by itself.
  if (!has_body) return list;
  if (!append(list, "Expect:")) return {};
  if (!has_header(headers, "Content-Type") && !append(list, "Content-Type:")) return {};
  return list;
}

// What libcurl calls. Each is handed the lane.
struct LaneCallbacks {
  static std::size_t header(char* bytes, std::size_t size, std::size_t count, void* lane) noexcept {
    return static_cast<Lane*>(lane)->take_header({bytes, size * count});
  }

  static std::size_t body(char* bytes, std::size_t size, std::size_t count, void* lane) noexcept {
    return static_cast<Lane*>(lane)->take_body({bytes, size * count});
  }

  // Each address that a connection is tried to, after DNS: here a name cannot change its mind.
  static curl_socket_t open_socket(void* lane, curlsocktype purpose,
                                   curl_sockaddr* address) noexcept {
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    auto& self = *static_cast<Lane*>(lane);
    if (!self.may_connect_to(ip_of(address->addr))) return CURL_SOCKET_BAD;
    const int opened = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (opened >= 0) self.settings_.sockets->opened(opened);
    return opened;
  }

  // Connections outlive the lane that opened them.
  static int close_socket(void* sockets, curl_socket_t socket) noexcept {
    static_cast<WatchedSockets*>(sockets)->closed(socket);
    return close(socket);
  }

  // The address of the connection that is about to be used, a kept one too.
  static int connected(void* lane, char* remote, char* /*local*/, int /*remote_port*/,
                       int /*local_port*/) noexcept {
    return static_cast<Lane*>(lane)->may_connect_to(parse_ip(remote)) ? CURL_PREREQFUNC_OK
                                                                      : CURL_PREREQFUNC_ABORT;
  }
};

Lane::Lane(const LaneSettings& settings, std::size_t& bytes_in_flight)
    : settings_(settings), bytes_in_flight_(bytes_in_flight), easy_(curl_easy_init()) {
  if (easy_) set_fixed_options();
}

Lane::~Lane() {
  if (job_) bytes_in_flight_ -= job_->result.page.body_as_sent.size();
}

void Lane::set_fixed_options() {
  static_assert(message_bytes >= CURL_ERROR_SIZE);
  CURL* const easy = easy_.get();
  const TransferLimits& limits = settings_.limits;
  const auto slow = std::chrono::ceil<std::chrono::seconds>(limits.slow);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, message_.data());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, LaneCallbacks::header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, LaneCallbacks::body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, LaneCallbacks::open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, LaneCallbacks::close_socket);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, settings_.sockets);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, LaneCallbacks::connected);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.slow_bytes_per_second));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(slow.count()));
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, buffer_bytes);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, max_idle_s);
  curl_easy_setopt(easy, CURLOPT_RESOLVE, settings_.fixed_addresses.get());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, settings_.plain_headers.get());
  if (!settings_.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.ca_file.c_str());
  }
  if (!settings_.ca_folder.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAPATH, settings_.ca_folder.c_str());
  }
}

bool Lane::load(JobPtr job, void* jar) {
  job_ = std::move(job);
  message_[0] = '\0';
  answered_ = cut_ = false;
  too_large_.clear();
  refused_.clear();
  header_bytes_ = 0;
  if (curl_easy_setopt(easy(), CURLOPT_URL, job_->url.href().c_str()) != CURLE_OK) return false;
  if (!set_headers()) return false;
  set_bounds();
  set_method_and_body();
  set_way(jar);
  started_ = Clock::now();
  return true;
}

bool Lane::set_headers() {
  const TransferRequest& request = job_->request;
  // Most often like those of the request before.
  if (!has_body(request) && request.headers == set_headers_) return true;
  List own;
  if (!request.headers.empty() || has_body(request)) {
    own = header_list(settings_.user_agent, request.headers, has_body(request));
    if (!own) return false;
  }
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, own ? own.get() : settings_.plain_headers.get());
  headers_ = std::move(own);  // the earlier list only goes now that libcurl has let go of it
  set_headers_ = request.headers;
  return true;
}

void Lane::set_bounds() {
  const TransferRequest& request = job_->request;
  max_body_bytes_ =
      request.max_body_bytes == 0 ? settings_.limits.max_body_bytes : request.max_body_bytes;
  const std::size_t max_file = request.cut_at_max ? 0 : max_body_bytes_;  // 0: none
  if (max_file == max_file_bytes_) return;
  max_file_bytes_ = max_file;
  curl_easy_setopt(easy(), CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(max_file));
}

void Lane::set_method_and_body() {
  const TransferRequest& request = job_->request;
  if (request.method == "GET" && request.body.empty()) return;
  plain_ = false;
  if (has_body(request)) {
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
  }
  if (request.method == "HEAD") {
    curl_easy_setopt(easy(), CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(easy(), CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

// Over which connection, and with which cookies.
void Lane::set_way(void* jar) {
  // Several requests to a host that speaks HTTP/2 share one connection: the second waits to see
  // whether the first one's does.
  const bool wait = job_->url.scheme == "https";
  if (wait != waits_for_pipe_) {
    waits_for_pipe_ = wait;
    curl_easy_setopt(easy(), CURLOPT_PIPEWAIT, wait ? 1L : 0L);
  }
  if (job_->anew) {
    plain_ = false;
    curl_easy_setopt(easy(), CURLOPT_FRESH_CONNECT, 1L);
  }
  if (!job_->proxy.empty()) {
    plain_ = false;
    curl_easy_setopt(easy(), CURLOPT_PROXY, job_->proxy.c_str());
  }
  if (jar != nullptr) {
    plain_ = false;
    curl_easy_setopt(easy(), CURLOPT_SHARE, jar);
    curl_easy_setopt(easy(), CURLOPT_COOKIEFILE, "");  // no file: only the engine is turned on
  }
}

std::size_t Lane::take_header(std::string_view line) {
  answered_ = true;
  header_bytes_ += line.size();
  const std::size_t most = settings_.limits.max_header_bytes;
  if (header_bytes_ > most) {
    too_large_ = "the headers are longer than " + std::to_string(most) + " bytes";
    return 0;
  }
  head_.take_line(line);
  return line.size();
}

std::size_t Lane::take_body(std::string_view bytes) {
  std::string& body = job_->result.page.body_as_sent;
  if (body.empty()) reserve_body();
  answered_ = true;
  const std::size_t kept = std::min(bytes.size(), max_body_bytes_ - body.size());
  const bool too_long = kept < bytes.size();
  if (!too_long || job_->request.cut_at_max) {
    body.append(bytes.substr(0, kept));
    bytes_in_flight_ += kept;
  }
  if (!too_long) return kept;
  if (job_->request.cut_at_max) {
    cut_ = true;
  } else {
    too_large_ = "the body is longer than " + std::to_string(max_body_bytes_) + " bytes";
  }
  return 0;
}

void Lane::reserve_body() {
  curl_off_t announced = 0;
  curl_easy_getinfo(easy(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  if (announced <= 0) return;
  job_->result.page.body_as_sent.reserve(
      std::min({static_cast<std::size_t>(announced), max_body_bytes_, max_reserved_bytes}));
}

bool Lane::may_connect_to(const std::optional<IpAddress>& address) {
  if (!job_->proxy.empty()) return true;  // the proxy's own; what it asks was checked before
  if (!address) return false;
  auto refused = settings_.guard.refuse(*job_->url.host, *job_->url.effective_port(), *address);
  if (!refused) return true;
  refused_ = *std::move(refused);
  return false;
}

// libcurl itself tries again a few times, over connections that it shares with others and that may
// be closed under it as well.
bool Lane::was_not_taken(int code) const {
  const bool may_share = job_->url.scheme == "https";
  return code == CURLE_SEND_ERROR && may_share && !answered_ && !job_->anew &&
         !has_body(job_->request);
}

JobPtr Lane::take_back() {
  static_cast<void>(head_.take());
  job_->anew = true;
  return std::move(job_);
}

TransferResult Lane::unload(int code) {
  TransferResult& result = job_->result;
  bytes_in_flight_ -= result.page.body_as_sent.size();
  fill_in(code);
  if (result.error == TransferError::none && is_redirect(result.page.status)) {
    if (const auto location = find_header(result.page.headers, "Location")) {
      auto target = formats::resolve_url(*location, job_->request.url);
      if (target) result.redirect = *std::move(target);
    }
  }
  const JobPtr done = std::move(job_);
  return std::move(done->result);
}

// What libcurl knows now that the transfer is over.
void Lane::fill_in(int code) {
  TransferResult& result = job_->result;
  Page& page = result.page;
  long status = 0;
  long version = 0;
  curl_off_t microseconds = 0;
  const char* address = nullptr;
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy(), CURLINFO_HTTP_VERSION, &version);
  curl_easy_getinfo(easy(), CURLINFO_TOTAL_TIME_T, &microseconds);
  curl_easy_getinfo(easy(), CURLINFO_PRIMARY_IP, &address);
  page.reason = head_.reason();
  page.headers = head_.take();
  page.status = static_cast<int>(status);
  page.http_version = http_version_name(version);
  page.took = std::chrono::duration_cast<Millis>(std::chrono::microseconds(microseconds));
  if (address != nullptr) page.remote_address = address;
  page.cut_short = cut_;
  if (cut_) code = CURLE_OK;
  result.error = kind_of(code, message_.data());
  if (!too_large_.empty()) {
    result.error = TransferError::too_large;
    result.detail = too_large_;
  } else if (code != CURLE_OK && !refused_.empty()) {
    result.error = TransferError::refused_address;
    result.detail = refused_;
  } else if (result.error != TransferError::none) {
    result.detail = words_of(code);
  }
}

// libcurl's own, which may hold the host, never the path or the query; a proxy's address, which may
// hold a password, is taken out.
std::string Lane::words_of(int code) const {
  if (code == CURLE_OUT_OF_MEMORY && answered_) return "a header line is longer than 100 KiB";
  std::string words =
      message_[0] != '\0' ? message_.data() : curl_easy_strerror(static_cast<CURLcode>(code));
  const std::string& proxy = job_->proxy;
  if (const auto at = proxy.empty() ? std::string::npos : words.find(proxy);
      at != std::string::npos)
    words.replace(at, proxy.size(), "the proxy");
  return words;
}

}  // namespace testigo::fetch
