#pragma once

#include <memory>

struct curl_slist;

namespace testigo::fetch {

// libcurl's handles, which its own header calls void. curl.h itself is seen by sources only.
struct CleanEasy {
  void operator()(void* handle) const noexcept;
};
struct CleanMulti {
  void operator()(void* handle) const noexcept;
};
struct CleanShare {
  void operator()(void* handle) const noexcept;
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept;
};
using Easy = std::unique_ptr<void, CleanEasy>;
using Multi = std::unique_ptr<void, CleanMulti>;
using Share = std::unique_ptr<void, CleanShare>;
using List = std::unique_ptr<curl_slist, FreeList>;

// Adds a line to a list, which may be none yet; false where memory is out.
[[nodiscard]] bool append(List& list, const char* line);

}  // namespace testigo::fetch
