// usage: store_bench POSTS [options of Google Benchmark]
//        store_bench POSTS jsonl
// Times store::ingest on prepared posts beside bare SQLite inserts of the rows that come of it.
// Each times a new file from opening to closing. An item is a post with all its rows.
// Or prints the posts, for `testigo import`.
#include <benchmark/benchmark.h>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

#include "bare_sqlite.h"
#include "formats/json_writer.h"
#include "rules_and_texts.h"
#include "store/store.h"
#include "store_rows.h"

namespace testigo::bench {
namespace {

namespace fs = std::filesystem;

// A folder for one database after another; goes with the program.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "testigo-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) give_up("no temporary folder can be made");
    folder_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { empty(true); }

  // The path of a database that is not there yet.
  [[nodiscard]] std::string fresh() const {
    empty(false);
    return (folder_ / "bench.db").string();
  }

 private:
  void empty(bool whole) const {
    std::error_code ignored;
    if (whole)
      fs::remove_all(folder_, ignored);
    else
      for (const auto& file : fs::directory_iterator(folder_)) fs::remove(file, ignored);
  }
  fs::path folder_;
};

void ingest_all(benchmark::State& state, const Scratch& scratch,
                const std::vector<store::Batch>& batches) {
  for (auto _ : state) {
    state.PauseTiming();
    const std::string path = scratch.fresh();
    state.ResumeTiming();
    auto store = value_or_give_up(store::Store::open(path));
    for (const store::Batch& batch : batches) {
      state.PauseTiming();
      store::Batch copy = batch;
      state.ResumeTiming();
      benchmark::DoNotOptimize(value_or_give_up(store::ingest(store, std::move(copy))));
    }
  }
}

void prepare_all(benchmark::State& state, const std::vector<store::Batch>& batches) {
  store::Batch copy;
  for (auto _ : state) {
    for (const store::Batch& batch : batches) {
      state.PauseTiming();
      copy = batch;
      state.ResumeTiming();
      for (store::Answer& answer : copy.answers)
        for (store::Sighting& sighting : answer.posts) store::prepare(sighting);
    }
  }
}

void print(const std::vector<store::Batch>& batches) {
  formats::JsonWriter json;
  for (const store::Batch& batch : batches) {
    for (const store::Sighting& sighting : batch.answers.front().posts) {
      const Post& post = sighting.post;
      json.begin_object().field("id", post.external_id).field("url", post.url);
      json.field("author", post.author).field("date", post.posted_at_written);
      if (post.rating) json.field("rating", post.rating->value);
      json.field("title", post.title).field("text", post.text).end_object();
      std::puts(json.take().c_str());
    }
  }
}

using Insert = void (*)(const std::string&, const std::vector<StoredPost>&, std::size_t);

void insert_all(benchmark::State& state, const Scratch& scratch,
                const std::vector<StoredPost>& posts, Insert insert) {
  for (auto _ : state) {
    state.PauseTiming();
    const std::string path = scratch.fresh();
    state.ResumeTiming();
    insert(path, posts, posts_per_batch);
  }
}

// What ingest makes of the batches, with the full text that it was given for them.
std::vector<StoredPost> final_rows(const Scratch& scratch,
                                   const std::vector<store::Batch>& batches) {
  const std::string path = scratch.fresh();
  {
    auto store = value_or_give_up(store::Store::open(path));
    for (const store::Batch& batch : batches)
      benchmark::DoNotOptimize(value_or_give_up(store::ingest(store, batch)));
  }
  auto posts = read_back(path);
  std::size_t next = 0;
  for (const store::Batch& batch : batches) {
    for (const store::Answer& answer : batch.answers) {
      for (const store::Sighting& sighting : answer.posts) {
        if (next == posts.size()) give_up("the store has fewer mentions than it was given");
        std::vector<std::string> themes;
        for (const Facet& theme : sighting.verdict.themes) themes.push_back(theme.name);
        add_tokens(posts[next++],
                   sighting.prepared->filters.front() + " " + sighting.prepared->words, themes);
      }
    }
  }
  return posts;
}

template <class Work>
void register_one(const char* name, std::size_t posts, Work work) {
  benchmark::RegisterBenchmark(
      name,
      [=](auto& state) {
        work(state);
        state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(posts));
      })
      ->Iterations(1)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace testigo::bench

int main(int argc, char** argv) {
  using namespace testigo::bench;
  benchmark::Initialize(&argc, argv);
  std::size_t count = 0;
  const bool printing = argc == 3 && std::string_view(argv[2]) == "jsonl";
  if (argc == 2 || printing)
    std::from_chars(argv[1], argv[1] + std::string_view(argv[1]).size(), count);
  if (count == 0) give_up("usage: store_bench POSTS [jsonl | --benchmark_…]");
  const auto batches = make_batches(count);
  if (printing) {
    print(batches);
    return 0;
  }
  const Scratch scratch;
  const auto posts = final_rows(scratch, batches);
  register_one("ingest", count, [&](auto& state) { ingest_all(state, scratch, batches); });
  register_one("prepare", count, [&](auto& state) { prepare_all(state, batches); });
  register_one("plain", count,
               [&](auto& state) { insert_all(state, scratch, posts, insert_plain); });
  register_one("same_tables", count,
               [&](auto& state) { insert_all(state, scratch, posts, insert_same_tables); });
  benchmark::RunSpecifiedBenchmarks();
}
