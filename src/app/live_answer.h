#pragma once

#include <string>

#include "app/configuration.h"
#include "core/page.h"
#include "core/result.h"
#include "fetch/address_guard.h"
#include "fetch/transfer.h"
#include "sources/auth.h"

namespace testigo::app {

// What one question is asked with. All of it must outlive the call.
struct LiveTools {
  fetch::Transfers& transfers;
  const sources::Source& source;
  const sources::Secrets& secrets;
  UtcTime now;
};

// Asks one request now, for trying a source: robots.txt first where the source heeds it, then a
// login where it needs one, then the request, redirects followed on the way. Nothing is kept.
// Errors name what is missing (Errc::refused: a secret, robots.txt, a status of 400 and more) or
// what failed (Errc::io), and never hold a secret.
[[nodiscard]] Result<Page> ask_live(const LiveTools& tools, PageRequest request);

// Transfers with the bounds and the name that crawls have.
[[nodiscard]] fetch::TransferLimits transfer_limits(const FetchSettings& fetch);
[[nodiscard]] std::string user_agent(const Configuration& configuration);

}  // namespace testigo::app
