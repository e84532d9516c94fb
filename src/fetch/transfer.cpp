#include "fetch/transfer.h"

#include <cstdlib>
#include <curl/curl.h>
#include <utility>

#include "fetch/curl_proxy.h"
#include "fetch/curl_transfers.h"
#include "fetch/request_check.h"

namespace testigo::fetch {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// libcurl, the library, looks at none of these by itself.
std::string ca_file() {
  std::string file = environment("CURL_CA_BUNDLE");
  return file.empty() ? environment("SSL_CERT_FILE") : file;
}

// Told without the address, which may hold a password.
Result<void> check_proxies(const ProxySettings& settings) {
  const auto fault = [](std::string where) {
    return fail(Errc::malformed,
                "is no address of a proxy; write http://proxy.example:3128, with user:password@ "
                "before the host where it asks for them, each %-encoded",
                std::move(where));
  };
  if (!settings.http.empty() && !is_proxy(settings.http)) return fault("http_proxy or all_proxy");
  if (!settings.https.empty() && !is_proxy(settings.https))
    return fault("https_proxy or all_proxy");
  return {};
}

}  // namespace

Result<std::unique_ptr<Transfers>> make_curl_transfers(TransferLimits limits, AddressGuard guard,
                                                       std::string user_agent,
                                                       const std::vector<std::string>& resolve) {
  if (!is_field_value(user_agent))
    return fail(Errc::malformed, "the user agent has a control character in it");
  ProxySettings proxies = ProxySettings::from(environment);
  if (auto good = check_proxies(proxies); !good) return fail(std::move(good.error()));
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Multi multi(ready == CURLE_OK ? curl_multi_init() : nullptr);
  if (!multi) return fail(Errc::io, "libcurl cannot be set up", curl_easy_strerror(ready));
  LaneSettings settings;
  settings.limits = limits;
  settings.guard = std::move(guard);
  settings.user_agent = std::move(user_agent);
  settings.ca_file = ca_file();
  settings.ca_folder = environment("SSL_CERT_DIR");
  for (const std::string& entry : resolve) {
    if (!append(settings.fixed_addresses, entry.c_str())) {
      return fail(Errc::io, "no memory for the addresses of hosts");
    }
  }
  auto transfers =
      std::make_unique<CurlTransfers>(std::move(multi), std::move(settings), std::move(proxies));
  if (!transfers->ready())
    return fail(Errc::io, "no file descriptor is left to wait for connections with");
  return transfers;
}

}  // namespace testigo::fetch
