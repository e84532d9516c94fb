#pragma once

#include <string_view>

namespace testigo::app {

// A mail without the notices at its end that companies put there: that it is confidential and for
// its addressee alone, that trees die when it is printed. All of it where nothing else would be
// left. Linear in the text.
[[nodiscard]] std::string_view before_notice(std::string_view mail);

}  // namespace testigo::app
