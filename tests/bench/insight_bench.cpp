// usage: insight_bench build FILE POSTS      makes a store of so many posts: many_mentions.h
//        insight_bench ask FILE RUNS [slow]  asks it, warm; a line of JSON for each kind of
//        question
// Milliseconds from the question to its answer as values: on an open store, without the start of a
// program and without drawing tables; of the clock and of CPU, which is steadier on a busy machine.
// Each run asks of another brand and window.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <future>
#include <string>

#include "app/brief.h"
#include "app/bursts.h"
#include "app/new_phrases.h"
#include "app/recoveries.h"
#include "app/rule_book.h"
#include "core/embedded.h"
#include "insight/journey.h"
#include "insight/loyalty.h"
#include "insight/share.h"
#include "insight/themes.h"
#include "many_mentions.h"
#include "rules_and_texts.h"
#include "store/read.h"
#include "store/read_moments.h"
#include "store/read_splits.h"
#include "store/read_standing.h"
#include "store/read_sums.h"
#include "store/read_switching.h"
#include "store/read_themes.h"

namespace testigo::bench {
namespace {

void build(const std::string& path, std::size_t posts) {
  auto store = value_or_give_up(store::Store::open(path));
  const auto run = value_or_give_up(store::begin_run(store, ManyMentions::end(), "sha256:bench"));
  ManyMentions mentions(posts);
  // One thread judges the next batch while the other stores this one.
  auto made = mentions.next();
  while (!made.answers.empty()) {
    auto next = std::async(std::launch::async, [&] { return mentions.next(); });
    made.run = run;
    static_cast<void>(value_or_give_up(store::ingest(store, std::move(made))));
    made = next.get();
  }
  if (const auto ended = store::end_run(store, run, ManyMentions::end(), 0); !ended)
    give_up(describe(ended.error()));
}

constexpr int window_days = 90;  // what the commands look at unless told

// Of which brand and days a run asks.
struct Question {
  BrandId brand;
  insight::DayRange window;

  explicit Question(std::size_t run) : brand(ManyMentions::brand(run)) {
    const auto last = std::chrono::floor<std::chrono::days>(ManyMentions::end()) -
                      std::chrono::days(1 + run * 17);
    window = {Day{last - std::chrono::days(window_days - 1)}, Day{last}};
  }
  [[nodiscard]] store::RollupFilter filter() const {
    return {.brand = brand,
            .source = {},
            .since = window.first,
            .until = Day{window.last.days + std::chrono::days(1)}};
  }
};

std::vector<BrandId> all_brands() {
  std::vector<BrandId> all;
  for (std::size_t i = 0; i < ManyMentions::brands; ++i) all.push_back(ManyMentions::brand(i));
  return all;
}

class Asker {
 public:
  explicit Asker(const std::string& path)
      : store_(value_or_give_up(store::Store::open(path, {.read_only = true}))),
        files_(value_or_give_up(app::rule_files(embedded_files(), std::nullopt))),
        words_(value_or_give_up(app::AskingWords::load(files_))),
        brands_(none_) {}

  std::size_t trend(std::size_t run, insight::Split split) {
    const Question asked(run);
    store::RollupFilter filter = asked.filter();
    filter.since = insight::previous_window(asked.window).first;
    const auto rows = value_or_give_up(totals(split, filter));
    const auto runs = value_or_give_up(store::runs(store_));
    insight::TrendOptions options;
    options.window = asked.window;
    options.bucket = insight::Bucket::week;
    options.split = split;
    const std::vector<insight::DayRange> covered = {asked.window};
    const auto compared = insight::compare_periods(rows, covered, options);
    return insight::make_trend(rows, covered, options).size() + compared.size() + runs.size();
  }
  std::size_t share(std::size_t run) {
    return insight::share_of_voice(
               value_or_give_up(store::brand_sums(store_, all_brands(), Question(run).filter())))
        .size();
  }
  std::size_t stages(std::size_t run) {
    return value_or_give_up(store::stage_sums(store_, Question(run).filter())).size();
  }
  std::size_t cycle(std::size_t run) {
    return value_or_give_up(store::facet_sums(store_, Question(run).filter(), Axis::cycle)).size();
  }
  std::size_t themes(std::size_t run) {
    return value_or_give_up(store::theme_sums(store_, Question(run).filter())).size();
  }
  std::size_t mentions(std::size_t run, std::string_view query) {
    store::MentionFilter filter;
    filter.brand = ManyMentions::brand(run);
    filter.query = std::string(query);
    return value_or_give_up(store::mentions(store_, filter)).size();
  }
  std::size_t brief(std::size_t run) {
    const Question asked(run);
    insight::BriefOptions options;
    options.brand = asked.brand;
    options.window = asked.window;
    options.today = asked.window.last;
    return value_or_give_up(app::brief_of({store_, words_, brands_, {}}, options)).topics.size();
  }
  std::size_t recoveries(std::size_t run) {
    const Question asked(run);
    return static_cast<std::size_t>(
        value_or_give_up(app::recoveries_of(store_, asked.brand, asked.window, ManyMentions::end()))
            .pains);
  }
  std::size_t switches(std::size_t run) {
    store::SwitchingFilter filter;
    filter.brands = all_brands();
    filter.since = Question(run).filter().since;
    filter.until = Question(run).filter().until;
    return value_or_give_up(store::switching_posts(store_, filter)).size();
  }
  std::size_t loyalty(std::size_t run) {
    std::vector<BrandStanding> standings;
    for (const BrandId& brand : all_brands())
      standings.push_back(
          value_or_give_up(store::brand_standing(store_, brand, Question(run).filter())));
    return insight::loyalty_of(standings).size();
  }
  std::size_t bursts(std::size_t run) {
    const Question asked(run);
    return value_or_give_up(
               app::look_alikes(store_, words_,
                                {asked.brand, asked.brand.value, {}, asked.window, {}}))
        .posts.size();
  }
  std::size_t phrases(std::size_t run) {
    const Question asked(run);
    return value_or_give_up(
               app::quoted_phrases(store_, words_,
                                   {asked.brand, asked.brand.value, {}, asked.window, {}}))
        .size();
  }

 private:
  // As the command trend reads them.
  Result<std::vector<DayTotals>> totals(insight::Split split, const store::RollupFilter& filter) {
    if (split == insight::Split::source)
      return store::split_days(store_, store::KeptSplit::source, filter);
    if (split == insight::Split::language)
      return store::split_days(store_, store::KeptSplit::language, filter);
    if (split == insight::Split::stage)
      return store::split_days(store_, store::KeptSplit::stage, filter);
    if (split == insight::Split::theme)
      return store::split_days(store_, store::KeptSplit::theme, filter);
    return insight::totals_of(value_or_give_up(store::brand_days(store_, filter)), split);
  }

  store::Store store_;
  std::vector<app::RuleFile> files_;
  app::AskingWords words_;
  app::Configuration none_;
  app::BrandBook brands_;
};

using Ask = std::function<std::size_t(std::size_t)>;

// Milliseconds of CPU that this thread has had.
double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double of_sorted(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(std::ceil(static_cast<double>(times.size()) * share)) - 1];
}

void time(const char* name, std::size_t runs, const Ask& ask) {
  std::vector<double> wall, cpu;
  std::size_t found = 0;
  for (std::size_t run = 0; run < runs; ++run) found = ask(run);  // warm
  for (std::size_t run = 0; run < runs; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    const double cpu_begin = cpu_now();
    found = ask(run);
    cpu.push_back(cpu_now() - cpu_begin);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    wall.push_back(took.count());
  }
  std::printf(
      "{\"name\":\"%s\",\"median\":%.3f,\"p95\":%.3f,\"cpu_median\":%.3f,\"cpu_p95\":%.3f,"
      "\"found\":%zu}\n",
      name, of_sorted(wall, 0.5), of_sorted(wall, 0.95), of_sorted(cpu, 0.5), of_sorted(cpu, 0.95),
      found);
  std::fflush(stdout);
}

void ask_all(const std::string& path, std::size_t runs, bool slow) {
  Asker asker(path);
  const auto trend = [&](insight::Split split) {
    return [&, split](std::size_t run) { return asker.trend(run, split); };
  };
  const auto mentions = [&](std::string_view query) {
    return [&, query](std::size_t run) { return asker.mentions(run, query); };
  };
  time("trend", runs, trend(insight::Split::none));
  time("trend --split source", runs, trend(insight::Split::source));
  time("trend --split language", runs, trend(insight::Split::language));
  time("trend --split tag", runs, trend(insight::Split::tag));
  time("trend --split stage", runs, trend(insight::Split::stage));
  time("trend --split theme", runs, trend(insight::Split::theme));
  time("share", runs, [&](std::size_t run) { return asker.share(run); });
  time("journey", runs, [&](std::size_t run) { return asker.stages(run); });
  time("themes", runs, [&](std::size_t run) { return asker.themes(run); });
  time("mentions, a common word", runs, mentions("filter"));
  time("mentions, words and filters", runs,
       mentions("tag:complaint theme:delivery (late OR waiting OR tarde)"));
  time("mentions, filters alone", runs, mentions("tag:question lang:es"));
  time("mentions, a rare phrase", runs, mentions("\"every other day\""));
  time("mentions, words in order", runs, mentions("the ONEAR/3 filter"));
  time("brief", runs, [&](std::size_t run) { return asker.brief(run); });
  if (!slow) return;
  const std::size_t few = std::max<std::size_t>(runs / 4, 3);
  time("journey, service cycle", few, [&](std::size_t run) { return asker.cycle(run); });
  time("recoveries", few, [&](std::size_t run) { return asker.recoveries(run); });
  time("share --switches", few, [&](std::size_t run) { return asker.switches(run); });
  time("share --loyalty", few, [&](std::size_t run) { return asker.loyalty(run); });
  time("share --bursts", few, [&](std::size_t run) { return asker.bursts(run); });
  time("themes --phrases", few, [&](std::size_t run) { return asker.phrases(run); });
}

}  // namespace
}  // namespace testigo::bench

int main(int argc, char** argv) {
  using namespace testigo::bench;
  std::size_t count = 0;
  if (argc >= 4) std::from_chars(argv[3], argv[3] + std::string_view(argv[3]).size(), count);
  const std::string_view what = argc >= 4 ? argv[1] : "";
  if (count > 0 && what == "build")
    build(argv[2], count);
  else if (count > 0 && what == "ask")
    ask_all(argv[2], count, argc == 5);
  else
    give_up("usage: insight_bench build FILE POSTS | ask FILE RUNS [slow]");
}
