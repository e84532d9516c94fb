#include "fetch/curl_handles.h"

#include <curl/curl.h>

namespace testigo::fetch {

void CleanEasy::operator()(void* handle) const noexcept { curl_easy_cleanup(handle); }
void CleanMulti::operator()(void* handle) const noexcept { curl_multi_cleanup(handle); }
void CleanShare::operator()(void* handle) const noexcept { curl_share_cleanup(handle); }
void FreeList::operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }

bool append(List& list, const char* line) {
  curl_slist* grown = curl_slist_append(list.get(), line);
  if (grown == nullptr) return false;
  (void)list.release();
  list.reset(grown);
  return true;
}

}  // namespace testigo::fetch
