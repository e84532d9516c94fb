// usage: classify_bench FILE.jsonl [options of Google Benchmark]
// Times the classifier in-process on the texts of a file, beside a bare loop over the same texts;
// on all of them as one text; and by the clock with one thread and with two, each of which reads
// all.
#include <benchmark/benchmark.h>
#include <string>
#include <vector>

#include "bare_lookup.h"
#include "rules_and_texts.h"
#include "text/words.h"

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

void judge(const classify::Classifier& classifier, const std::string& text, bool explain) {
  classify::ClassifyInput input;
  input.text = text;
  benchmark::DoNotOptimize(classifier.classify(input, explain));
}

// A line each, up to the most that is read of one text.
std::string as_one_text(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    if (all.size() + text.size() >= text::max_token_text_bytes) break;
    all += text + "\n";
  }
  return all;
}

void register_threads(const classify::Classifier& classifier,
                      const std::vector<std::string>& texts) {
  const auto work = [&](auto& state) {
    go_through(state, texts, [&](const std::string& text) { judge(classifier, text, false); });
  };
  benchmark::RegisterBenchmark("one_thread", work)->Threads(1)->UseRealTime();
  benchmark::RegisterBenchmark("two_threads", work)->Threads(2)->UseRealTime();
}

void register_all(const classify::Classifier& classifier, const TermTable& terms,
                  const std::vector<std::string>& texts, const std::vector<std::string>& one_text) {
  for (const bool explain : {false, true}) {
    benchmark::RegisterBenchmark(explain ? "explain" : "classify", [&, explain](auto& state) {
      go_through(state, texts, [&](const std::string& text) { judge(classifier, text, explain); });
    });
  }
  benchmark::RegisterBenchmark("one_text", [&](auto& state) {
    go_through(state, one_text, [&](const std::string& text) { judge(classifier, text, false); });
  });
  register_threads(classifier, texts);
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
  const std::vector<std::string> one_text = {as_one_text(texts)};
  register_all(classifier, terms, texts, one_text);
  benchmark::RunSpecifiedBenchmarks();
}
