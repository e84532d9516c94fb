#include "store/support/store_fixture.h"

#include <unistd.h>

#include "store/check.h"
#include "store/erasure.h"

namespace testigo::store {

UtcTime noon(int hours) {
  return *parse_iso8601("2026-03-10T12:00:00Z") + std::chrono::hours(hours);
}

Day day_at(UtcTime time) { return Day{std::chrono::floor<std::chrono::days>(time)}; }

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "testigo_store_XXXXXX").string();
  path = mkdtemp(pattern.data());
}
TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}
std::string TempFolder::file(std::string_view name) const { return (path / name).string(); }

Store open_memory() { return value_of(Store::open(":memory:")); }

Sighting sighting(std::string_view external_id, std::string_view text, Tag tag) {
  Sighting s;
  s.post.source = SourceId("forum");
  s.post.external_id = external_id;
  s.post.page_url = "https://forum.example/thread/1";
  s.post.url = "https://forum.example/post/" + std::string(external_id);
  s.post.author = "Ana";
  s.post.posted_at = noon();
  s.post.text = text;
  s.seen_at = noon(5);
  s.day = day_at(noon());
  s.verdict.language = "en";
  s.verdict.tag = tag;
  s.verdict.polarity = tag == Tag::advocacy ? Polarity::positive : Polarity::negative;
  s.verdict.score = tag == Tag::advocacy ? 0.7 : -0.7;
  s.verdict.confidence = 0.9;
  s.verdict.act = tag == Tag::advocacy ? Act::praise : Act::complain;
  s.verdict.stage = Stage::smot;
  s.brands = {{BrandId("acme"), tag, s.verdict.score}};
  return s;
}

Batch batch_of(std::vector<Sighting> posts) {
  Batch batch;
  batch.rules = "sha256:rules";
  batch.now = noon(6);
  batch.answers.emplace_back().posts = std::move(posts);
  return batch;
}

IngestCounts put(Store& store, std::vector<Sighting> posts) {
  return value_of(ingest(store, batch_of(std::move(posts))));
}

void erase_post(Store& store, std::string_view external_id) {
  Erasure erasure;
  erasure.reason = "asked";
  erasure.at = noon(8);
  erasure.posts = {post_id(sighting(external_id, "").post)};
  REQUIRE(begin_erasure(store, erasure));
}

std::string ask(Store& store, std::string_view sql) {
  std::string out;
  SqlSink sink;
  sink.columns = [](std::span<const std::string>) {};
  sink.row = [&](std::span<const Cell> cells) {
    if (!out.empty()) out += '\n';
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += '|';
      if (const auto* text = std::get_if<std::string>(&cells[i]))
        out += *text;
      else if (const auto* integer = std::get_if<std::int64_t>(&cells[i]))
        out += std::to_string(*integer);
      else if (const auto* real = std::get_if<double>(&cells[i])) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%g", *real);
        out += buffer;
      } else
        out += '~';
    }
    return true;
  };
  const Result<void> done = run_sql(store, sql, {}, sink);
  if (!done) return "error: " + describe(done.error());
  return out;
}

std::string faults(Store& store) {
  std::string out;
  for (const CheckResult& result : value_of(check_deeply(store))) {
    if (!result.good) out += result.name + ": " + result.what + "\n";
  }
  return out;
}

}  // namespace testigo::store
