// usage: extract_bench FOLDER [options of Google Benchmark]
// Times the readers in-process on FOLDER/*.html, feed.xml and hits.json, each beside the parser
// that it stands on, over the same bytes.
#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "bare_parsers.h"
#include "core/embedded.h"
#include "extract/extract.h"
#include "give_up.h"
#include "sources/plan.h"
#include "sources/source.h"

namespace testigo::bench {
namespace {

constexpr std::size_t padding = 64;  // that simdjson asks for behind a text

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) give_up(path.string() + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

extract::ExtractorSpec spec_of(std::string_view source_name) {
  const std::string path = "rules/sources/" + std::string(source_name) + ".toml";
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path != path) continue;
    const auto source = value_or_give_up(sources::load_source(path, file.bytes));
    return value_or_give_up(sources::extractor_for(source, {}, {}));
  }
  give_up(path + " is not built in");
}

struct Input {
  std::vector<Page> pages;
  extract::ExtractorSpec spec;
};

Page page_of(std::string bytes, std::string_view type) {
  Page page;
  page.url = "https://shop.example/page";
  page.status = 200;
  page.headers = {{"Content-Type", std::string(type)}};
  page.body = std::move(bytes);
  return page;
}

void read(benchmark::State& state, const Input& input) {
  std::size_t bytes = 0;
  std::size_t posts = 0;
  for (auto _ : state) {
    for (const Page& page : input.pages) {
      const auto extraction = value_or_give_up(extract::extract_page(page, input.spec, UtcTime{}));
      posts += extraction.posts.size();
      bytes += page.body.size();
    }
  }
  if (posts == 0) give_up("nothing was read");
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(posts));
}

void walk(benchmark::State& state, const Input& input,
          const std::function<std::size_t(const std::string&)>& parser) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const Page& page : input.pages) {
      benchmark::DoNotOptimize(parser(page.body));
      bytes += page.body.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void register_pair(const std::string& name, const Input& input,
                   std::function<std::size_t(const std::string&)> parser) {
  benchmark::RegisterBenchmark(name.c_str(), [&input](auto& state) { read(state, input); });
  benchmark::RegisterBenchmark((name + "_bare").c_str(),
                               [&input, parser](auto& state) { walk(state, input, parser); });
}

}  // namespace
}  // namespace testigo::bench

int main(int argc, char** argv) {
  using namespace testigo::bench;
  benchmark::Initialize(&argc, argv);
  if (argc != 2) give_up("usage: extract_bench FOLDER [--benchmark_…]");
  const std::filesystem::path folder = argv[1];
  Input tree{{}, spec_of("pages")};
  Input plain{{}, spec_of("pages")};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    std::string bytes = bytes_of(entry.path());
    const bool json_ld = bytes.find("application/ld+json") != std::string::npos;
    (json_ld ? plain : tree).pages.push_back(page_of(std::move(bytes), "text/html"));
  }
  const Input feed{{page_of(bytes_of(folder / "feed.xml"), "application/rss+xml")},
                   spec_of("feed")};
  Input json{{page_of(bytes_of(folder / "hits.json"), "application/json")}, spec_of("hackernews")};
  json.pages[0].body.reserve(json.pages[0].body.size() + padding);
  register_pair("page_tree", tree, walk_gumbo);
  register_pair("page_plain", plain, walk_gumbo);
  register_pair("feed", feed, walk_libxml);
  register_pair("json", json, walk_simdjson);
  benchmark::RunSpecifiedBenchmarks();
}
