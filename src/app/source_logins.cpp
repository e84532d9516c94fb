#include "app/source_logins.h"

#include <utility>

namespace testigo::app {

bool SourceLogins::has_token(const SourceId& source, UtcTime now) const {
  const auto known = known_.find(source);
  return known != known_.end() && known->second.until > now;
}

std::optional<std::string> SourceLogins::token(const SourceId& source) const {
  const auto known = known_.find(source);
  return known == known_.end() ? std::nullopt : std::optional(known->second.token);
}

void SourceLogins::learn(const SourceId& source, sources::Token token, UtcTime now) {
  const UtcTime until = token.lifetime ? UtcTime(now + *token.lifetime) : UtcTime::max();
  known_.insert_or_assign(source, Known{std::move(token.value), until});
  if (++logins_[source] >= max_logins)
    refuse(source, "more than " + std::to_string(max_logins) + " logins");
}

void SourceLogins::forget(const SourceId& source, const std::string& token) {
  const auto known = known_.find(source);
  if (known != known_.end() && known->second.token == token) known_.erase(known);
}

std::optional<std::string> SourceLogins::refusal(const SourceId& source) const {
  const auto refused = refused_.find(source);
  return refused == refused_.end() ? std::nullopt : std::optional(refused->second);
}

bool SourceLogins::wait(const SourceId& source, std::int64_t ticket) {
  std::vector<std::int64_t>& waiting = waiting_[source];
  waiting.push_back(ticket);
  return waiting.size() == 1;
}

std::vector<std::int64_t> SourceLogins::take_waiting(const SourceId& source) {
  const auto waiting = waiting_.extract(source);
  return waiting ? std::move(waiting.mapped()) : std::vector<std::int64_t>();
}

}  // namespace testigo::app
