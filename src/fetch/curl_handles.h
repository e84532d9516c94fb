#pragma once

#include <curl/curl.h>
#include <memory>

namespace testigo::fetch {

struct CleanEasy {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct CleanMulti {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct CleanShare {
  void operator()(CURLSH* handle) const noexcept { curl_share_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CleanEasy>;
using Multi = std::unique_ptr<CURLM, CleanMulti>;
using Share = std::unique_ptr<CURLSH, CleanShare>;
using List = std::unique_ptr<curl_slist, FreeList>;

}  // namespace testigo::fetch
