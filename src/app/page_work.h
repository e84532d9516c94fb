#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/crawl_plan.h"
#include "app/judge.h"
#include "app/list_readings.h"
#include "archive/warc_writer.h"
#include "core/page.h"
#include "extract/extract.h"
#include "fetch/page_policy.h"
#include "formats/canonical_url.h"
#include "store/frontier.h"
#include "store/ingest.h"

namespace testigo::app {

// An answer as it came in, on its way to a worker.
struct PageJob {
  store::Lease lease;
  FetchStatus status = FetchStatus::fetched;  // or not_modified, or gone
  Page page;  // url is that of the last hop, without secrets; body not decoded
  std::optional<Page>
      unchanged;  // for a 304: the page that was kept the last time, to follow again
  std::optional<archive::Exchange> exchange;  // for the archive; its page is still empty
  std::optional<EvidenceRef> evidence;        // under replay: where it lies already
  std::string token;  // that it was asked with: a secret that came into being in this run; or ""

  // What it weighs in a queue, in bytes.
  [[nodiscard]] std::size_t weight() const {
    return page.body_as_sent.size() + (unchanged ? unchanged->body_as_sent.size() : 0) + 4096;
  }
};

// What a worker made of it, on its way to the writer.
struct PageWork {
  store::Answer answer;                       // evidence still empty, but for replay
  std::optional<archive::Exchange> exchange;  // to be archived before the commit
  std::optional<archive::RevisitOf> revisit;  // …as a revisit of this
  std::vector<std::string> messages;          // drift and the like, for the run's report
  std::string failure;                        // empty, or why the answer was no use
  std::optional<std::chrono::seconds> wait;   // that its host asks to be left alone

  [[nodiscard]] std::size_t weight() const;
};

// Decodes, reads, judges. Pure but for what it notes of lists: one serves all worker threads.
class PageWorker {
 public:
  struct Bounds {
    std::size_t max_decoded_bytes = 64 * 1024 * 1024;
    std::string agent;                 // product token that page policies address
    std::vector<std::string> secrets;  // values that no header in the archive may show
  };

  // Keeps references: they must outlive it.
  PageWorker(const std::map<std::string, PlannedWatch>& watches, const Judge& judge,
             const formats::TrackingParameters& tracking, ListReadings& readings, Bounds bounds)
      : watches_(watches),
        judge_(judge),
        tracking_(tracking),
        readings_(readings),
        bounds_(std::move(bounds)) {}

  [[nodiscard]] PageWork work(PageJob job) const;

 private:
  // What a page says, before it is known which of it is kept.
  struct Reading {
    extract::Extraction extraction;
    bool refuses_storage = false;
    bool feed = false;
    bool ids_of_any_site = false;  // they are made unique by where they stand: unique_ids.h
  };

  void work_page(PageJob& job, const PlannedWatch& watch, PageWork& work) const;
  [[nodiscard]] Result<Reading> read(const PageJob& job, const PlannedWatch& watch,
                                     const Page& page, PageWork& work) const;
  void follow(const PageJob& job, const PlannedWatch& watch, Reading& reading, bool page_format,
              PageWork& work) const;
  // Which part of which list the answer showed; nothing where a post may be there and only not
  // readable.
  void note_shown(const PageJob& job, const PlannedWatch& watch, extract::Extraction& extraction,
                  store::Answer& answer) const;
  void note_deleted(const PageJob& job, const Reading& reading, const PlannedWatch& watch,
                    PageWork& work) const;
  void keep_posts(const PageJob& job, std::vector<Post> posts, const PlannedWatch& watch,
                  PageWork& work) const;
  static void heed_rest(const PageJob& job, const Reading& reading, store::PageState& state);
  [[nodiscard]] store::PageState state_of(const PageJob& job, const PlannedWatch& watch) const;
  [[nodiscard]] std::string canonical(const std::string& url) const;
  [[nodiscard]] static bool takes_posts_with_it(const PageJob& job, const PlannedWatch& watch);
  void note_gone(const PageJob& job, const PlannedWatch& watch, PageWork& work) const;
  static void note_departed(const extract::Extraction& extraction,
                            const std::vector<std::string>& ids, const PlannedWatch& watch,
                            PageWork& work);
  static bool note_drift(extract::Extraction& extraction, PageWork& work);
  [[nodiscard]] bool says_nothing(const PageJob& job, const PlannedWatch& watch) const;
  [[nodiscard]] std::vector<std::string> secrets_of(const PageJob& job) const;
  void archive(PageJob& job, const PlannedWatch& watch, PageWork& work) const;

  const std::map<std::string, PlannedWatch>& watches_;
  const Judge& judge_;
  const formats::TrackingParameters& tracking_;
  ListReadings& readings_;
  Bounds bounds_;
};

}  // namespace testigo::app
