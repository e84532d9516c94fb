#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "app/switch_words.h"
#include "classify/classifier.h"

namespace testigo::app {

struct ClassifyLinesOptions {
  std::string language = "auto";  // "auto", "en", "es", "ro"
  bool explain = false;
  unsigned jobs = 1;                      // threads; the order of lines does not depend on it
  double min_confidence = 0.0;            // verdicts that are less sure are left out
  const SwitchWords* switches = nullptr;  // where given: of two brands, who is left and gone to
};

// One input line of `classify` (DESIGN §7) turned into its output line, without line break.
// A line that is no object, or whose fields have wrong types, gives {"line","id","error"}.
struct ClassifiedLine {
  std::string json;  // empty: left out, since it is not sure enough
  bool failed = false;
};
[[nodiscard]] ClassifiedLine classify_line(const classify::Classifier& classifier,
                                           std::string_view line, std::size_t number,
                                           const ClassifyLinesOptions& options);

// JSONL in, JSONL out, same order; blank lines are skipped. Returns how many lines failed.
// Verdicts below the least confidence give no line. Holds a bounded number of lines at a time,
// whatever the input's size.
std::size_t classify_lines(const classify::Classifier& classifier, std::istream& in,
                           std::ostream& out, const ClassifyLinesOptions& options);

// A line longer than this is answered with an error instead of being held in memory.
inline constexpr std::size_t max_line_bytes = 64 * 1024 * 1024;

}  // namespace testigo::app
