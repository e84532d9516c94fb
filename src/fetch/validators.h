#pragma once

#include <string>
#include <vector>

#include "core/page.h"

namespace testigo::fetch {

// What an earlier answer gave us to ask "has it changed?" with (RFC 9110 §8.8). Empty: not given.
struct Validators {
  std::string etag;           // as sent, quotes and W/ included
  std::string last_modified;  // as sent

  [[nodiscard]] bool empty() const { return etag.empty() && last_modified.empty(); }
  friend bool operator==(const Validators&, const Validators&) = default;
};

[[nodiscard]] Validators validators_of(const std::vector<Header>& answer_headers);

// If-None-Match and If-Modified-Since for the next request; values that could break a header line
// are left out.
[[nodiscard]] std::vector<Header> conditional_headers(const Validators& validators);

}  // namespace testigo::fetch
