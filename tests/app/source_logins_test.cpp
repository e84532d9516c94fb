#include "app/source_logins.h"

#include <catch2/catch.hpp>

using namespace testigo;
using app::SourceLogins;
using std::chrono::seconds;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");
const SourceId acme("acme");
const SourceId globex("globex");

}  // namespace

TEST_CASE("a token holds for its lifetime, and one without for the crawl", "[app]") {
  SourceLogins logins;
  CHECK_FALSE(logins.has_token(acme, noon));
  logins.learn(acme, {"a", seconds(60)}, noon);
  logins.learn(globex, {"g", std::nullopt}, noon);
  CHECK(logins.has_token(acme, noon + seconds(59)));
  CHECK_FALSE(logins.has_token(acme, noon + seconds(60)));
  CHECK(logins.token(acme) == "a");
  CHECK(logins.has_token(globex, noon + std::chrono::hours(24)));
}

TEST_CASE("a token that was refused is forgotten, one learnt since stays", "[app]") {
  SourceLogins logins;
  logins.learn(acme, {"old", std::nullopt}, noon);
  logins.forget(acme, "old");
  CHECK_FALSE(logins.token(acme));
  logins.learn(acme, {"new", std::nullopt}, noon);
  logins.forget(acme, "old");
  CHECK(logins.token(acme) == "new");
}

TEST_CASE("the first request that waits brings the login about, all get what it brings", "[app]") {
  SourceLogins logins;
  CHECK(logins.wait(acme, 3));
  CHECK_FALSE(logins.wait(acme, 1));
  CHECK(logins.wait(globex, 2));
  CHECK(logins.take_waiting(acme) == std::vector<std::int64_t>{3, 1});
  CHECK(logins.take_waiting(acme).empty());
  CHECK(logins.wait(acme, 4));
}

TEST_CASE("a refused login is not tried again, nor are logins without end", "[app]") {
  SourceLogins logins;
  CHECK_FALSE(logins.refusal(acme));
  logins.refuse(acme, "login refused: http 401");
  CHECK(logins.refusal(acme) == "login refused: http 401");
  for (int i = 0; i < SourceLogins::max_logins; ++i) {
    CHECK_FALSE(logins.refusal(globex));
    logins.learn(globex, {"g", std::nullopt}, noon);
  }
  CHECK(logins.refusal(globex));
  CHECK(logins.token(globex) == "g");
}
