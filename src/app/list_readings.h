#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "extract/look_back.h"
#include "store/ingest.h"

namespace testigo::app {

// A page of a list, as a pass comes to it: all of it was read, and its posts have ids of the
// service's own.
struct ListPage {
  std::int64_t number = 0;    // in its list; 0 begins it
  bool newest_first = false;  // as the source says, so that few dates tell the order, too
  bool ends_whole = false;    // the list has no more than its pages up to this one
  std::vector<PostId> posts;
  std::vector<extract::Stretch> stretches;  // of each list that stands in the answer
};

// What the pages of a list show together, of those that a pass reads one after another: a post that
// stands on none of them is gone, though each page by itself says little (it holds several lists,
// or their order is not that of time). For all worker threads.
class ListReadings {
 public:
  // What is known with this page. Nothing where a page before was not read, or not soundly.
  [[nodiscard]] std::optional<store::ShownList> add(const std::string& list, ListPage page);
  // Of a page that could not be read soundly: what follows on it says nothing of the list.
  void forget(const std::string& list);

 private:
  // Of the pages so far.
  struct Reading {
    std::int64_t pages = 0;
    bool in_order = true;                     // each list falls, on each page and from page to page
    std::vector<PostId> posts;                // oldest page first
    std::vector<extract::Stretch> stretches;  // of each list from its begin to here
    std::vector<bool> ended;                  // of each list, whether the last page has none of it
    std::vector<TimeWindow> gaps;             // between the pages
  };

  [[nodiscard]] static std::optional<UtcTime> reaches_back_to(const Reading& reading,
                                                              bool newest_first);
  static void extend(Reading& reading, const ListPage& page);
  [[nodiscard]] static store::ShownList shown(const Reading& reading, const ListPage& page);

  std::mutex mutex_;
  std::map<std::string, Reading> readings_;
};

}  // namespace testigo::app
