#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/page.h"
#include "core/result.h"
#include "fetch/address_guard.h"
#include "fetch/transfer_error.h"
#include "formats/url.h"

namespace testigo::fetch {

// Bounds on what one transfer may take from us. Servers are strangers: each number is what an
// honest review page or feed stays far below.
struct TransferLimits {
  Millis connect{15'000};
  Millis first_byte{60'000};  // from the start to the first byte of the answer
  Millis slow{30'000};        // this long under `slow_bytes_per_second` ends it
  std::size_t slow_bytes_per_second = 64;
  Millis total{300'000};
  std::size_t max_header_bytes = 128 * 1024;
  std::size_t max_body_bytes = 16 * 1024 * 1024;     // as sent
  std::size_t max_decoded_bytes = 64 * 1024 * 1024;  // after Content-Encoding is undone
  std::size_t max_connections = 64;                  // open at once, all hosts together
  // Of bodies that are being received: beyond it no new transfer starts (but one always may), so
  // that many large bodies at once stay within what a small machine has.
  std::size_t max_bytes_in_flight = 64 * 1024 * 1024;
};

// One HTTP request. Redirects are never followed here: each hop goes through guard and robots.
struct TransferRequest {
  std::int64_t id = 0;  // the caller's own number, handed back with the result
  std::string method = "GET";
  std::string url;              // absolute, http or https; may hold secrets
  std::optional<formats::Url> parsed;  // the url, where the caller has it so: spares parsing it
  std::string archive_url;      // what page.url will show; empty: the url itself
  std::vector<Header> headers;  // beside User-Agent, Accept and Accept-Encoding, which they replace
  std::string body;
  std::size_t max_body_bytes = 0;  // 0: the limits' own; robots.txt asks for less
  bool cut_at_max = false;         // a longer body is cut and kept instead of failing (robots.txt)
  // Name of a cookie jar: what answers set in it is sent with later requests to the same site that
  // name it too (RFC 6265). Jars live in memory as long as the Transfers. "": no cookies at all.
  std::string cookie_jar;
};

// How it ended. With `error` other than none, `page` holds what is known (address, time taken)
// and no body.
struct TransferResult {
  std::int64_t id = 0;
  TransferError error = TransferError::none;
  std::string detail;  // for a person, where there is an error; never holds the URL
  Page page;           // url is the archive_url; `body` is still empty: see decode_page
  std::optional<std::string> redirect;  // 301, 302, 303, 307, 308: Location made absolute
};

// Moves bytes. All but wake() belong to one thread.
class Transfers {
 public:
  Transfers() = default;
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;
  virtual ~Transfers() = default;

  virtual void start(TransferRequest request) = 0;
  // Transfers that ended, waiting up to `longest` for the first of them, even where none is
  // running. Returns early, and perhaps with nothing, after wake().
  [[nodiscard]] virtual std::vector<TransferResult> wait(Millis longest) = 0;
  // Ends the wait() that is going on, or the next one. From any thread.
  virtual void wake() = 0;
  // Gives a transfer up; its result comes with `cancelled`. Unknown ids are ignored.
  virtual void cancel(std::int64_t id) = 0;
  [[nodiscard]] virtual std::size_t running() const = 0;
};

// What goes out with a request that brings `headers`: with ours before them, where it has none of
// that name.
[[nodiscard]] std::vector<Header> headers_as_sent(const std::string& user_agent,
                                                  const std::vector<Header>& headers);

// Transfers over libcurl: HTTP/1.1 and 2 (several requests to a host over one connection), proxies
// from the environment (http_proxy, https_proxy, all_proxy, no_proxy), nothing kept between requests
// but connections. Behind a proxy names are resolved and checked here first; a name that we cannot
// resolve is then not asked for, unless the guard trusts the host. Certificates are always verified:
// by the system's, or by the PEM file that CURL_CA_BUNDLE or SSL_CERT_FILE names and the folder that
// SSL_CERT_DIR names, as the curl program does. `resolve` gives hosts addresses without asking DNS,
// "shop.example:443:192.0.2.7" each; the guard judges them as any. Errc::malformed
// if `user_agent` is none to be sent or a proxy's address is none, io if libcurl cannot be set up.
[[nodiscard]] Result<std::unique_ptr<Transfers>> make_curl_transfers(
    TransferLimits limits, AddressGuard guard, std::string user_agent,
    const std::vector<std::string>& resolve = {});

// Undoes Content-Encoding: fills page.body from body_as_sent, at most `max_decoded_bytes`. Pure,
// for the worker that will read the page. Errc::limit_exceeded or malformed; transfer_error_of
// names it for the ledger.
[[nodiscard]] Result<Page> decode_page(Page page, std::size_t max_decoded_bytes);
[[nodiscard]] TransferError transfer_error_of(const Error& decoding_error);

}  // namespace testigo::fetch
