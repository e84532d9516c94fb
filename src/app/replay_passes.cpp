#include "app/replay_passes.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace testigo::app {

std::vector<ReplayPass> replay_passes(const archive::Replay& replay,
                                      const std::vector<PageRequest>& entries) {
  struct Entry {
    const PageRequest* request = nullptr;
    std::size_t watches = 0;  // that ask it
    std::size_t seen = 0;     // in the pass so far
  };
  std::map<std::tuple<std::string, std::string, std::string>, Entry> by_request;
  for (const PageRequest& request : entries) {
    Entry& entry = by_request[{request.method, request.archive_url, request.body}];
    entry.request = &request;
    ++entry.watches;
  }
  std::vector<std::pair<UtcTime, Entry*>> answers;
  for (auto& [key, entry] : by_request)
    for (const UtcTime time : replay.times(entry.request->method, entry.request->archive_url,
                                           entry.request->body))
      answers.emplace_back(time, &entry);
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });

  std::vector<ReplayPass> passes;
  for (const auto& [time, entry] : answers) {
    if (passes.empty() || entry->seen == entry->watches) {
      if (!passes.empty()) passes.back().end = time;
      passes.push_back({time, std::nullopt});
      for (auto& [key, each] : by_request) each.seen = 0;
    }
    ++entry->seen;
  }
  return passes;
}

}  // namespace testigo::app
