#pragma once

#include <string>
#include <unordered_map>

#include "fetch/curl_handles.h"

namespace testigo::fetch {

// Cookies by the name of their jar, in memory. One thread; the jars must outlive the handles that
// share them.
class CookieJars {
 public:
  // The jar of that name, made when it is first asked for; null for "", or where memory is out.
  [[nodiscard]] void* jar(const std::string& name);

 private:
  std::unordered_map<std::string, Share> jars_;
};

}  // namespace testigo::fetch
