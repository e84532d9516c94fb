#include "fetch/politeness.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

using namespace testigo;
using namespace testigo::fetch;

namespace {

UtcTime at(std::int64_t ms) { return from_unix_ms(1'000'000 + ms); }

PolitenessLimits plain() {
  PolitenessLimits limits;
  limits.gap = Millis(1000);
  limits.adaptive = 0;
  return limits;
}

}  // namespace

TEST_CASE("one host is asked once at a time, with the gap between", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.add("a.example", 1);
  schedule.add("a.example", 2);
  CHECK(schedule.waiting_hosts() == 1);
  CHECK(schedule.next(at(0)) == Turn{"a.example", 1});
  CHECK_FALSE(schedule.next(at(5000)));
  CHECK_FALSE(schedule.next_time());
  schedule.finished("a.example", at(5000), Millis(100), FetchStatus::fetched);
  CHECK(schedule.next_time() == at(6000));
  CHECK_FALSE(schedule.next(at(5999)));
  CHECK(schedule.next(at(6000)) == Turn{"a.example", 2});
  CHECK(schedule.waiting() == 0);
  CHECK(schedule.waiting_hosts() == 0);
}

TEST_CASE("hosts do not wait for each other", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.add("a.example", 1);
  schedule.add("a.example", 2);
  schedule.add("b.example", 3);
  CHECK(schedule.next(at(0))->ticket == 1);
  CHECK(schedule.next(at(0))->ticket == 3);
  CHECK(schedule.in_flight() == 2);
}

TEST_CASE("the greatest gap wins, however long", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.set_gap("a.example", Millis(5000));  // robots' crawl-delay
  schedule.set_gap("a.example", Millis(2000));  // the source's own
  CHECK(schedule.gap_of("a.example") == Millis(5000));
  schedule.set_gap("b.example", Millis(10));
  CHECK(schedule.gap_of("b.example") == Millis(1000));
  schedule.set_gap("c.example", Millis(86'400'000));
  CHECK(schedule.gap_of("c.example") == Millis(86'400'000));
  CHECK(schedule.gap_of("unknown.example") == Millis(1000));
}

TEST_CASE("a gap that is learnt from an answer holds from that answer on", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.add("a.example", 1);  // robots.txt
  REQUIRE(schedule.next(at(0)));
  schedule.finished("a.example", at(100), Millis(100), FetchStatus::fetched);
  schedule.add("a.example", 2);
  CHECK(schedule.next_time() == at(1100));
  schedule.set_gap("a.example", Millis(300'000));
  CHECK_FALSE(schedule.next(at(300'099)));
  CHECK(schedule.next(at(300'100)) == Turn{"a.example", 2});
  schedule.set_gap("new.example", Millis(300'000));
  schedule.add("new.example", 3);
  CHECK(schedule.next(at(300'100)) == Turn{"new.example", 3});
}

TEST_CASE("with several requests at a time a learnt gap holds from the last start on",
          "[fetch][politeness]") {
  PolitenessLimits limits = plain();
  limits.in_flight = 2;
  HostSchedule schedule(limits);
  for (const std::int64_t ticket : {1, 2}) schedule.add("a.example", ticket);
  REQUIRE(schedule.next(at(0)));
  schedule.set_gap("a.example", Millis(5000));
  CHECK_FALSE(schedule.next(at(4999)));
  CHECK(schedule.next(at(5000))->ticket == 2);
}

TEST_CASE("Retry-After holds the whole host back", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.add("a.example", 1);
  schedule.postpone("a.example", at(30'000));
  CHECK_FALSE(schedule.next(at(29'999)));
  schedule.postpone("a.example", at(10'000));
  CHECK(schedule.next_time() == at(30'000));
  CHECK(schedule.next(at(30'000))->ticket == 1);
}

TEST_CASE("slow and overloaded hosts get longer gaps, and shorter ones again",
          "[fetch][politeness]") {
  PolitenessLimits limits = plain();
  limits.adaptive = 2.0;
  HostSchedule schedule(limits);
  const auto ask = [&](std::int64_t now, Millis took, FetchStatus status) {
    schedule.add("a.example", 1);
    REQUIRE(schedule.next(at(now)));
    schedule.finished("a.example", at(now), took, status);
    return schedule.gap_of("a.example");
  };
  CHECK(ask(0, Millis(4000), FetchStatus::fetched) == Millis(8000));
  CHECK(ask(100'000, Millis(10), FetchStatus::fetched) == Millis(4000));
  CHECK(ask(200'000, Millis(10), FetchStatus::retry_later) == Millis(8000));
  CHECK(ask(300'000, Millis(10), FetchStatus::retry_later) == Millis(16'000));
  CHECK(ask(400'000, Millis(600'000), FetchStatus::retry_later) == limits.longest_adaptive);
  for (int i = 5; i < 20; ++i) ask(i * 100'000, Millis(1), FetchStatus::fetched);
  CHECK(schedule.gap_of("a.example") == Millis(1000));
}

TEST_CASE("a host that is given up gives its requests back", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  for (const std::int64_t ticket : {1, 2, 3}) schedule.add("a.example", ticket);
  CHECK(schedule.next(at(0))->ticket == 1);
  CHECK(schedule.drop("a.example") == std::vector<std::int64_t>{2, 3});
  CHECK(schedule.drop("a.example").empty());
  CHECK(schedule.waiting() == 0);
  schedule.finished("a.example", at(1), Millis(1), FetchStatus::failed);
  CHECK_FALSE(schedule.next_time());
  schedule.add("a.example", 4);
  CHECK(schedule.next(at(10'000))->ticket == 4);
}

TEST_CASE("several requests at a time keep the gap between their starts", "[fetch][politeness]") {
  PolitenessLimits limits = plain();
  limits.in_flight = 2;
  HostSchedule schedule(limits);
  for (const std::int64_t ticket : {1, 2, 3}) schedule.add("a.example", ticket);
  CHECK(schedule.next(at(0))->ticket == 1);
  CHECK_FALSE(schedule.next(at(999)));
  CHECK(schedule.next(at(1000))->ticket == 2);
  CHECK_FALSE(schedule.next(at(9000)));
  schedule.finished("a.example", at(9000), Millis(1), FetchStatus::fetched);
  CHECK(schedule.next(at(9000))->ticket == 3);
}

TEST_CASE("a hundred thousand hosts are served in order of time", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  constexpr int hosts = 100'000;
  for (int i = 0; i < hosts; ++i) {
    const std::string host = "h" + std::to_string(i) + ".example";
    schedule.add(host, i);
    schedule.add(host, i + hosts);
    schedule.postpone(host, at((i * 7919) % 60'000));
  }
  UtcTime last = at(0);
  int served = 0;
  while (const auto due = schedule.next_time()) {
    REQUIRE(*due >= last);
    last = *due;
    const auto turn = schedule.next(*due);
    REQUIRE(turn);
    schedule.finished(turn->host, *due, Millis(5), FetchStatus::fetched);
    ++served;
  }
  CHECK(served == 2 * hosts);
}

TEST_CASE("hosts that keep us waiting longest are named first", "[fetch]") {
  HostSchedule schedule(PolitenessLimits{});
  schedule.set_gap("slow.example", Millis(10'000));
  for (std::int64_t ticket = 0; ticket < 3; ++ticket) schedule.add("slow.example", ticket);
  schedule.add("quick.example", 3);
  schedule.postpone("held.example", UtcTime(Millis(60'000)));
  schedule.add("held.example", 4);
  const auto slowest = schedule.slowest(2, UtcTime(Millis(5'000)));
  REQUIRE(slowest.size() == 2);
  CHECK(slowest[0] == HostWait{"held.example", 1, Millis(1'000), Millis(55'000)});
  CHECK(slowest[1] == HostWait{"slow.example", 3, Millis(10'000), Millis(20'000)});
}

TEST_CASE("a host is forgotten a minute after it could be asked again", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  schedule.set_gap("a.example", Millis(5000));
  schedule.add("a.example", 1);
  REQUIRE(schedule.next(at(0)));
  schedule.postpone("b.example", at(600'000));
  schedule.finished("a.example", at(100), Millis(10), FetchStatus::fetched);
  CHECK_FALSE(schedule.next(at(64'000)));
  CHECK(schedule.known_hosts() == 2);
  CHECK(schedule.gap_of("a.example") == Millis(5000));
  CHECK_FALSE(schedule.next(at(66'000)));
  CHECK(schedule.known_hosts() == 1);
  CHECK(schedule.gap_of("a.example") == plain().gap);
  // What a host asked for by Retry-After is not forgotten before its time.
  schedule.add("b.example", 2);
  CHECK_FALSE(schedule.next(at(599'999)));
  CHECK(schedule.next(at(600'000))->ticket == 2);
  // A host with a request in flight is never forgotten.
  for (int i = 0; i < 10; ++i) CHECK_FALSE(schedule.next(at(10'000'000 + i)));
  CHECK(schedule.known_hosts() == 1);
  schedule.finished("b.example", at(10'000'100), Millis(10), FetchStatus::fetched);
  schedule.add("c.example", 3);
  CHECK(schedule.next(at(10'000'200))->ticket == 3);
}

TEST_CASE("memory is for the hosts at hand", "[fetch][politeness]") {
  HostSchedule schedule(plain());
  std::size_t most = 0;
  for (int i = 0; i < 200'000; ++i) {  // a new host every 10 ms
    const std::string host = "h" + std::to_string(i) + ".example";
    schedule.add(host, i);
    const UtcTime now = at(10LL * i);
    while (const auto turn = schedule.next(now)) {
      schedule.finished(turn->host, now, Millis(5), FetchStatus::fetched);
    }
    most = std::max(most, schedule.known_hosts());
  }
  CHECK(most < 8000);  // those of a little over a minute
}
