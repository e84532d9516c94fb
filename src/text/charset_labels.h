#pragma once

#include <span>
#include <string_view>

namespace testigo::text {

// One encoding of the Encoding standard.
struct EncodingLabels {
  std::string_view name;    // canonical
  std::string_view icu;     // the ICU converter that decodes it
  std::string_view labels;  // lower-case, separated by spaces
};

// The table of encoding.spec.whatwg.org §4.2, but for "replacement" and x-user-defined, which no
// page with text to read uses.
[[nodiscard]] std::span<const EncodingLabels> encoding_labels();

}  // namespace testigo::text
