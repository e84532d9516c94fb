// usage: classify_bench FILE.jsonl [options of Google Benchmark]
// Times the classifier in-process on the texts of a file, beside a bare loop over the same texts.
#include <benchmark/benchmark.h>

#include "bare_lookup.h"
#include "rules_and_texts.h"

namespace testigo::bench {
namespace {

constexpr std::size_t bare_terms = 10'000;  // about what the rules of one language come to

// Calls `work` with each text, and counts their bytes.
template <class Work>
void go_through(benchmark::State& state, const std::vector<std::string>& texts, Work work) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) {
      work(text);
      bytes += text.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void register_all(const classify::Classifier& classifier, const TermTable& terms,
                  const std::vector<std::string>& texts) {
  for (const bool explain : {false, true}) {
    benchmark::RegisterBenchmark(explain ? "explain" : "classify", [&, explain](auto& state) {
      go_through(state, texts, [&](const std::string& text) {
        classify::ClassifyInput input;
        input.text = text;
        benchmark::DoNotOptimize(classifier.classify(input, explain));
      });
    });
  }
  benchmark::RegisterBenchmark("bare", [&](auto& state) {
    go_through(state, texts,
               [&](const std::string& text) { benchmark::DoNotOptimize(terms.weigh(text)); });
  });
}

}  // namespace
}  // namespace testigo::bench

int main(int argc, char** argv) {
  using namespace testigo::bench;
  benchmark::Initialize(&argc, argv);
  if (argc != 2) give_up("usage: classify_bench FILE.jsonl [--benchmark_…]");
  const auto texts = texts_of_file(argv[1]);
  const auto classifier = built_in_classifier();
  const TermTable terms(terms_for(texts, bare_terms));
  register_all(classifier, terms, texts);
  benchmark::RunSpecifiedBenchmarks();
}
