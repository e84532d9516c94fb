#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace testigo::insight {

// What can be shown of a mention: its words, and the way back to where they were read.
struct Quote {
  MentionId mention;
  std::string text;
  std::string language;
  SourceId source;
  std::optional<std::string> url;       // permalink, else the page it stands on
  std::optional<std::string> evidence;  // "file:offset" of the archived answer
  Day day;
  // Posts of the burst (bursts.h) that it stands for, where it is shown as one voice of it; else 0.
  std::int64_t look_alikes = 0;

  friend bool operator==(const Quote&, const Quote&) = default;
};

}  // namespace testigo::insight
