#include "fetch/cookie_jars.h"

#include <curl/curl.h>

namespace testigo::fetch {

void* CookieJars::jar(const std::string& name) {
  if (name.empty()) return nullptr;
  Share& jar = jars_[name];
  if (!jar) {
    jar.reset(curl_share_init());
    if (jar) curl_share_setopt(jar.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
  }
  return jar.get();
}

}  // namespace testigo::fetch
