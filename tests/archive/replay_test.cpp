#include "archive/replay.h"

#include <catch2/catch.hpp>
#include <string>

#include "archive/redact.h"
#include "archive/support/scratch.h"
#include "archive/tombstone.h"
#include "archive/verify.h"
#include "core/digest.h"

using namespace testigo;
using namespace testigo::archive;
using test::exchange;
using test::Scratch;

namespace {

const UtcTime noon = *parse_iso8601("2026-11-25T12:00:00Z");

Replay replay_of(const Scratch& scratch) {
  auto replay = Replay::open(archive_files(scratch.folder()));
  REQUIRE(replay);
  return *std::move(replay);
}

std::string body_of(Replay& replay, std::string_view method, std::string_view url,
                    std::string_view body = {}) {
  const auto answer = replay.take(method, url, body);
  REQUIRE(answer);
  return *answer ? (*answer)->page.body_as_sent : "(nothing)";
}

}  // namespace

TEST_CASE("answers come back in order of time, each once", "[archive][replay]") {
  const Scratch scratch;
  std::vector<EvidenceRef> references;
  {
    auto out = WarcWriter::open(test::options(scratch), noon);
    references.push_back(
        *out->append(exchange("https://e.example/a", "late", "2026-11-25T13:00:00Z")));
    references.push_back(
        *out->append(exchange("https://e.example/a", "early", "2026-11-25T12:00:00Z")));
    references.push_back(*out->append(exchange("https://e.example/b", "other")));
  }
  Replay replay = replay_of(scratch);
  CHECK(replay.size() == 3);
  CHECK(replay.left("GET", "https://e.example/a") == 2);
  CHECK(replay.earliest() == noon);
  CHECK(replay.latest() == noon + std::chrono::hours(1));
  const auto first = *replay.take("GET", "https://e.example/a#fragment");
  REQUIRE(first);
  CHECK(first->page.body_as_sent == "early");
  CHECK(first->page.fetched_at == noon);
  CHECK(first->evidence == references[1]);
  CHECK(body_of(replay, "GET", "https://e.example/a") == "late");
  CHECK(body_of(replay, "GET", "https://e.example/a") == "(nothing)");
  CHECK(replay.left("GET", "https://e.example/a") == 0);
  CHECK(body_of(replay, "GET", "https://e.example/unknown") == "(nothing)");
}

TEST_CASE("method and body tell requests to one URL apart", "[archive][replay]") {
  const Scratch scratch;
  {
    auto out = WarcWriter::open(test::options(scratch), noon);
    for (const std::string query : {"acme", "globex"}) {
      Exchange asked = exchange("https://e.example/search", "found " + query);
      asked.method = "POST";
      asked.request_body = "q=" + query;
      REQUIRE(out->append(asked));
    }
    Exchange unchanged = exchange("https://e.example/search", "");
    unchanged.page.status = 304;
    REQUIRE(out->append_revisit(unchanged, {}));
  }
  Replay replay = replay_of(scratch);
  CHECK(body_of(replay, "POST", "https://e.example/search", "q=globex") == "found globex");
  CHECK(body_of(replay, "POST", "https://e.example/search", "q=other") == "(nothing)");
  CHECK(body_of(replay, "POST", "https://e.example/search", "q=acme") == "found acme");
  CHECK((*replay.take("GET", "https://e.example/search"))->page.status == 304);
}

TEST_CASE("a revisit for a body that is kept elsewhere gives the whole answer",
          "[archive][replay]") {
  const Scratch scratch;
  EvidenceRef original;
  {
    auto out = WarcWriter::open(test::options(scratch), noon);
    original = *out->append(exchange("https://e.example/a", "the body"));
    REQUIRE(out->append(exchange("https://e.example/a", "another", "2026-11-25T12:30:00Z")));
    Exchange again = exchange("https://e.example/a", "the body", "2026-11-25T13:00:00Z");
    again.page.headers.push_back({"X-Visit", "second"});
    RevisitOf of{original.payload_digest, "", "https://e.example/a", noon};
    of.profile = RevisitProfile::identical_payload_digest;
    REQUIRE(out->append_revisit(again, of));
    of.date = {};  // who names no date is believed the digest
    Exchange third = exchange("https://e.example/a", "the body", "2026-11-25T14:00:00Z");
    REQUIRE(out->append_revisit(third, of));
    of.payload_digest = labelled_digest("never kept");
    REQUIRE(out->append_revisit(exchange("https://e.example/lost", "never kept"), of));
  }
  CHECK(verify_files(archive_files(scratch.folder())).sound());
  Replay replay = replay_of(scratch);
  CHECK(body_of(replay, "GET", "https://e.example/a") == "the body");
  CHECK(body_of(replay, "GET", "https://e.example/a") == "another");
  const auto revisit = *replay.take("GET", "https://e.example/a");
  REQUIRE(revisit);
  CHECK(revisit->page.status == 200);
  CHECK(revisit->page.body_as_sent == "the body");
  CHECK(revisit->page.fetched_at == noon + std::chrono::hours(1));
  CHECK(find_header(revisit->page.headers, "X-Visit") == "second");
  CHECK(revisit->evidence == original);
  CHECK(body_of(replay, "GET", "https://e.example/a") == "the body");
  const auto lost = replay.take("GET", "https://e.example/lost");
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == Errc::not_found);
}

TEST_CASE("a torn end is told, and what comes before it replayed", "[archive][replay]") {
  const Scratch scratch;
  std::string file;
  {
    auto out = WarcWriter::open(test::options(scratch), noon);
    REQUIRE(out->append(exchange("https://e.example/", "kept")));
    REQUIRE(out->append(exchange("https://e.example/", "torn")));
    file = scratch.path(out->current_file());
  }
  const std::string bytes = test::read_file(file);
  test::write_file(file, std::string_view(bytes).substr(0, bytes.size() - 400));
  Replay replay = replay_of(scratch);
  CHECK(replay.messages().size() == 1);
  CHECK(body_of(replay, "GET", "https://e.example/") == "kept");
  test::write_file(file, "garbage\n");
  CHECK_FALSE(Replay::open(archive_files(scratch.folder())));
  CHECK_FALSE(Replay::open(std::vector<std::string>{scratch.path("gone.warc")}));
}

TEST_CASE("an erased page is not replayed", "[archive][replay]") {
  const Scratch scratch;
  EvidenceRef evidence;
  {
    auto out = WarcWriter::open(test::options(scratch), noon);
    evidence = *out->append(exchange("https://e.example/", "gone"));
  }
  REQUIRE(erase_record(scratch.folder(), evidence, "", noon));
  CHECK(replay_of(scratch).size() == 0);
}

TEST_CASE("secrets leave URLs, headers and bodies in every spelling", "[archive][redact]") {
  const std::vector<std::string> secrets = {"k3y/+=", "tok en", "abc", "k3y/+=longer"};
  CHECK(redact("https://e.example/?key=k3y/+=&x=1", secrets) ==
        "https://e.example/?key=REDACTED&x=1");
  CHECK(redact("?a=k3y%2F%2B%3D&b=k3y%2f%2b%3d&c=tok+en&d=tok%20en", secrets) ==
        "?a=REDACTED&b=REDACTED&c=REDACTED&d=REDACTED");
  CHECK(redact("k3y/+=longer", secrets) == "REDACTED");
  CHECK(redact("abc stays: too short to be a secret", secrets) ==
        "abc stays: too short to be a secret");
  CHECK(redact(std::vector<Header>{{"authorization", "Bearer x"}, {"X-Q", "k3y/+="}, {"A", "b"}},
               secrets) ==
        std::vector<Header>{{"authorization", "REDACTED"}, {"X-Q", "REDACTED"}, {"A", "b"}});
}
