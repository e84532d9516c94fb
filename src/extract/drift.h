#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/extract.h"
#include "extract/item.h"

namespace testigo::extract {

// Notes that the source no longer has the shape that its description states. A page's first
// max_drift_messages are kept, then one that says that there are more.
void add_drift(Extraction& extraction, std::string_view what);

// Values that posts were stored without: a line for each place that a source states, with the first
// value there and how many posts lack one, however many there are.
class UnreadValues {
 public:
  void note(std::vector<UnreadValue> values);
  void tell(Extraction& extraction) const;

 private:
  struct Line {
    UnreadValue first;
    std::size_t posts = 0;
  };
  std::vector<Line> lines_;
};

inline constexpr std::size_t longest_shown_value = 40;  // bytes of a foreign value in a message
inline constexpr std::size_t max_drift_messages = 20;  // the hundredth tells no more than the tenth

}  // namespace testigo::extract
