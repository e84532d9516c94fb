#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/destination.h"
#include "core/page.h"
#include "formats/url.h"
#include "store/frontier.h"

namespace testigo::app {

// One request under way, or waiting for its turn. One for a robots.txt or a login has no lease.
struct Flight {
  std::optional<store::Lease> lease;
  std::optional<PageRequest> other;  // what to send in place of the lease's request: where a
                                     // redirect led, or what has no lease
  formats::Url url;                  // where current() goes, until it is sent
  std::string site;
  std::string host;
  std::string first_host;  // secrets go to this one only
  std::optional<SourceId> login;  // it asks for this source's token
  std::string token;              // sent with it, of a source that logs in
  bool renewed = false;           // it was refused with an old token, and is asked with a new one
  std::vector<Header> sent_headers;
  int hops = 0;
  bool hasty = false;  // its host is asked without a pause and never slows us down

  // What to send.
  [[nodiscard]] const PageRequest& current() const { return other ? *other : lease->request; }
};

}  // namespace testigo::app
