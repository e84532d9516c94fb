#include "fetch/curl_proxy.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <memory>
#include <string_view>

namespace testigo::fetch {
namespace {

using namespace std::string_view_literals;

constexpr std::array schemes = {"http"sv,    "https"sv,  "socks5"sv,
                                "socks5h"sv, "socks4"sv, "socks4a"sv};

struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const UrlHandle& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

bool is_proxy(const std::string& address) {
  const UrlHandle url(curl_url());
  constexpr unsigned int as_libcurl_reads_it = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
  if (!url ||
      curl_url_set(url.get(), CURLUPART_URL, address.c_str(), as_libcurl_reads_it) != CURLUE_OK)
    return false;
  const std::string scheme = part(url, CURLUPART_SCHEME);
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) return false;
  const std::string behind =
      part(url, CURLUPART_PATH) + part(url, CURLUPART_QUERY) + part(url, CURLUPART_FRAGMENT);
  return behind.find('@') == std::string::npos;
}

}  // namespace testigo::fetch
