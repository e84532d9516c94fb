#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/crawl.h"
#include "app/crawl_loop.h"
#include "app/crawl_stage.h"

namespace testigo::app {

// The threads of a crawl, and what they hand each other: one asks, some read, one writes.
class Crew {
 public:
  struct Means {
    fetch::Transfers& transfers;
    ReplayTransfers* replay = nullptr;       // the same transfers, under replay
    archive::WarcWriter* archive = nullptr;  // none under replay
    const fetch::AddressGuard& guard;
  };

  Crew(const CrawlTools& tools, const CrawlOptions& options, Stage& stage, store::RunId run,
       const Means& means);

  // Until there is nothing left to do. The error of the first write that failed.
  [[nodiscard]] Result<void> run();

  // Adds what was done to the summary.
  void report(CrawlSummary& summary);

 private:
  // A drift, by the first answer that shows it.
  struct Told {
    std::string first;     // address of that answer
    std::string last;      // and of the last one
    std::size_t line = 0;  // in messages_
    std::size_t more = 0;  // answers that show it too
  };

  void work();
  void note(const PageWork& done);
  void tell(const std::string& address, const std::string& message);
  void heed_wait(const PageWork& done);

  Judge judge_;
  ListReadings readings_;
  PageWorker worker_;
  ByteQueue<PageJob> jobs_;
  CrawlWriter writer_;
  CrawlLoop loop_;
  std::mutex mutex_;
  std::vector<std::string> messages_;
  std::map<std::string, Told> told_;  // by their forms
  bool failed_ = false;               // an answer was no use
  bool left_out_ = false;             // an item, because its source drifted
};

}  // namespace testigo::app
