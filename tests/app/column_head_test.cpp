#include "app/column_head.h"

#include <catch2/catch.hpp>

using namespace testigo;
using app::read_column_head;

TEST_CASE("a head may state the scale of its ratings", "[app]") {
  const auto scale = [](std::string_view head) { return read_column_head(head).scale; };
  CHECK(read_column_head("Rating (1-5)").name == "Rating");
  CHECK(scale("Rating (1-5)")->worst == 1.0);
  CHECK(scale("Rating (1-5)")->best == 5.0);
  CHECK(scale("Score [0 to 10]")->worst == 0.0);
  CHECK(scale("Score [0 to 10]")->best == 10.0);
  CHECK(scale("Puntuación (de 1 a 10)")->best == 10.0);
  CHECK(scale("Notă (1–10 puncte)")->best == 10.0);
  CHECK(scale("Rating (out of 5 stars)")->best == 5.0);
  CHECK_FALSE(scale("Rating (/10)")->worst);
  for (const char* none :
       {"Rating (5-1)", "Rating (2024-2025)", "Rating (3)", "Rating (-1-5)", "Rating (1-5", "(1-5)",
        "Rating (1-5) 2", "Rating (out of range)", "Rating ()", "1-5", "Rating (99999999999-5)"}) {
    INFO(none);
    CHECK_FALSE(scale(none));
    CHECK(read_column_head(none).name == none);
  }
}

TEST_CASE("a head may state the zone of its times", "[app]") {
  using std::chrono::hours, std::chrono::minutes;
  const UtcTime summer = *parse_iso8601("2026-07-01T00:00:00Z");
  const auto offset = [&](std::string_view head) -> std::optional<std::chrono::seconds> {
    const auto zone = read_column_head(head).zone;
    return zone ? std::optional(text::offset_at(summer, *zone)) : std::nullopt;
  };
  CHECK(offset("Date (UTC)") == hours(0));
  CHECK(offset("posted_at_utc") == hours(0));
  CHECK(read_column_head("posted_at_utc").name == "posted_at");
  CHECK(offset("Date (GMT+2)") == hours(2));
  CHECK(offset("Date (UTC-03:30)") == -hours(3) - minutes(30));
  CHECK(offset("Date (Europe/Bucharest)") == hours(3));
  CHECK(offset("Date (CET)") == hours(2));
  CHECK(offset("Date (Pacific Time)") == -hours(7));
  for (const char* none : {"Date (local)", "Date (UTC+)", "Date (UTC+25)", "Date (UTC+1:5)",
                           "Date (BST)", "Date (d/m)", "utc", "minutc", "Date (No/Where)"}) {
    INFO(none);
    CHECK_FALSE(offset(none));
    CHECK(read_column_head(none).name == none);
  }
}
