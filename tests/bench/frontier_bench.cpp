// usage: frontier_bench [URLS [BATCH]]
// CPU time and file size of the frontier, a URL enqueued, leased and completed each, in batches of
// one transaction as a crawl does it: a million hosts of one URL, and one host of a million.
// Prints one line of JSON for each.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include "store/connection.h"
#include "store/ingest.h"
#include "store/store.h"

namespace testigo::bench {
namespace {

namespace fs = std::filesystem;

constexpr UtcTime start = from_unix_ms(1'767'225'600'000);  // 2026-01-01

// Nobody is there to hand an error to.
[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

template <class T>
T value_or_give_up(Result<T> result) {
  if (!result) give_up(describe(result.error()));
  return std::move(*result);
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Bytes of memory of this process' own, without pages of files.
std::int64_t own_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "RssAnon:") continue;
    std::int64_t kilobytes = 0;
    status >> kilobytes;
    return kilobytes * 1024;
  }
  return 0;
}

PageRequest request(std::size_t n, bool one_host) {
  const std::string number = std::to_string(n);
  PageRequest request;
  request.source = SourceId("pages");
  request.watch = "acme/pages";
  request.step = "page";
  request.url = "https://" + (one_host ? std::string("shop") : "shop" + number) +
                ".example/products/reviews/item-" + number + "?page=1";
  request.archive_url = request.url;
  request.headers = {{"Accept", "text/html"}};
  request.depth = 1;
  return request;
}

struct Cost {
  double enqueue = 0.0;  // CPU seconds
  double ask = 0.0;      // lease and complete
  std::int64_t file_bytes = 0;
  std::int64_t memory = 0;
};

// As an answer that leads to others does it: `advance` with what was discovered.
void enqueue_all(store::Store& store, std::size_t urls, std::size_t batch, bool one_host,
                 Cost& cost) {
  for (std::size_t n = 0; n < urls;) {
    store::Batch step;
    step.run = store::RunId(1);
    step.now = start;
    store::Answer& answer = step.answers.emplace_back();
    for (const std::size_t end = std::min(urls, n + batch); n < end; ++n)
      answer.discovered.push_back(request(n, one_host));
    const double before = cpu_seconds();
    value_or_give_up(store::advance(store, std::move(step)));
    cost.enqueue += cpu_seconds() - before;
  }
}

// Each step ends what the one before leased, and leases more.
std::size_t ask_all(store::Store& store, std::size_t batch, Cost& cost) {
  std::size_t asked = 0;
  std::vector<store::Lease> leases;
  do {
    store::Batch step;
    step.run = store::RunId(1);
    step.now = start;
    for (const store::Lease& lease : leases) step.answers.emplace_back().request = lease.key;
    step.wanted =
        store::LeaseLimits{.watches = {"acme/pages"}, .requests = batch, .per_host = batch};
    const double before = cpu_seconds();
    leases = value_or_give_up(store::advance(store, std::move(step))).leases;
    cost.ask += cpu_seconds() - before;
    asked += leases.size();
  } while (!leases.empty());
  return asked;
}

Cost measure(const std::string& path, std::size_t urls, std::size_t batch, bool one_host) {
  Cost cost;
  auto store = value_or_give_up(store::Store::open(path));
  value_or_give_up(store::begin_pass(store, "acme/pages", start));
  enqueue_all(store, urls, batch, one_host, cost);
  store.connection().script("PRAGMA wal_checkpoint(TRUNCATE)");
  cost.file_bytes = static_cast<std::int64_t>(fs::file_size(path));
  if (ask_all(store, batch, cost) != urls) give_up("not every URL was leased once");
  cost.memory = own_memory();
  return cost;
}

void report(const char* name, const std::string& path, std::size_t urls, std::size_t batch,
            bool one_host) {
  const Cost cost = measure(path, urls, batch, one_host);
  const auto each = static_cast<double>(urls);
  std::printf(
      "{\"shape\":\"%s\",\"urls\":%zu,\"batch\":%zu,\"enqueue_us\":%.2f,\"lease_and_complete_us\":"
      "%.2f,\"us_per_url\":%.2f,\"file_bytes_per_url\":%.0f,\"memory_mb\":%.1f}\n",
      name, urls, batch, cost.enqueue / each * 1e6, cost.ask / each * 1e6,
      (cost.enqueue + cost.ask) / each * 1e6, static_cast<double>(cost.file_bytes) / each,
      static_cast<double>(cost.memory) / 1e6);
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path + suffix);
}

std::size_t number(const char* text) {
  std::size_t value = 0;
  const std::string_view digits = text;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || value == 0) give_up("usage: frontier_bench [URLS [BATCH]]");
  return value;
}

}  // namespace
}  // namespace testigo::bench

int main(int argc, char** argv) {
  using namespace testigo::bench;
  const std::size_t urls = argc > 1 ? number(argv[1]) : 1'000'000;
  const std::size_t batch = argc > 2 ? number(argv[2]) : 300;
  std::string folder = (fs::temp_directory_path() / "testigo-bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) give_up("no temporary folder can be made");
  const std::string path = folder + "/frontier.db";
  report("hosts of one URL", path, urls, batch, false);
  report("one host", path, urls, batch, true);
  fs::remove_all(folder);
}
