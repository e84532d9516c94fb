#include "extract/drift.h"

namespace testigo::extract {

void add_drift(Extraction& extraction, std::string_view what) {
  std::vector<std::string>& drift = extraction.drift;
  if (drift.size() > max_drift_messages) return;
  if (drift.size() == max_drift_messages) {
    drift.emplace_back("source drifted: and more places on the same page");
  } else {
    drift.push_back("source drifted: " + std::string(what));
  }
}

}  // namespace testigo::extract
