#pragma once

#include <string>

#include "formats/tree.h"

namespace testigo::extract {

// The plain text of an element that markup names as a value, without "Read more" and its like on
// what a reader may press; and the same without quotations, "" where there is none.
struct ValueWords {
  std::string text;
  std::string own;
};
[[nodiscard]] ValueWords words_of_value(formats::Node element);

}  // namespace testigo::extract
