#include "extract/drift.h"

#include <algorithm>
#include <utility>

namespace testigo::extract {

void add_drift(Extraction& extraction, std::string_view what) {
  std::vector<std::string>& drift = extraction.drift;
  if (drift.size() > max_drift_messages) return;
  std::string message = "source drifted: " + std::string(what);
  if (std::find(drift.begin(), drift.end(), message) != drift.end()) return;
  if (drift.size() == max_drift_messages)
    message = "source drifted: and more places on the same page";
  drift.push_back(std::move(message));
}

void UnreadValues::note(std::vector<UnreadValue> values) {
  for (UnreadValue& value : values) {
    const auto line = std::find_if(lines_.begin(), lines_.end(), [&](const Line& one) {
      return one.first.selector == value.selector;
    });
    if (line != lines_.end())
      ++line->posts;
    else
      lines_.push_back({std::move(value), 1});
  }
}

void UnreadValues::tell(Extraction& extraction) const {
  for (const Line& line : lines_) {
    const std::string posts =
        line.posts == 1 ? "the post is" : std::to_string(line.posts) + " posts are";
    add_drift(extraction, line.first.what + "; " + posts + " stored without it");
  }
}

}  // namespace testigo::extract
