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

}  // namespace testigo::extract
