#include "app/replay_passes.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "archive/verify.h"
#include "archive/warc_writer.h"

using namespace testigo;
using app::ReplayPass;

namespace {

UtcTime at(std::string_view clock) {
  return *parse_iso8601("2026-11-" + std::string(clock) + ":00Z");
}

// An archive that holds answers to these addresses at these times.
archive::Replay recorded(const std::vector<std::pair<std::string, UtcTime>>& answers) {
  const auto folder = std::filesystem::temp_directory_path() / "testigo-replay-passes";
  std::filesystem::remove_all(folder);
  {
    archive::WriterOptions options;
    options.folder = folder.string();
    auto writer = archive::WarcWriter::open(options, at("01T00:00"));
    REQUIRE(writer);
    for (const auto& [url, time] : answers) {
      archive::Exchange exchange;
      exchange.archive_url = exchange.page.url = url;
      exchange.page.status = 200;
      exchange.page.http_version = "1.1";
      exchange.page.body_as_sent = "answer";
      exchange.page.fetched_at = time;
      REQUIRE(writer->append(exchange));
    }
  }
  auto replay = archive::Replay::open(archive::archive_files(folder.string()));
  REQUIRE(replay);
  return std::move(*replay);
}

PageRequest entry(const std::string& watch, const std::string& url) {
  PageRequest request;
  request.watch = watch;
  request.url = request.archive_url = url;
  request.entry = true;
  return request;
}

const std::string feed = "https://a.example/feed";
const std::string shop = "https://b.example/";

}  // namespace

TEST_CASE("a pass ends where an entry request is answered again", "[app]") {
  const auto replay = recorded({{feed, at("01T08:00")},
                                {shop, at("01T08:01")},
                                {"https://b.example/page", at("01T08:02")},
                                {feed, at("02T08:00")},
                                {feed, at("03T08:00")},
                                {shop, at("03T08:01")}});
  CHECK(app::replay_passes(replay, {entry("acme/feed", feed), entry("acme/pages", shop)}) ==
        std::vector<ReplayPass>{{at("01T08:00"), at("02T08:00")},
                                {at("02T08:00"), at("03T08:00")},
                                {at("03T08:00"), std::nullopt}});
}

TEST_CASE("two watches that ask the same do not end each other's pass", "[app]") {
  const auto replay = recorded({{feed, at("01T08:00")}, {feed, at("01T08:01")},
                                {feed, at("02T08:00")}, {feed, at("02T08:01")}});
  CHECK(app::replay_passes(replay, {entry("acme/feed", feed), entry("globex/feed", feed)}) ==
        std::vector<ReplayPass>{{at("01T08:00"), at("02T08:00")},
                                {at("02T08:00"), std::nullopt}});
}

TEST_CASE("an archive of other requests has no pass", "[app]") {
  const auto replay = recorded({{shop, at("01T08:00")}});
  CHECK(app::replay_passes(replay, {entry("acme/feed", feed)}).empty());
}
