#include "fetch/retry.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::fetch;

namespace {
const UtcTime now = *parse_iso8601("2026-11-25T12:00:00Z");
}

TEST_CASE("answers are sorted into what to do next", "[fetch][retry]") {
  const auto of = [](int status) { return classify_answer(status, TransferError::none); };
  CHECK(of(200) == FetchStatus::fetched);
  CHECK(of(206) == FetchStatus::fetched);
  CHECK(of(304) == FetchStatus::not_modified);
  CHECK(of(404) == FetchStatus::gone);
  CHECK(of(410) == FetchStatus::gone);
  for (const int status : {401, 403, 451}) CHECK(of(status) == FetchStatus::refused);
  for (const int status : {408, 425, 429, 500, 502, 503, 504, 520}) {
    CHECK(of(status) == FetchStatus::retry_later);
  }
  for (const int status : {100, 300, 302, 400, 405, 501, 505})
    CHECK(of(status) == FetchStatus::failed);
}

TEST_CASE("transfers without an answer are retried where that can help", "[fetch][retry]") {
  const auto of = [](TransferError error) { return classify_answer(0, error); };
  for (const auto error : {TransferError::dns, TransferError::connect, TransferError::timeout,
                           TransferError::reset, TransferError::bad_content_length}) {
    CHECK(of(error) == FetchStatus::retry_later);
  }
  for (const auto error :
       {TransferError::bad_url, TransferError::refused_address, TransferError::tls,
        TransferError::too_large, TransferError::bad_encoding}) {
    CHECK(of(error) == FetchStatus::failed);
  }
}

TEST_CASE("waits grow, are jittered, capped, and end", "[fetch][retry]") {
  RetryLimits limits;
  CHECK(retry_delay(limits, 1, 0.0) == Millis(30'000));
  CHECK(retry_delay(limits, 2, 0.0) == Millis(120'000));
  CHECK(retry_delay(limits, 2, 0.999) < Millis(61'000));
  CHECK(retry_delay(limits, 3, 0.0) == Millis(480'000));
  CHECK_FALSE(retry_delay(limits, 4, 0.0));
  limits.attempts = 100;
  CHECK(retry_delay(limits, 90, 0.0) == limits.longest);
}

TEST_CASE("Retry-After is never undercut, and never longer than a day", "[fetch][retry]") {
  const RetryLimits limits;
  CHECK(*retry_delay(limits, 1, 0.9, Millis(600'000)) >= Millis(600'000));
  CHECK(*retry_delay(limits, 1, 0.0, Millis(1000)) == Millis(1000));  // believed the first time
  CHECK(*retry_delay(limits, 2, 0.0, Millis(1)) == Millis(3000));     // less so when it was broken
  CHECK(*retry_delay(limits, 3, 0.0, Millis(1)) == Millis(15'000));
  CHECK(*retry_delay(limits, 1, 0.0, std::chrono::hours(9999)) == limits.longest_asked);
}

TEST_CASE("Retry-After is seconds or a date", "[fetch][retry]") {  // RFC 9110 §10.2.3
  CHECK(parse_retry_after("120", now) == Millis(120'000));
  CHECK(parse_retry_after(" 0 ", now) == Millis(0));
  CHECK(parse_retry_after("Wed, 25 Nov 2026 12:01:00 GMT", now) == Millis(60'000));
  CHECK(parse_retry_after("Wed, 25 Nov 2026 11:00:00 GMT", now) == Millis(0));
  CHECK(parse_retry_after("99999999999999999999", now) == Millis(std::chrono::hours(24 * 365)));
  for (const char* value : {"", "soon", "-5", "1.5", "Wed, 99 Nov 2026 12:01:00 GMT"}) {
    CHECK_FALSE(parse_retry_after(value, now));
  }
}

TEST_CASE("all three forms of an HTTP date are read", "[fetch][retry]") {  // RFC 9110 §5.6.7
  const auto expected = parse_iso8601("1994-11-06T08:49:37Z");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now) == expected);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now) == expected);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994", now) == expected);
  CHECK(parse_http_date("Tuesday, 01-Jan-70 00:00:00 GMT", now) == parse_iso8601("2070-01-01"));
  CHECK_FALSE(parse_http_date("Sun, 31 Feb 1994 08:49:37 GMT", now));
  CHECK_FALSE(parse_http_date("Sun, 06 Nov 1994 25:49:37 GMT", now));
}

TEST_CASE("the time at which a limit begins anew is read in the ways that services write it",
          "[fetch][retry]") {
  CHECK(parse_rate_limit_reset("30", now) == Millis(30'000));
  CHECK(parse_rate_limit_reset("12.5", now) == Millis(12'000));
  const std::string unix_time = std::to_string(to_unix_ms(now) / 1000 + 60);
  CHECK(parse_rate_limit_reset(unix_time, now) == Millis(60'000));
  CHECK(parse_rate_limit_reset("2026-11-25T12:05:00.000Z", now) == Millis(300'000));
  for (const char* nothing : {"", "soon", "0", "-5", "nan", "inf", "1e300", "30;w=60",
                              "1700000000", "2020-01-01T00:00:00Z"}) {
    INFO(nothing);
    CHECK_FALSE(parse_rate_limit_reset(nothing, now));
  }
}
