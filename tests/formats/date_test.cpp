#include "formats/date.h"

#include <catch2/catch.hpp>

using namespace testigo;
using namespace testigo::formats;

namespace {

constexpr std::string_view now_text = "2026-11-25T15:30:00Z";  // a Wednesday

std::string read(std::string_view text, std::string_view language = "") {
  const auto time = parse_date(text, parse_iso8601(now_text).value(), language);
  return time ? to_iso8601(*time) : "none";
}

}  // namespace

TEST_CASE("the dates of protocols are read", "[formats]") {
  CHECK(read("2026-03-05T10:11:12Z") == "2026-03-05T10:11:12Z");
  CHECK(read("2026-03-05T10:11:12.345+02:00") == "2026-03-05T08:11:12.345Z");
  CHECK(read("2026-03-05 10:11") == "2026-03-05T10:11:00Z");
  CHECK(read("20260305T101112") == "2026-03-05T10:11:12Z");
  CHECK(read("Thu, 05 Mar 2026 10:11:12 GMT") == "2026-03-05T10:11:12Z");
  CHECK(read("Thu, 05 Mar 2026 10:11:12 +0200 (EET)") == "2026-03-05T08:11:12Z");
  CHECK(read("5 Mar 26 10:11 EST") == "2026-03-05T15:11:00Z");
  CHECK(read("Thu Mar  5 10:11:12 2026") == "2026-03-05T10:11:12Z");
  CHECK(read("1772705472") == "2026-03-05T10:11:12Z");
  CHECK(read("1772705472.5") == "2026-03-05T10:11:12.500Z");
  CHECK(read("1772705472345") == "2026-03-05T10:11:12.345Z");
}

TEST_CASE("days are named by their week, and by their place in the year", "[formats]") {
  CHECK(read("2026-W45-3") == "2026-11-04T00:00:00Z");
  CHECK(read("2026-W45") == "2026-11-02T00:00:00Z");
  CHECK(read("2026-W01-1") == "2025-12-29T00:00:00Z");
  CHECK(read("2026-W53-7") == "2027-01-03T00:00:00Z");
  CHECK(read("2026-310") == "2026-11-06T00:00:00Z");
  CHECK(read("2024-366") == "2024-12-31T00:00:00Z");
  for (const char* none : {"2026-366", "2026-000", "2025-W53-1", "2026-W00-1", "2026-W45-8",
                           "2026-W45-0", "0000-W01-1", "2026-W4-31"}) {
    INFO(none);
    CHECK(read(none) == "none");
  }
}

TEST_CASE("a mail's date is read in each form that RFC 5322 allows, and only if it is one",
          "[formats]") {
  CHECK(read("Thu, 5 Mar 2026 10:11 -0330") == "2026-03-05T13:41:00Z");
  CHECK(read("05 Mar 2026 10:11:12 UT") == "2026-03-05T10:11:12Z");
  CHECK(read("Sat, 29 Feb 2025 10:11:12 GMT") == "none");
  CHECK(read("Thu, 05 Mar 2026 24:11:12 GMT") == "none");
  CHECK(read("Sun, 31 Dec 1899 23:59:59 +0000") == "1899-12-31T23:59:59Z");
}

TEST_CASE("written dates are read in the languages we know", "[formats]") {
  CHECK(read("11 de marzo de 2014, 13:04", "es") == "2014-03-11T13:04:00Z");
  CHECK(read("mar, 11 mar 2014", "es") == "2014-03-11T00:00:00Z");
  CHECK(read("Publicado el 3 de enero de 2026 a las 9:30 p. m.", "es") == "2026-01-03T21:30:00Z");
  CHECK(read("6 februarie 2016, ora 18:05", "ro") == "2016-02-06T18:05:00Z");
  CHECK(read("joi, 5 martie 2026", "ro") == "2026-03-05T00:00:00Z");
  CHECK(read("March 5th, 2026 at 9 pm") == "2026-03-05T21:00:00Z");
  CHECK(read("Reviewed in Spain on 3 March 2014", "en-GB") == "2014-03-03T00:00:00Z");
  CHECK(read("26. Juli 2014, 22:56 Uhr", "de") == "2014-07-26T22:56:00Z");
  CHECK(read("2016年3月20日 21時40分") == "2016-03-20T21:40:00Z");
  CHECK(read("March 2014") == "2014-03-01T00:00:00Z");
}

TEST_CASE("numeric dates follow the language and what is possible", "[formats]") {
  CHECK(read("3/4/2014") == "2014-03-04T00:00:00Z");
  CHECK(read("3/4/2014", "en-US") == "2014-03-04T00:00:00Z");
  CHECK(read("3/4/2014", "en-GB") == "2014-04-03T00:00:00Z");
  CHECK(read("3/4/2014", "es") == "2014-04-03T00:00:00Z");
  CHECK(read("13/4/2014") == "2014-04-13T00:00:00Z");
  CHECK(read("3.4.2014") == "2014-04-03T00:00:00Z");
  CHECK(read("3.4.14 10:20", "ro") == "2014-04-03T10:20:00Z");
}

TEST_CASE("dates without a year are not in the future", "[formats]") {
  CHECK(read("3 March") == "2026-03-03T00:00:00Z");
  CHECK(read("3 diciembre", "es") == "2025-12-03T00:00:00Z");
  CHECK(read("29 February") == "2024-02-29T00:00:00Z");
  CHECK(read("Monday 10:00") == "2026-11-23T10:00:00Z");
  CHECK(read("10:04am") == "2026-11-25T10:04:00Z");
}

TEST_CASE("relative dates count back from now", "[formats]") {
  CHECK(read("3 days ago") == "2026-11-22T15:30:00Z");
  CHECK(read("an hour ago") == "2026-11-25T14:30:00Z");
  CHECK(read("yesterday at 9:05") == "2026-11-24T09:05:00Z");
  CHECK(read("hace 3 días", "es") == "2026-11-22T15:30:00Z");
  CHECK(read("hace una semana", "es") == "2026-11-18T15:30:00Z");
  CHECK(read("Hace más de un mes", "es") == "2026-10-25T15:30:00Z");
  CHECK(read("el mes pasado", "es") == "2026-10-25T15:30:00Z");
  CHECK(read("ayer", "es") == "2026-11-24T15:30:00Z");
  CHECK(read("acum o lună", "ro") == "2026-10-25T15:30:00Z");
  CHECK(read("acum 20 de minute", "ro") == "2026-11-25T15:10:00Z");
  CHECK(read("în urmă cu două zile", "ro") == "2026-11-23T15:30:00Z");
  CHECK(read("ieri", "ro") == "2026-11-24T15:30:00Z");
  CHECK(read("săptămâna trecută", "ro") == "2026-11-18T15:30:00Z");
  CHECK(read("in 2 days") == "2026-11-27T15:30:00Z");
  CHECK(read("2 mo. ago", "en") == "2026-09-25T15:30:00Z");
  CHECK(parse_date("1 month ago", parse_iso8601("2026-03-31T00:00:00Z").value()) ==
        parse_iso8601("2026-02-28T00:00:00Z"));
}

TEST_CASE("a word of a day has a clock beside it however that is written", "[formats]") {
  CHECK(read("ayer a las 14:30", "es") == "2026-11-24T14:30:00Z");  // "a" is short for years too
  CHECK(read("hier à 14h30", "fr") == "2026-11-24T14:30:00Z");
  CHECK(read("a las 10:05 del 3 de marzo de 2023", "es") == "2023-03-03T10:05:00Z");
  CHECK(read("joi 4 noiembrie 2021 ora 12:30", "ro") == "2021-11-04T12:30:00Z");
}

TEST_CASE("last Monday and half an hour ago are said in words", "[formats]") {
  CHECK(read("el lunes pasado", "es") == "2026-11-23T00:00:00Z");
  CHECK(read("lunea trecută", "ro") == "2026-11-23T00:00:00Z");
  CHECK(read("el martes a las 10:00", "es") == "2026-11-24T10:00:00Z");
  CHECK(read("hace instantes", "es") == "2026-11-25T15:30:00Z");
  CHECK(read("a fortnight ago", "en") == "2026-11-11T15:30:00Z");
  CHECK(read("hace media hora", "es") == "2026-11-25T15:00:00Z");
  CHECK(read("half an hour ago", "en") == "2026-11-25T15:00:00Z");
  CHECK(read("acum mai bine de un an", "ro") == "2025-11-25T15:30:00Z");
  CHECK(read("3 noi 2022", "ro") == "2022-11-03T00:00:00Z");
}

TEST_CASE("programs write dates as JavaScript and .NET do", "[formats]") {
  CHECK(read("Mon Mar 13 2023 10:00:00 GMT+0100 (Central European Standard Time)") ==
        "2023-03-13T09:00:00Z");
  CHECK(read("/Date(1678701600000)/") == "2023-03-13T10:00:00Z");
  CHECK(read("/Date(1678701600000+0200)/") == "2023-03-13T10:00:00Z");
  CHECK(read("/Date()/") == "none");
  CHECK(read("Rezension aus Deutschland vom 3. März 2023", "de") == "2023-03-03T00:00:00Z");
}

TEST_CASE("what is no date is none", "[formats]") {
  for (const char* text : {"",
                           " ",
                           "--",
                           "12",
                           "day",
                           "4/5",
                           "n/a",
                           "great product",
                           "2026-13-01",
                           "2026-02-30",
                           "2026-03-05T10:11:61Z",
                           "32 March 2014",
                           "2013-01-28T11:30:00-06:00Textra",
                           "25:10",
                           "99999999999999999999 days ago",
                           "2014-03-05 999999999999999999 hours",
                           "008060604.h020120162108060604.h",
                           "1234567890 years ago",
                           "5 stars",
                           "March March",
                           "\xff\xfe",
                           "1 2 3 4 5",
                           "the of at"}) {
    INFO(text);
    CHECK(read(text) == "none");
  }
  CHECK(read(std::string(300, '1')) == "none");
  CHECK(read("10000 years ago") == "none");
}
