#include <algorithm>
#include <memory>

#include <unicode/ucsdet.h>

#include "text/charset.h"

namespace testigo::text {
namespace {

constexpr std::size_t max_sample_bytes = 64u << 10;

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const noexcept { ucsdet_close(detector); }
};

}  // namespace

std::optional<std::string_view> detect_encoding(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return {};
  const std::string_view sample = bytes.substr(0, max_sample_bytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || !match) return {};
  return encoding_for_label(ucsdet_getName(match, &status));
}

}  // namespace testigo::text
