#include "core/time.h"

#include <catch2/catch.hpp>

using namespace testigo;

TEST_CASE("an instant is written in UTC and read back", "[core]") {
  const UtcTime time = from_unix_ms(1'795'620'470'000);
  CHECK(to_iso8601(time) == "2026-11-25T15:27:50Z");
  CHECK(parse_iso8601("2026-11-25T15:27:50Z") == time);
  CHECK(to_iso8601(time + Millis(7)) == "2026-11-25T15:27:50.007Z");
  CHECK(parse_iso8601("2026-11-25T15:27:50.007Z") == time + Millis(7));
}

TEST_CASE("offsets are taken off, fractions are cut to milliseconds", "[core]") {
  CHECK(parse_iso8601("2026-11-25T17:27:50+02:00") == parse_iso8601("2026-11-25T15:27:50Z"));
  CHECK(parse_iso8601("2026-11-25T10:27:50-0500") == parse_iso8601("2026-11-25T15:27:50Z"));
  CHECK(parse_iso8601("2026-11-25T15:27:50.123456789Z") ==
        parse_iso8601("2026-11-25T15:27:50.123Z"));
  CHECK(parse_iso8601("2026-11-25") == parse_iso8601("2026-11-25T00:00:00Z"));
}

TEST_CASE("what is no date is refused", "[core]") {
  for (const auto* text : {"", "2026", "2026-13-01", "2026-02-30", "2026-11-25T25:00:00Z",
                           "2026-11-25T15:27:50", "2026-11-25T15:27:50Zx", "0000-01-01"})
    CHECK_FALSE(parse_iso8601(text).has_value());
}

TEST_CASE("instants before 1970 keep their day", "[core]") {
  CHECK(to_iso8601(from_unix_ms(-1)) == "1969-12-31T23:59:59.999Z");
  CHECK(to_string(*parse_day("1969-12-31")) == "1969-12-31");
}
