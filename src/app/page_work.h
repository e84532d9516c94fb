#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/crawl_plan.h"
#include "app/judge.h"
#include "archive/warc_writer.h"
#include "core/page.h"
#include "fetch/page_policy.h"
#include "formats/canonical_url.h"
#include "store/frontier.h"
#include "store/ingest.h"

namespace testigo::app {

// An answer as it came in, on its way to a worker.
struct PageJob {
  store::Lease lease;
  Page page;                      // url is that of the last hop; body not yet decoded
  std::optional<Page> unchanged;  // for a 304: the page that was kept the last time, to follow again
  archive::Exchange exchange;     // the same answer, secrets taken out, for the archive
  std::optional<EvidenceRef> evidence;  // under replay: where it lies already

  // What it weighs in a queue, in bytes.
  [[nodiscard]] std::size_t weight() const {
    return page.body_as_sent.size() + exchange.page.body_as_sent.size() + 2048;
  }
};

// What a worker made of it, on its way to the writer.
struct PageWork {
  store::Answer answer;  // evidence still empty, but for replay
  std::optional<archive::Exchange> exchange;  // to be archived before the commit
  std::optional<archive::RevisitOf> revisit;  // …as a revisit of this
  std::vector<std::string> messages;  // drift and the like, for the run's report
  std::string failure;                // empty, or why the answer could not be read

  [[nodiscard]] std::size_t weight() const;
};

// Decodes, reads, judges. Pure: one serves all worker threads.
class PageWorker {
 public:
  struct Bounds {
    std::size_t max_decoded_bytes = 64 * 1024 * 1024;
    std::string agent;  // product token that page policies address
  };

  // Keeps references: they must outlive it.
  PageWorker(const std::map<std::string, PlannedWatch>& watches, const Judge& judge,
             const formats::TrackingParameters& tracking, Bounds bounds)
      : watches_(watches), judge_(judge), tracking_(tracking), bounds_(std::move(bounds)) {}

  [[nodiscard]] PageWork work(PageJob job) const;

 private:
  [[nodiscard]] Result<void> read(const PageJob& job, const PlannedWatch& watch, const Page& page,
                                  PageWork& work) const;
  void keep_posts(std::vector<Post> posts, const PlannedWatch& watch, UtcTime seen_at,
                  PageWork& work) const;
  [[nodiscard]] std::string canonical(const std::string& url) const;

  const std::map<std::string, PlannedWatch>& watches_;
  const Judge& judge_;
  const formats::TrackingParameters& tracking_;
  Bounds bounds_;
};

}  // namespace testigo::app
