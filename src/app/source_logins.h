#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "sources/auth.h"

namespace testigo::app {

// The tokens of sources that log in, in memory for one crawl: who has one, who waits for one, and
// whose login was refused. A login that was refused is not tried again within the crawl: services
// lock accounts that try again and again. Arithmetic on what the caller brings; asking is the
// caller's part.
class SourceLogins {
 public:
  // Of one source in one crawl. Six hours with tokens of ten minutes need 36; a service that takes
  // our logins and then refuses each token would ask for one with each request.
  static constexpr int max_logins = 50;

  // A token that holds at `now`, and the last one that there was, held or not.
  [[nodiscard]] bool has_token(const SourceId& source, UtcTime now) const;
  [[nodiscard]] std::optional<std::string> token(const SourceId& source) const;

  void learn(const SourceId& source, sources::Token token, UtcTime now);
  // The service no longer takes this token. One that was learnt since stays.
  void forget(const SourceId& source, const std::string& token);

  void refuse(const SourceId& source, std::string why) { refused_[source] = std::move(why); }
  // Why there will be no token; none while there may be.
  [[nodiscard]] std::optional<std::string> refusal(const SourceId& source) const;

  // A request waits. True for the first one: somebody has to log in.
  [[nodiscard]] bool wait(const SourceId& source, std::int64_t ticket);
  // All that wait, in order; they do so no more.
  [[nodiscard]] std::vector<std::int64_t> take_waiting(const SourceId& source);

 private:
  struct Known {
    std::string token;
    UtcTime until;
  };
  std::map<SourceId, Known> known_;
  std::map<SourceId, int> logins_;
  std::map<SourceId, std::string> refused_;
  std::map<SourceId, std::vector<std::int64_t>> waiting_;
};

}  // namespace testigo::app
