#pragma once

#include <optional>
#include <string_view>

#include "core/page.h"
#include "core/time.h"
#include "fetch/transfer_error.h"

namespace testigo::fetch {

// What an answer means. `http_status` is 0 where there was none, and then `error` says why.
// Redirects are not classified here: whoever follows them asks TransferResult::redirect first, and
// one that leads nowhere is `failed`.
[[nodiscard]] FetchStatus classify_answer(int http_status, TransferError error);

struct RetryLimits {
  int attempts = 4;                  // in all, the first included
  Millis first{30'000};              // before the second attempt
  double factor = 4.0;               // each further wait is so many times longer
  Millis longest{3'600'000};         // no wait of ours is longer than an hour
  Millis longest_asked{86'400'000};  // a Retry-After beyond a day is obeyed as a day
  double jitter = 0.5;               // a wait is cut by up to this share, so that hosts don't align
};

// How long to wait before the next attempt, after `attempts_made` of them; none when it is time to
// give up. `random` is in [0, 1). A Retry-After is never undercut, and takes the place of our own
// wait: a server that says "in a second" is asked again in a second (then in three, if it says so
// once more).
[[nodiscard]] std::optional<Millis> retry_delay(const RetryLimits& limits, int attempts_made,
                                                double random,
                                                std::optional<Millis> retry_after = {});

// RFC 9110 §10.2.3: seconds, or an HTTP date (all three forms of §5.6.7), as a wait from `now`;
// zero for a date that has passed. None if it is neither.
[[nodiscard]] std::optional<Millis> parse_retry_after(std::string_view value, UtcTime now);

// When a service's limit begins anew, as a wait from `now`: what RateLimit-Reset and X-RateLimit-Reset
// hold, which is seconds, a Unix time or an ISO time. None if it is none of these, or has passed.
[[nodiscard]] std::optional<Millis> parse_rate_limit_reset(std::string_view value, UtcTime now);

// RFC 9110 §5.6.7: IMF-fixdate, RFC 850 and asctime forms.
[[nodiscard]] std::optional<UtcTime> parse_http_date(std::string_view value, UtcTime now);

}  // namespace testigo::fetch
